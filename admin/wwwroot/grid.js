// The list of entries: keyboard shortcuts, a preview of the current row, editing in cells, and the number of selected entries. The list works without this script.
"use strict";

const rows = [...document.querySelectorAll("table.entries tbody tr")];
const cellForm = document.getElementById("cell");
const cellStatus = document.getElementById("cell-status");
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
  // What can be done with a selection takes no room until there is one.
  selected.closest(".bulk").classList.toggle("unused", number === 0);
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

const cellsOf = row => [...row.cells].filter(cell => cell.querySelector(":scope > .edit"));

const watch = (row, index) => {
  row.addEventListener("focusin", () => {
    rows[current]?.classList.remove("current");
    current = index;
    row.classList.add("current");
    if (peek.dataset.id !== row.dataset.id) {
      preview(row);
    }
  });
  // A click beside links and boxes makes the cell or the row the current one.
  row.addEventListener("click", event => {
    if (event.target.closest(".edit")) {
      event.preventDefault();
      openCell(event.target.closest("td"));
    } else if (!event.target.closest("a, input, button, label, .cell-editor")) {
      const cell = event.target.closest("td");
      cellsOf(row).includes(cell) ? cell.focus() : goTo(index);
    }
  });
  row.addEventListener("dblclick", event => {
    const cell = event.target.closest("td");
    if (cellsOf(row).includes(cell)) {
      openCell(cell);
    }
  });
  // The arrow keys reach the cells, so that Tab need not stop at each of them.
  for (const cell of cellsOf(row)) {
    cell.tabIndex = -1;
    cell.querySelector(":scope > .edit").tabIndex = -1;
  }
};

// Edit a cell in place. The link in the cell leads to a page with the same controls without this script.
let edited = null;

const addressOf = link => {
  const address = new URL(link.href);
  address.searchParams.set("inPlace", "true");
  return address;
};

const showEditor = html => {
  const page = new DOMParser().parseFromString(html, "text/html");
  edited.cell.replaceChildren(...[...page.body.childNodes].map(n => document.importNode(n, true)));
  const first = edited.cell.querySelector("#cell-conflict, [aria-invalid], select, textarea, input:not([type=hidden])");
  first.focus();
  first.select?.();
};

const closeCell = () => {
  const { cell, content } = edited;
  edited = null;
  cell.classList.remove("editing");
  cell.replaceChildren(...content);
  cell.focus();
};

// A narrow screen has no room for controls in a table: there the link's page is better.
const isNarrow = matchMedia("(max-width: 40rem)");

const openCell = async cell => {
  if (edited) {
    // Nothing typed is lost: the open cell must be saved or left first.
    edited.cell.querySelector("select, textarea, input:not([type=hidden])").focus();
    return;
  }
  const link = cell.querySelector(":scope > .edit");
  if (isNarrow.matches) {
    location.href = link.href;
    return;
  }
  edited = { cell, address: addressOf(link), content: [...cell.childNodes] };
  const answer = await fetch(edited.address, { redirect: "manual" }).catch(() => null);
  if (!answer?.ok) {
    edited = null;
    location.href = link.href;
    return;
  }
  const html = await answer.text();
  cell.classList.add("editing");
  cellStatus.textContent = "";
  showEditor(html);
};

const replaceRow = (row, html) => {
  const page = new DOMParser().parseFromString(`<table><tbody>${html}</tbody></table>`, "text/html");
  const fresh = document.importNode(page.querySelector("tr"), true);
  const index = rows.indexOf(row);
  const column = edited.cell.cellIndex;
  edited = null;
  boxOf(fresh).checked = boxOf(row).checked;
  row.replaceWith(fresh);
  rows[index] = fresh;
  watch(fresh, index);
  delete peek.dataset.id;
  fresh.cells[column].focus();
};

cellForm?.addEventListener("submit", async event => {
  event.preventDefault();
  if (!edited || edited.saving) {
    return;
  }
  edited.saving = true;
  const answer = await fetch(edited.address, { method: "POST", body: new FormData(cellForm), redirect: "manual" }).catch(() => null);
  edited.saving = false;
  if (answer?.ok) {
    cellStatus.textContent = answer.headers.get("Cell-Status");
    replaceRow(edited.cell.closest("tr"), await answer.text());
  } else if (answer?.status === 409 || answer?.status === 422) {
    showEditor(await answer.text());
  } else {
    cellStatus.textContent = "This could not be saved. What you typed is still in the cell. If you were signed out, sign in in another window, then save again.";
  }
});

document.addEventListener("keydown", event => {
  const row = event.target.closest?.("table.entries tbody tr");
  if (!row || event.ctrlKey || event.metaKey || event.altKey) {
    return;
  }
  if (event.target.closest(".cell-editor")) {
    if (event.key === "Escape") {
      event.preventDefault();
      closeCell();
    } else if (event.key === "Enter" && !event.shiftKey && !event.target.closest("a, button")) {
      event.preventDefault();
      cellForm.requestSubmit();
    }
    return;
  }
  const stops = [linkOf(row), ...cellsOf(row)];
  const at = stops.indexOf(event.target);
  if (at < 0) {
    return;
  }
  if (event.key === "ArrowRight" || event.key === "ArrowLeft") {
    event.preventDefault();
    stops[Math.min(Math.max(at + (event.key === "ArrowRight" ? 1 : -1), 0), stops.length - 1)].focus();
  } else if (at > 0 && (event.key === "Enter" || event.key === "F2")) {
    event.preventDefault();
    openCell(stops[at]);
  }
});
document.addEventListener("click", event => {
  if (edited && event.target.closest("[data-cancel]")) {
    event.preventDefault();
    closeCell();
  }
});

rows.forEach(watch);

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
  const typing = event.target.closest?.("input:not([type=checkbox]), select, textarea, [contenteditable], dialog[open], .cell-editor");
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
