// Makes outlines.txt.br, the borders of states and counties, from the npm packages that README.md names. The same packages always give
// the same bytes.
//
//   npm install us-atlas@3.0.1 topojson-client@3.1.0 topojson-simplify@3.0.3
//   node outlines.mjs FOLDER-WITH-node_modules
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants } from "node:zlib";

const here = dirname(fileURLToPath(import.meta.url));
const packages = resolve(process.argv[2] ?? ".", "node_modules");
const require = createRequire(join(packages, "/"));
const { feature, mesh } = require("topojson-client");
const { presimplify, simplify } = require("topojson-simplify");

// Drops corners of less than about four square miles.
const SMALLEST_AREA = 1e-3;
const UNITS = 500;
const CODES = Object.fromEntries(
  ("01AL 02AK 04AZ 05AR 06CA 08CO 09CT 10DE 11DC 12FL 13GA 15HI 16ID 17IL 18IN 19IA 20KS 21KY 22LA 23ME 24MD 25MA 26MI 27MN 28MS 29MO 30MT 31NE "
    + "32NV 33NH 34NJ 35NM 36NY 37NC 38ND 39OH 40OK 41OR 42PA 44RI 45SC 46SD 47TN 48TX 49UT 50VT 51VA 53WA 54WV 55WI 56WY 60AS 66GU 69MP 72PR 78VI")
    .split(" ").map(c => [c.slice(0, 2), c.slice(2)]));

const atlas = JSON.parse(readFileSync(join(packages, "us-atlas", "counties-10m.json"), "utf8"));
const topology = simplify(presimplify(atlas), SMALLEST_AREA);

// Longitudes east of the date line go on below -180, so that Alaska and the Pacific islands are in one piece.
const whole = ([longitude, latitude]) => [Math.round((longitude > 0 ? longitude - 360 : longitude) * UNITS), Math.round(latitude * UNITS)];
const line = points => {
  const all = points.map(whole).filter((p, i, list) => i === 0 || p[0] !== list[i - 1][0] || p[1] !== list[i - 1][1]);
  return [all[0], ...all.slice(1).map(([x, y], i) => [x - all[i][0], y - all[i][1]])].map(p => p.join(" ")).join(" ");
};
const order = (a, b) => (a < b ? -1 : a > b ? 1 : 0);

const states = feature(topology, topology.objects.states).features
  .map(({ id, geometry }) => [CODES[id], geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates])
  .sort(([a], [b]) => order(a, b))
  .flatMap(([code, polygons]) => polygons.flat().filter(r => r.length > 3).map(ring => `${code} ${line(ring)}`));
const counties = mesh(topology, topology.objects.counties, (a, b) => a !== b && a.id.slice(0, 2) === b.id.slice(0, 2)).coordinates.map(line).sort(order);

const text = [...states, "", ...counties, ""].join("\n");
writeFileSync(join(here, "outlines.txt.br"), brotliCompressSync(text, {
  params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 24, [constants.BROTLI_PARAM_SIZE_HINT]: Buffer.byteLength(text) },
}));
console.log(states.length, "rings,", counties.length, "lines");
