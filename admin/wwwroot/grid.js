// The list of entries: keyboard shortcuts, a preview of the current row, and the number of selected entries. The list works without this script.
"use strict";

const rows = [...document.querySelectorAll("table.entries tbody tr")];
const peek = document.getElementById("peek");
const keys = document.getElementById("keys");
const selected = document.getElementById("selected");
let current = -1;
let wanted = "";

const linkOf = row => row.querySelector("th a");
const boxOf = row => row.querySelector("[name=chosen]");

// Show the number of selected entries.
const count = () => {
  const number = document.getElementById("all")?.checked ? Number(selected.dataset.total) : document.querySelectorAll("table.entries [name=chosen]:checked").length;
  selected.textContent = number === 0 ? "None selected" : `${number.toLocaleString("en-US")} selected`;
};
if (selected) {
  document.addEventListener("change", count);
  window.addEventListener("pageshow", count);
  count();
}

// Preview the current row beside the list. The row's link leads to the same entry without this script.
const preview = async row => {
  const id = row.dataset.id;
  wanted = id;
  const answer = await fetch(peek.dataset.url + id, { redirect: "manual" }).catch(() => null);
  if (!answer?.ok || wanted !== id) {
    return;
  }
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  peek.replaceChildren(...[...page.body.childNodes].map(n => document.importNode(n, true)));
  peek.dataset.id = id;
  peek.hidden = false;
  peek.parentElement.classList.add("peeking");
};

const goTo = index => {
  if (index < 0 || index >= rows.length) {
    return;
  }
  linkOf(rows[index]).focus();
  linkOf(rows[index]).scrollIntoView({ block: "nearest" });
};

rows.forEach((row, index) => {
  row.addEventListener("focusin", () => {
    rows[current]?.classList.remove("current");
    current = index;
    row.classList.add("current");
    if (peek.dataset.id !== row.dataset.id) {
      preview(row);
    }
  });
  // A click beside links and boxes makes the row the current one.
  row.addEventListener("click", event => {
    if (!event.target.closest("a, input, button, label")) {
      goTo(index);
    }
  });
});

const isOn = () => localStorage.getItem("grid-keys") !== "off";
const actions = {
  j: () => goTo(current + 1),
  k: () => goTo(current - 1),
  x: () => { if (rows[current]) { boxOf(rows[current]).click(); } },
  e: () => { if (rows[current] && document.querySelector("[data-editable]")) { location.href = root + "entries/edit/" + rows[current].dataset.id; } },
  c: () => { if (rows[current] && document.querySelector("[data-editable]")) { location.href = root + "verify/" + rows[current].dataset.id; } },
  "/": () => document.getElementById("text").focus(),
  "?": () => keys.showModal(),
};
document.addEventListener("keydown", event => {
  const typing = event.target.closest?.("input:not([type=checkbox]), select, textarea, [contenteditable], dialog[open]");
  if (typing || event.ctrlKey || event.metaKey || event.altKey || !isOn() || !actions[event.key]) {
    return;
  }
  event.preventDefault();
  actions[event.key]();
});

const show = document.getElementById("show-keys");
if (show && keys) {
  const on = document.getElementById("keys-on");
  show.hidden = false;
  on.checked = isOn();
  show.addEventListener("click", () => keys.showModal());
  on.addEventListener("change", () => localStorage.setItem("grid-keys", on.checked ? "on" : "off"));
}
