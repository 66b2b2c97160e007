// Keys for the call screen, while the call has the focus. The page works without this script.
"use strict";

// A call can be undone for ten seconds.
const undo = document.querySelector(".undo");
if (undo) {
  setTimeout(() => undo.remove(), Number(undo.dataset.seconds) * 1000);
}

const call = document.getElementById("call");
if (call) {
  const rows = [...call.querySelectorAll(".q")];
  const left = document.getElementById("left");
  let current = 0;

  const isTyping = element => element.matches("input:not([type=radio], [type=checkbox]), textarea, select");
  const isAnswered = row => [...row.querySelectorAll("input")].some(input =>
    input.type === "radio" ? input.checked : input.type === "checkbox" ? input.checked !== input.defaultChecked : input.value.trim() !== "");
  const count = () => {
    const open = rows.filter(row => row.dataset.required && !isAnswered(row)).length;
    left.textContent = open === 0 ? "All required questions are answered" : open === 1 ? "1 required question left" : `${open} required questions left`;
  };
  const go = (index, scrolls = true) => {
    current = Math.min(Math.max(index, 0), rows.length - 1);
    rows.forEach((row, i) => row.classList.toggle("on", i === current));
    rows[current]?.focus({ preventScroll: true });
    if (scrolls) {
      rows[current]?.scrollIntoView({ block: "nearest" });
    }
  };
  const next = () => {
    const open = rows.findIndex((row, i) => i > current && !isAnswered(row));
    go(open < 0 ? Math.max(current, rows.findIndex(row => !isAnswered(row))) : open);
  };
  const choose = (row, key) => {
    const radio = row.querySelector(`input[type=radio][data-key="${key}"]`);
    if (radio) {
      radio.checked = true;
      count();
    }
    return Boolean(radio);
  };

  // Papers are asked on their own.
  const rest = document.getElementById("rest");
  const chooseRest = () => {
    rows.filter(r => r.dataset.group !== "immigrationStatus" && !isAnswered(r)).forEach(r => choose(r, "y"));
    count();
    current = -1;
    next();
  };
  rest.hidden = false;
  rest.addEventListener("click", chooseRest);

  call.addEventListener("focusin", event => {
    const row = rows.indexOf(event.target.closest(".q"));
    if (row >= 0 && row !== current) {
      current = row;
      rows.forEach((other, i) => other.classList.toggle("on", i === current));
    }
  });
  call.addEventListener("input", count);
  call.addEventListener("keydown", event => {
    if (event.ctrlKey || event.metaKey || event.altKey) {
      return;
    }
    const key = event.key.toLowerCase();
    if (isTyping(event.target)) {
      if (key === "escape") {
        rows[current].focus();
      }
      return;
    }
    const row = rows[current];
    if (key === "enter" && !event.target.closest("button, a, summary")) {
      call.requestSubmit(document.getElementById("save"));
    } else if (key === "j" || key === "k") {
      go(current + (key === "j" ? 1 : -1));
    } else if (key === "a") {
      chooseRest();
    } else if (key === "e") {
      const field = row.querySelector("input:not([type=radio], [type=checkbox])");
      const box = row.querySelector("details");
      if (box) {
        box.open = true;
      }
      (field ?? row.querySelector("input[type=checkbox]"))?.focus();
    } else if (key === "z" && undo?.isConnected) {
      undo.requestSubmit();
    } else if (["y", "u", "w", "1", "2", "3"].includes(key) && choose(row, key)) {
      next();
    } else {
      const button = call.querySelector(`button[data-key="${CSS.escape(key)}"]`);
      if (!button) {
        return;
      }
      call.requestSubmit(button);
    }
    event.preventDefault();
  });

  count();
  // After a refusal, go to the question that it is about. Errors that are about no question are read first.
  const refused = rows.findIndex(row => row.getAttribute("aria-invalid") === "true");
  if (refused >= 0 || !document.getElementById("error-summary")) {
    // On a phone, the number to call comes first.
    go(Math.max(refused, 0), refused >= 0 || !matchMedia("(max-width: 40rem)").matches);
  }
}
