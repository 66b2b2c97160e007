// Searches as one types. The question goes by POST, so that it stands in no address and no history; without this script the
// same form is answered by the server.
const form = document.getElementById("search");
const results = document.getElementById("results");
const count = document.getElementById("count");
const kinds = { provider: "Mental-health care", attorney: "Attorney", organization: "Organization", policyAction: "Policy action", material: "Material", event: "Event" };
const languageNames = new Intl.DisplayNames([navigator.language, "en"], { type: "language" });
let running;
let terms;

function make(name, text, properties) {
  const element = Object.assign(document.createElement(name), properties);
  if (text) element.textContent = text;
  return element;
}

function question() {
  const asked = {};
  const data = new FormData(form);
  if (data.get("q").trim()) asked.q = data.get("q").trim();
  if (data.get("kind")) asked.kind = [data.get("kind")];
  if (data.get("language")) asked.language = [data.get("language")];
  if (/^\d{5}$/.test(data.get("near"))) Object.assign(asked, { near: data.get("near"), sort: "distance" });
  return asked;
}

function languageName(tag) {
  try { return languageNames.of(tag); } catch { return tag; }
}

function shown(number) {
  const us = /^\+1(\d{3})(\d{3})(\d{4})$/.exec(number);
  return us ? `(${us[1]}) ${us[2]}-${us[3]}` : number;
}

function phoneList(phones) {
  const list = make("ul", "", { className: "phones" });
  for (const phone of phones) {
    const item = make("li");
    const dial = phone.number + (phone.extension ? `;ext=${phone.extension}` : "");
    item.append(make("a", shown(phone.number) + (phone.extension ? ` ext. ${phone.extension}` : "") + (phone.label ? ` · ${phone.label}` : ""), { href: `tel:${dial}` }));
    list.append(item);
  }
  return list;
}

function fact(list, name, value) {
  if (value) list.append(make("dt", name), make("dd", value));
}

function card(entry) {
  const card = make("article", "", { className: "card", dir: "auto" });
  card.append(make("h2", entry.name, { dir: "auto" }), make("p", kinds[entry.kind] + (entry.distance === undefined ? "" : ` · ${entry.distance} mi`), { className: "kind" }));
  if (entry.summary) card.append(make("p", entry.summary, { dir: "auto" }));
  if (entry.phones?.length) card.append(phoneList(entry.phones));
  const facts = make("dl");
  fact(facts, "Languages", (entry.languages ?? []).map(l => languageName(l.language ?? l)).join(", "));
  fact(facts, "Cost", (entry.cost?.options ?? []).map(code => terms?.get(code) ?? code).join(", "));
  if (entry.startsAt) fact(facts, "When", new Date(entry.startsAt).toLocaleDateString(undefined, { dateStyle: "long" }));
  if (facts.children.length) card.append(facts);
  const checked = entry.assuredOn ? `Checked ${new Date(entry.assuredOn + "T12:00").toLocaleDateString(undefined, { dateStyle: "medium" })}` : "Not checked by us yet";
  card.append(make("p", entry.overdue ? `${checked}; due to be checked again, so ask before you rely on it` : checked, { className: entry.overdue ? "checked due" : "checked" }));
  return card;
}

function show(answer) {
  const found = answer.page.totalItems;
  count.textContent = found ? `${found.toLocaleString()} found${answer.notice ? `. ${answer.notice.text}` : ""}` : answer.notice?.text ?? "Nothing found.";
  const cards = answer.items.map(card);
  if (!found && answer.hotlines) {
    for (const line of answer.hotlines) {
      const box = make("article", "", { className: "card", dir: "auto" });
      box.append(make("h2", line.name), make("p", line.text), phoneList([line]));
      cards.push(box);
    }
    cards.push(...(answer.wider?.items ?? []).map(card));
  }
  results.replaceChildren(...cards);
}

async function search() {
  running?.abort();
  running = new AbortController();
  try {
    terms ??= await fetch("/v1/vocabularies/cost").then(r => r.json()).then(v => new Map(v.terms.map(t => [t.code, t.label]))).catch(() => undefined);
    const response = await fetch("/v1/search", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(question()),
      signal: running.signal,
    });
    const answer = await response.json();
    if (response.ok) show(answer);
    else count.textContent = Object.values(answer.errors ?? {}).flat()[0] ?? answer.detail;
  } catch (fault) {
    if (fault.name !== "AbortError") count.textContent = "The directory can't be reached just now.";
  }
}

let pause;
form.addEventListener("input", () => {
  clearTimeout(pause);
  pause = setTimeout(search, 200);
});
form.addEventListener("submit", async event => {
  event.preventDefault();
  clearTimeout(pause);
  await search();
  results.focus();
});
