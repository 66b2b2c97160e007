// The console works without this script. It saves clicks and warns before the session ends.
"use strict";

// The console may be served under a path of its host.
const root = new URL(".", document.currentScript.src).pathname;

// Move the focus to the error summary.
document.getElementById("error-summary")?.focus();

// A link to an error shows the whole field with its label and message, and focuses the control.
document.addEventListener("click", event => {
  const link = event.target.closest?.(".error-summary a[href^='#']");
  const control = link && document.getElementById(link.hash.slice(1));
  if (control) {
    event.preventDefault();
    control.focus({ preventScroll: true });
    (control.closest(".field") ?? control).scrollIntoView({ block: "start" });
  }
});

// Follow the link on pages that only redirect.
document.querySelector("a[data-follow]")?.click();

// Ask for confirmation.
document.addEventListener("submit", event => {
  const question = event.submitter?.dataset.confirm ?? event.target.dataset.confirm;
  if (question && !window.confirm(question)) {
    event.preventDefault();
  }
});

// Submit filter forms when a choice changes. Their button works without this script.
document.addEventListener("change", event => {
  event.target.closest("form[data-auto]")?.requestSubmit();
});

// Two minutes before the session ends, warn and offer to extend it.
const idle = document.getElementById("idle");
if (idle) {
  const limit = Number(idle.dataset.minutes) * 60000;
  let seen = Date.now();
  let before = null;
  idle.addEventListener("focusin", event => {
    if (!idle.contains(event.relatedTarget)) {
      before = event.relatedTarget;
    }
  });
  // Return the focus to where it was. If the user never left a field, the focus has not moved.
  const hide = () => {
    const held = idle.contains(document.activeElement);
    idle.hidden = true;
    if (held) {
      (before?.isConnected ? before : document.getElementById("main")).focus();
    }
  };
  const keep = async () => {
    const answer = await fetch(root + "account/keep", { redirect: "manual" });
    if (answer.ok) {
      seen = Date.now();
      hide();
    } else {
      // The session has ended. Keep the page and its input so that the user can sign in in another window and submit.
      const signIn = document.createElement("a");
      Object.assign(signIn, { href: root + "sign-in", target: "_blank", rel: "noopener", textContent: "Sign in (opens a new window)" });
      document.getElementById("idle-text").textContent = "Your session has ended. Your changes are still on this page. Sign in again, then come back and continue.";
      idle.querySelector("button").replaceWith(signIn);
      signIn.focus();
    }
  };
  idle.querySelector("button").addEventListener("click", keep);
  setInterval(() => {
    if (idle.hidden && Date.now() - seen > limit - 120000) {
      idle.hidden = false;
    }
  }, 5000);
  // Autosave requests also keep the session alive.
  document.addEventListener("console:saved", () => { seen = Date.now(); hide(); });
}

// While an entry is open, tell colleagues who open it too, and show who else has it open. The page itself already did both once.
const presence = document.getElementById("presence");
if (presence) {
  const url = presence.dataset.url;
  const status = presence.querySelector("[role=status]");
  const form = presence.querySelector("form");
  const isActive = () => form && ("active" in presence.dataset || document.querySelector(".entry-section.editing"));
  const leave = () => navigator.sendBeacon(form.action, new FormData(form));
  const report = async () => {
    let answer;
    try {
      answer = await fetch(url, isActive() ? { method: "POST", body: new URLSearchParams(new FormData(form)), redirect: "manual" } : { redirect: "manual" });
    } catch {
      // The server can't be reached. Try again later.
      return;
    }
    if (!answer.ok) {
      // The session has ended.
      clearInterval(timer);
      return;
    }
    const said = document.createElement("template");
    said.innerHTML = await answer.text();
    // Replace only what changed, or a screen reader would repeat it.
    if (said.content.textContent.trim() !== status.textContent.trim()) {
      status.replaceChildren(said.content);
    }
  };
  const timer = setInterval(report, 20000);
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) {
      report();
    }
  });
  // A section of the entry's page was opened or closed.
  document.addEventListener("console:editing", () => {
    if (!isActive()) {
      leave();
    }
    report();
  });
  addEventListener("pagehide", () => {
    if (isActive()) {
      leave();
    }
  });
  addEventListener("pageshow", event => {
    if (event.persisted) {
      report();
    }
  });
}
