// Imports: progress without page loads, and a warning before uploading a file that is too large. The pages work without this script.
"use strict";

const panel = document.getElementById("import-progress");
if (panel) {
  const status = document.getElementById("import-status");
  let spokenAt = Date.now();
  const look = async () => {
    const answer = await fetch(location.href, { redirect: "manual" }).catch(() => null);
    if (!answer?.ok) {
      // The server is unavailable or the session has ended. Try again later.
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
    // Announce progress to screen readers only every 15 seconds.
    if (Date.now() - spokenAt > 15000) {
      spokenAt = Date.now();
      status.textContent = panel.querySelector(".figures").textContent;
    }
    setTimeout(look, 2000);
  };
  setTimeout(look, 1500);
}

const file = document.querySelector("input[type=file][data-largest]");
file?.addEventListener("change", () => {
  const chosen = file.files[0];
  file.setCustomValidity(chosen && chosen.size > Number(file.dataset.largest)
    ? `This file is ${Math.ceil(chosen.size / 1048576)} MB. The limit is ${Math.floor(file.dataset.largest / 1048576)} MB. Split it into several files.`
    : "");
  file.reportValidity();
});
