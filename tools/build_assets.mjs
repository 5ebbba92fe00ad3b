// Builds what browsers load: webapp/web/assets/ becomes webapp/static/dist/, with names that change when files do.
//
//   node tools/build_assets.mjs
//
// Each file is also kept compressed, so that nothing is compressed while somebody waits. The manifest is written
// last: a build that stops half-way leaves the old one, whose files are still there.
import { copyFile, mkdir, readFile, readdir, rename, rm, writeFile } from "node:fs/promises";
import { basename, extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import zlib from "node:zlib";
import { createHash } from "node:crypto";
import * as esbuild from "esbuild";
import * as sass from "sass";

const root = fileURLToPath(new URL("..", import.meta.url));
const assets = join(root, "webapp/web/assets");
const target = join(root, "webapp/static");
const dist = join(target, "dist");
const browsers = ["chrome111", "edge111", "firefox114", "safari16.4"];

const manifest = {};
const built = new Set();

await mkdir(dist, { recursive: true });
for (const name of await names("scss", (file) => file.endsWith(".scss") && !file.startsWith("_"))) {
  await keep(name.replace(".scss", ".css"), await styles(join(assets, "scss", name)));
}
for (const name of await names("js", (file) => ["app.js", "eco_map.js", "kept.js", "map.js", "preview.js", "sw.js", "tiles.js"].includes(file))) {
  await keep(name, await script(join(assets, "js", name)));
}
for (const name of await names("images", () => true)) {
  await keep(name, await readFile(join(assets, "images", name)));
}
await printFonts();
await writeFile(join(target, "manifest.part"), JSON.stringify(manifest, null, 2) + "\n");
await rename(join(target, "manifest.part"), join(target, "manifest.json"));
await removeOld();

async function names(folder, wanted) {
  try {
    return (await readdir(join(assets, folder))).filter(wanted).sort();
  } catch {
    return [];
  }
}

async function styles(path) {
  const { css } = sass.compile(path, { loadPaths: [join(root, "node_modules")], style: "compressed", quietDeps: true });
  const { code } = await esbuild.transform(css, { loader: "css", minify: true, target: browsers });
  return code;
}

async function script(path) {
  const result = await esbuild.build({
    entryPoints: [path],
    bundle: true,
    minify: true,
    write: false,
    format: "esm",
    target: browsers,
    legalComments: "none",
    logLevel: "warning",
  });
  return result.outputFiles[0].contents;
}

// What PDF files are set in: webapp/web/typesetting.py. The first was drawn for people who see little; no page loads any.
async function printFonts() {
  const families = {
    "atkinson-hyperlegible-next": "AtkinsonHyperlegibleNext",
    "noto-naskh-arabic": "NotoNaskhArabic",
    "noto-nastaliq-urdu": "NotoNastaliqUrdu",
    "noto-sans-bengali": "NotoSansBengali",
    "noto-sans-gurmukhi": "NotoSansGurmukhi",
  };
  await mkdir(join(target, "fonts"), { recursive: true });
  for (const [folder, name] of Object.entries(families)) {
    for (const weight of ["400Regular", "700Bold"]) {
      const file = `${name}_${weight}.ttf`;
      await copyFile(join(root, "node_modules/@expo-google-fonts", folder, weight, file), join(target, "fonts", file));
    }
  }
}

async function keep(name, content) {
  const bytes = Buffer.from(content);
  const hash = createHash("sha256").update(bytes).digest("hex").slice(0, 8).toUpperCase();
  const kept = `${basename(name, extname(name))}-${hash}${extname(name)}`;
  const small = await promisify(zlib.gzip)(bytes, { level: 9 });
  const smaller = await promisify(zlib.brotliCompress)(bytes);
  await writeFile(join(dist, kept), bytes);
  await writeFile(join(dist, `${kept}.gz`), small);
  await writeFile(join(dist, `${kept}.br`), smaller);
  for (const ending of ["", ".gz", ".br"]) {
    built.add(kept + ending);
  }
  manifest[name] = `dist/${kept}`;
  if (process.stdout.isTTY || process.argv.includes("--sizes")) {
    console.log(`${name.padEnd(12)} ${bytes.length} bytes, ${small.length} gzip, ${smaller.length} brotli`);
  }
}

// Pages that are open now still ask for the files before these: the newest build but one stays for a day.
async function removeOld() {
  const dayAgo = Date.now() - 24 * 60 * 60 * 1000;
  const { stat } = await import("node:fs/promises");
  for (const file of await readdir(dist)) {
    if (!built.has(file) && (await stat(join(dist, file))).mtimeMs < dayAgo) {
      await rm(join(dist, file));
    }
  }
}
