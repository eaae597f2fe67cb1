// node build.mjs FOLDER: the editor as one script, the licences of all that is in it, and the outlines of the two countries.
import { mkdirSync, readFileSync, writeFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { feature } from "topojson-client";

const COUNTRIES = { 398: "kazakhstan", 792: "turkiye" }; // ISO 3166-1 numeric → our slugs
const folder = process.argv[2];
mkdirSync(join(folder, "editor"), { recursive: true });

const made = await build({
  entryPoints: ["editor.js"],
  bundle: true,
  minify: true,
  format: "iife",
  target: "es2022",
  charset: "utf8",
  legalComments: "none",
  loader: { ".css": "text" },
  metafile: true,
  outfile: join(folder, "editor", "editor.js"),
});

const packages = new Set(["world-atlas"]);
for (const path of Object.keys(made.metafile.inputs)) {
  const match = /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path);
  if (match) packages.add(match[1]);
}
writeFileSync(join(folder, "editor", "licences.txt"), [...packages].sort().map(licence).join("\n\n"));

const atlas = JSON.parse(readFileSync("node_modules/world-atlas/countries-50m.json", "utf8"));
const outlines = {};
for (const shape of atlas.objects.countries.geometries) {
  const slug = COUNTRIES[Number(shape.id)];
  if (slug) outlines[slug] = rounded(feature(atlas, shape).geometry);
}
if (Object.keys(outlines).length !== 2) throw new Error("world-atlas lacks one of the two countries");
writeFileSync(join(folder, "outlines.json"), JSON.stringify(outlines));

function licence(name) {
  const base = join("node_modules", name);
  const about = JSON.parse(readFileSync(join(base, "package.json"), "utf8"));
  const file = readdirSync(base).find((each) => /^licen[cs]e/i.test(each));
  if (!file) throw new Error(`${name} ships no licence`);
  return `${name} ${about.version} (${about.license})\n${"=".repeat(60)}\n${readFileSync(join(base, file), "utf8").trim()}\n`;
}

// Hundredths of a degree are finer than any picture of a whole country.
function rounded({ type, coordinates }) {
  const trim = (value) => (typeof value === "number" ? Math.round(value * 100) / 100 : value.map(trim));
  return { type, coordinates: trim(coordinates) };
}
