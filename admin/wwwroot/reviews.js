// Keys for the review queue and its drafts. The pages work without this script.
"use strict";

const links = [...document.querySelectorAll("table.drafts th a")];
const hint = document.getElementById("keys");
const toggle = document.getElementById("keys-on");
const isOn = () => localStorage.getItem("grid-keys") !== "off";

const follow = link => link?.click();
const step = by => {
  if (links.length === 0) {
    follow(document.querySelector(`nav[aria-label=Queue] a[rel=${by > 0 ? "next" : "prev"}]`));
    return;
  }
  const at = links.indexOf(document.activeElement);
  const link = links[Math.min(Math.max(at + by, 0), links.length - 1)];
  link.focus();
  link.scrollIntoView({ block: "nearest" });
};

const actions = {
  j: () => step(1),
  k: () => step(-1),
  a: () => document.querySelector("#approve button")?.focus(),
  r: () => document.querySelector("#return textarea")?.focus(),
  u: () => follow(document.getElementById("queue")),
  z: () => document.querySelector(".undo")?.requestSubmit(),
};
document.addEventListener("keydown", event => {
  const typing = event.target.closest?.("input:not([type=checkbox]), select, textarea, [contenteditable], dialog[open]");
  if (typing || event.ctrlKey || event.metaKey || event.altKey || !isOn() || !actions[event.key]) {
    return;
  }
  event.preventDefault();
  actions[event.key]();
});

if (hint && toggle) {
  const show = () => {
    toggle.setAttribute("aria-pressed", String(isOn()));
    toggle.textContent = isOn() ? "Shortcuts are on" : "Shortcuts are off";
  };
  hint.hidden = false;
  toggle.addEventListener("click", () => {
    localStorage.setItem("grid-keys", isOn() ? "off" : "on");
    show();
  });
  show();
}
