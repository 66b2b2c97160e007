// Curated lists: drag a row, or move it with buttons. The numbers say the same, and work without this script.
"use strict";

const rows = document.getElementById("rows");
if (rows?.closest("form").querySelector("[formaction*='handler=Remove']")) {
  const all = () => [...rows.querySelectorAll("[data-row]")];
  const number = () => all().forEach((row, index) => { row.querySelector("input[type=number]").value = index + 1; });
  const place = row => row.querySelector("input[type=number]");

  for (const row of all()) {
    row.draggable = true;
    const name = row.querySelector("bdi").textContent;
    for (const [text, step] of [["Up", -1], ["Down", 1]]) {
      const button = document.createElement("button");
      Object.assign(button, { type: "button", className: "quiet small", textContent: text });
      button.setAttribute("aria-label", `Move ${name} ${text.toLowerCase()}`);
      button.addEventListener("click", () => {
        const other = step < 0 ? row.previousElementSibling : row.nextElementSibling;
        if (other) {
          step < 0 ? other.before(row) : other.after(row);
          number();
          button.focus();
        }
      });
      row.querySelector(".actions").prepend(button);
    }
    // A row that is dragged by its text field would make it impossible to select text.
    row.addEventListener("mousedown", event => { row.draggable = !event.target.closest("input, summary, a, button"); });
    row.addEventListener("dragstart", event => {
      event.dataTransfer.effectAllowed = "move";
      event.dataTransfer.setData("text/plain", "");
      row.classList.add("dragged");
    });
    row.addEventListener("dragend", () => { row.classList.remove("dragged"); number(); });
    row.addEventListener("dragover", event => {
      const dragged = rows.querySelector(".dragged");
      if (!dragged || dragged === row) {
        return;
      }
      event.preventDefault();
      const box = row.getBoundingClientRect();
      event.clientY < box.top + box.height / 2 ? row.before(dragged) : row.after(dragged);
    });
    row.addEventListener("drop", event => event.preventDefault());
    // A typed number moves the row at once.
    place(row).addEventListener("change", () => {
      const wanted = Math.min(Math.max(1, Number(place(row).value) || 1), all().length);
      const others = all().filter(r => r !== row);
      others[wanted - 1] ? others[wanted - 1].before(row) : rows.append(row);
      number();
      place(row).focus();
    });
  }
}

// After a search, go on with what was found.
if (location.hash !== "#found") {
  document.getElementById("found")?.focus();
}
