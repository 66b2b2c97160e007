// The policy matrix: opens the form of a cell beside the table. The links lead to the same form without this script.
"use strict";

const dialog = document.getElementById("cell");
let opener = null;

const show = html => {
  const page = new DOMParser().parseFromString(html, "text/html");
  const form = page.querySelector("main");
  if (!form?.querySelector("form")) {
    return false;
  }
  dialog.replaceChildren(...[...form.childNodes].map(n => document.importNode(n, true)));
  if (!dialog.open) {
    dialog.showModal();
  }
  (dialog.querySelector("#error-summary") ?? [...dialog.querySelectorAll("select, input:not([type=hidden])")].find(e => !e.closest("details:not([open])")))?.focus();
  return true;
};

document.addEventListener("click", async event => {
  const link = event.target.closest("a[data-cell]");
  if (link && dialog && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
    event.preventDefault();
    opener = link;
    const answer = await fetch(link.href, { redirect: "manual" }).catch(() => null);
    if (!answer?.ok || !show(await answer.text())) {
      location.href = link.href;
    }
  } else if (event.target.closest("dialog a[data-close]")) {
    event.preventDefault();
    dialog.close();
  }
});
dialog?.addEventListener("close", () => opener?.focus());
