// Imports: how far one is, without loading the page again, and a word before a file is sent that is too large. All of it works without this file.
"use strict";

const panel = document.getElementById("import-progress");
if (panel) {
  const said = document.getElementById("import-said");
  let spokenAt = Date.now();
  const look = async () => {
    const answer = await fetch(location.href, { redirect: "manual" }).catch(() => null);
    if (!answer?.ok) {
      // The server is away, or the session is over: the page says so when somebody asks it.
      setTimeout(look, 10000);
      return;
    }
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const now = page.getElementById("import-progress");
    if (!now) {
      location.reload();
      return;
    }
    for (const name of ["h2", "progress", ".figures"]) {
      panel.querySelector(name).replaceWith(document.importNode(now.querySelector(name), true));
    }
    // Not every figure is worth an interruption.
    if (Date.now() - spokenAt > 15000) {
      spokenAt = Date.now();
      said.textContent = panel.querySelector(".figures").textContent;
    }
    setTimeout(look, 2000);
  };
  setTimeout(look, 1500);
}

const file = document.querySelector("input[type=file][data-largest]");
file?.addEventListener("change", () => {
  const chosen = file.files[0];
  file.setCustomValidity(chosen && chosen.size > Number(file.dataset.largest)
    ? `This file has ${Math.ceil(chosen.size / 1048576)} MB, and at most ${Math.floor(file.dataset.largest / 1048576)} MB are taken. Split it into several files.`
    : "");
  file.reportValidity();
});
