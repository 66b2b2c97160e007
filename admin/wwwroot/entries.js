// The entry form without page loads: rows in place, typed text kept every few seconds, a live preview. All of it works without this file.
"use strict";

const form = document.getElementById("entry-form");
if (form) {
  const status = document.getElementById("autosaved");
  let timer = 0;
  let dirty = false;
  let leaving = false;
  let keeping = null;

  const send = (url, extra) => {
    const body = new FormData(form);
    for (const [name, value] of extra ?? []) {
      body.append(name, value);
    }
    return fetch(url, { method: "POST", body, redirect: "manual" });
  };

  const keep = async () => {
    if (!dirty) {
      return;
    }
    dirty = false;
    try {
      const answer = await send(form.dataset.autosave);
      const said = answer.ok || answer.status === 409 ? await answer.json() : null;
      if (!said) {
        throw new Error(String(answer.status));
      }
      if (said.message) {
        dirty = true;
        status.textContent = said.message;
        return;
      }
      form.elements._kept.value = said.kept;
      status.textContent = `Kept at ${new Date().toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" })}, not saved yet.`;
      document.dispatchEvent(new Event("console:saved"));
    } catch {
      dirty = true;
      status.textContent = "What you typed can't be kept at the moment. It stays in this page; copy it if you must leave.";
    }
  };

  const changed = () => {
    dirty = true;
    clearTimeout(timer);
    timer = setTimeout(() => { keeping = keep().finally(() => { keeping = null; }); preview(); }, 2500);
  };
  form.addEventListener("input", changed);
  form.addEventListener("change", changed);
  window.addEventListener("beforeunload", event => {
    if (dirty && !leaving) {
      event.preventDefault();
    }
  });

  form.addEventListener("submit", event => {
    const button = event.submitter;
    if (button?.name === "_command") {
      event.preventDefault();
      change(button);
      return;
    }
    if (button?.formTarget) {
      return;
    }
    clearTimeout(timer);
    if (keeping) {
      // What is kept after it is saved would come back as not saved.
      event.preventDefault();
      keeping.then(() => form.requestSubmit(button));
      return;
    }
    leaving = true;
  });

  // Add, remove and move: the server makes the list anew, and only the list is put in place.
  const change = async button => {
    const list = button.closest("[data-list]");
    const page = await ask([[button.name, button.value]]);
    if (!page) {
      // Without an answer, the whole page goes, as it would without this file.
      leaving = true;
      const command = document.createElement("input");
      Object.assign(command, { type: "hidden", name: button.name, value: button.value });
      form.append(command);
      form.submit();
      return;
    }
    const made = page.getElementById(list.id);
    list.replaceWith(document.importNode(made, true));
    const place = document.querySelector(`#${list.id} [autofocus]`) ?? document.getElementById(list.id);
    place.focus();
    changed();
  };

  const ask = async extra => {
    const answer = await send(form.action, extra).catch(() => null);
    return answer?.ok ? new DOMParser().parseFromString(await answer.text(), "text/html") : null;
  };

  // A ZIP code says where a place lies: what is empty beside it is filled in while the curator goes on.
  form.addEventListener("change", async event => {
    const name = event.target.name ?? "";
    const page = name.endsWith("postalCode") ? await ask([["_command", "places"]]) : null;
    for (const field of page ? ["county", "stateProvince", "latitude", "longitude"] : []) {
      const beside = name.replace(/postalCode$/, field);
      const here = form.elements[beside];
      const there = page.getElementById("entry-form")?.elements[beside];
      if (here && there && (here.value === "" || here.value === here.defaultValue)) {
        here.value = there.value;
      }
    }
  });

  // The languages are those of the texts as they stand now: one that was just added can be chosen, one that was taken out can't.
  const language = document.getElementById("preview-language");
  const offer = codes => {
    const names = new Map([...language.options].map(o => [o.value, o.text]));
    const chosen = language.value;
    language.replaceChildren(...codes.map(code => {
      const option = new Option(names.get(code) ?? code, code, false, code === chosen);
      option.lang = code;
      return option;
    }));
  };
  for (const kind of ["input", "change"]) {
    // The choice is no part of the entry: nothing is to be kept because of it.
    language.addEventListener(kind, event => event.stopPropagation());
  }
  language.addEventListener("change", () => preview());

  const panel = document.getElementById("live-preview");
  const preview = async () => {
    if (!panel.open) {
      return;
    }
    const answer = await send(form.dataset.preview, [["_panel", "true"]]).catch(() => null);
    if (answer?.ok) {
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      offer(page.querySelector("[data-languages]").dataset.languages.split(" "));
      document.getElementById("live-preview-body").replaceChildren(...[...page.body.childNodes].map(n => document.importNode(n, true)));
    }
  };
  panel.addEventListener("toggle", preview);
}

// One box chooses all entries of the page.
const head = document.querySelector("table.entries thead th");
if (head) {
  const all = document.createElement("input");
  all.type = "checkbox";
  all.setAttribute("aria-label", "Choose all on this page");
  head.replaceChildren(all);
  all.addEventListener("change", () => {
    document.querySelectorAll("table.entries [name=chosen]").forEach(box => { box.checked = all.checked; });
  });
}

// A change to everything found that somebody has said yes to goes on by itself, batch after batch.
document.getElementById("go-on")?.click();
