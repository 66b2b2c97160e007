// Everything works without this file. It saves some clicks and warns before the session ends.
"use strict";

// Errors first: the summary takes the focus.
document.getElementById("error-summary")?.focus();

// A page that only leads on.
document.querySelector("a[data-follow]")?.click();

// Buttons that ask first.
document.addEventListener("submit", event => {
  const question = event.submitter?.dataset.confirm ?? event.target.dataset.confirm;
  if (question && !window.confirm(question)) {
    event.preventDefault();
  }
});

// Forms that are only a choice send themselves; their button stays for everybody else.
document.addEventListener("change", event => {
  event.target.closest("form[data-auto]")?.requestSubmit();
});

// Two minutes before the session ends, say so, and offer to keep it.
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
  // The focus goes back to where it came from; from whoever is typing it was never taken.
  const hide = () => {
    const held = idle.contains(document.activeElement);
    idle.hidden = true;
    if (held) {
      (before?.isConnected ? before : document.getElementById("main")).focus();
    }
  };
  const keep = async () => {
    const answer = await fetch("/account/keep", { redirect: "manual" });
    if (answer.ok) {
      seen = Date.now();
      hide();
    } else {
      // It is over. The page stays as it is, with what is typed in it; after signing in elsewhere it can still be sent.
      const door = document.createElement("a");
      Object.assign(door, { href: "/sign-in", target: "_blank", rel: "noopener", textContent: "Sign in in a new window" });
      document.getElementById("idle-text").textContent = "Your session is over. What you typed is still in this page: sign in again, come back, and go on.";
      idle.querySelector("button").replaceWith(door);
      door.focus();
    }
  };
  idle.querySelector("button").addEventListener("click", keep);
  setInterval(() => {
    if (idle.hidden && Date.now() - seen > limit - 120000) {
      idle.hidden = false;
    }
  }, 5000);
  // Other scripts that speak with the server keep the session alive as well.
  document.addEventListener("console:saved", () => { seen = Date.now(); hide(); });
}
