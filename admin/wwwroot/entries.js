// Entry form without page loads: list items, autosave every few seconds, live preview, sections in place. All of it works without this script.
"use strict";

// Makes a form live, on its own page or in a section of the entry's page.
const start = form => {
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
      const result = answer.ok || answer.status === 409 ? await answer.json() : null;
      if (!result) {
        throw new Error(String(answer.status));
      }
      if (result.message) {
        dirty = true;
        status.textContent = result.message;
        return;
      }
      form.elements._kept.value = result.kept;
      status.textContent = `Changes backed up at ${new Date().toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" })}. Not saved yet.`;
      document.dispatchEvent(new Event("console:saved"));
    } catch {
      dirty = true;
      status.textContent = "Your changes can't be backed up right now. They stay on this page. Copy them before you leave.";
    }
  };

  const changed = () => {
    dirty = true;
    status.textContent = "Unsaved changes.";
    clearTimeout(timer);
    timer = setTimeout(() => { keeping = keep().finally(() => { keeping = null; }); preview(); }, 2500);
  };
  form.addEventListener("input", changed);
  form.addEventListener("change", changed);
  const stay = event => {
    if (dirty && !leaving) {
      event.preventDefault();
    }
  };
  window.addEventListener("beforeunload", stay);

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
      // An autosave that finishes after the save would reappear as unsaved changes.
      event.preventDefault();
      keeping.then(() => form.requestSubmit(button));
      return;
    }
    leaving = true;
  });

  // Add, remove, and move: the server renders the list again, and only the list is replaced.
  const change = async button => {
    const list = button.closest("[data-list]");
    const page = await ask([[button.name, button.value]]);
    if (!page) {
      // If the request fails, submit the whole page, as without this script.
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

  // Fill in the empty address fields from the ZIP code.
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

  // Offer the languages that the form has now.
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
    // The preview language is not part of the entry, so it does not trigger autosave.
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
  // Beside the form there is room for the preview.
  panel.open = !form.closest(".entry-page") && window.matchMedia("(min-width: 80rem)").matches;

  // Stops, so that the form can be taken off the page.
  return async () => {
    clearTimeout(timer);
    await (keeping ?? keep());
    window.removeEventListener("beforeunload", stay);
  };
};

const whole = document.getElementById("entry-form");
if (whole) {
  start(whole);
}

// Edit a section in place. Without this script, and while another section is open, the link opens a page with the section.
document.addEventListener("click", async event => {
  const link = event.target.closest("a[data-edit]");
  if (!link || document.getElementById("entry-form") || event.ctrlKey || event.metaKey || event.shiftKey) {
    return;
  }
  event.preventDefault();
  const answer = await fetch(link.href, { redirect: "manual" }).catch(() => null);
  const page = answer?.ok ? new DOMParser().parseFromString(await answer.text(), "text/html") : null;
  const made = page?.getElementById("entry-form");
  if (!made) {
    window.location.assign(link.href);
    return;
  }
  const section = link.closest("section");
  const shown = [...section.childNodes];
  const form = document.importNode(made, true);
  const unsaved = page.querySelector("form.unsaved");
  const heading = section.querySelector("h2");
  section.replaceChildren(...unsaved ? [document.importNode(unsaved, true)] : [], form);
  section.classList.add("editing");
  document.dispatchEvent(new Event("console:editing"));
  const stop = start(form);
  form.querySelector(".form-group h2").focus({ preventScroll: true });
  section.scrollIntoView();
  form.querySelector("a[data-cancel]").addEventListener("click", async leave => {
    leave.preventDefault();
    await stop();
    if (form.elements._kept.value !== "0") {
      // The page says that there are unsaved changes.
      window.location.reload();
      return;
    }
    section.classList.remove("editing");
    section.replaceChildren(...shown);
    document.dispatchEvent(new Event("console:editing"));
    heading.focus();
  });
});


// Add a "select all" check box.
const head = document.querySelector("table.entries thead th");
if (head) {
  const all = document.createElement("input");
  all.type = "checkbox";
  all.setAttribute("aria-label", "Select all on this page");
  head.replaceChildren(all);
  all.addEventListener("change", () => {
    document.querySelectorAll("table.entries [name=chosen]").forEach(box => { box.checked = all.checked; });
  });
}

// Continue a confirmed bulk change with its next batch.
document.getElementById("go-on")?.click();
