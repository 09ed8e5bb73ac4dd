// Builds the front end: src/xianfeng/web/assets → src/xianfeng/web/static/build, by content-hashed names, with a manifest
// that `{% asset %}` reads. Run by set-up; by hand: `npm run build`, or `npm run watch` while pages are being written.
import { createHash } from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";
import { fileURLToPath } from "node:url";
import * as zlib from "node:zlib";
import * as esbuild from "esbuild";
import { prune, wordsOf } from "./prune.mjs";

const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
const WEB = path.join(ROOT, "src/xianfeng/web");
const ASSETS = path.join(WEB, "assets");
const OUT = path.join(WEB, "static/build");
const ENTRIES = ["public.ts", "desk.ts", "office.ts", "chart.ts", "map.ts", "filing.ts", "public.css", "desk.css", "office.css", "filing.css"];
const ALONE = ["vote.ts", "vote.css"]; // of a page that is handed out apart from the house: each a file by itself
// What a page loads at first, compressed: the limit in KB is the one that docs/faces.md promises.
const FIRST_LOADS = {
  public: { entries: ["public.js", "public.css"], limit: 300 },
  desk: { entries: ["desk.js", "desk.css", "filing.js", "filing.css"], limit: 300 },
  "page of a poll": { entries: ["vote.js", "vote.css"], limit: 60 },
  "office with chart and map": { entries: ["office.js", "office.css", "chart.js", "map.js", "map.css"], limit: 600 },
};
const DAY = 24 * 60 * 60 * 1000;

// Windows 7, still on many desks, stops at Chrome 109.
const COMMON = { bundle: true, minify: true, metafile: true, write: false, target: ["chrome109", "firefox115", "safari15.4"], logLevel: "warning" };

/** Tabler's stylesheet without the rules whose classes no page of ours names. */
const used = {
  name: "used-rules-only",
  setup(build) {
    build.onLoad({ filter: /tabler\.css$/ }, ({ path: file }) => ({
      contents: prune(fs.readFileSync(file, "utf8"), wordsOf(path.join(ROOT, "src/xianfeng"))),
      loader: "css",
    }));
  },
};

async function pages(entries, splitting) {
  return esbuild.build({
    ...COMMON,
    entryPoints: entries.map((name) => path.join(ASSETS, name)),
    outdir: OUT,
    format: "esm",
    splitting,
    entryNames: "[name]-[hash]",
    chunkNames: "part-[hash]",
    assetNames: "[name]-[hash]",
    loader: { ".png": "file", ".svg": "file" },
    plugins: [used],
  });
}

/** The service worker keeps the desk's shell, so it is built last and told the names of the others. */
async function worker(shell) {
  const version = createHash("sha256").update(shell.join()).digest("hex").slice(0, 12);
  return esbuild.build({
    ...COMMON,
    entryPoints: [path.join(ASSETS, "worker.ts")],
    outdir: OUT,
    define: { SHELL: JSON.stringify(shell), VERSION: JSON.stringify(version) },
  });
}

/** The entry's name as pages ask for it, e.g. desk.css, for each output that is one. */
function named(outputs) {
  const names = {};
  for (const [file, output] of Object.entries(outputs)) {
    if (output.entryPoint) {
      names[path.basename(output.entryPoint).replace(/\.ts$/, ".js")] = path.basename(file);
      if (output.cssBundle) names[path.basename(output.entryPoint).replace(/\.ts$/, ".css")] ??= path.basename(output.cssBundle);
    }
  }
  return names;
}

/** A file and every part that it imports at once. */
function closure(outputs, file, found = new Set()) {
  const key = Object.keys(outputs).find((name) => path.basename(name) === file);
  if (!key || found.has(file)) return found;
  found.add(file);
  for (const { path: imported, kind } of outputs[key].imports) {
    if (kind === "import-statement") closure(outputs, path.basename(imported), found);
  }
  return found;
}

function write(files) {
  fs.mkdirSync(OUT, { recursive: true });
  const sizes = {};
  for (const { path: file, contents } of files) {
    const name = path.basename(file);
    put(name, contents);
    if (/\.(js|css|svg)$/.test(name)) {
      put(`${name}.gz`, zlib.gzipSync(contents, { level: 9 }));
      const brotli = zlib.brotliCompressSync(contents, { params: { [zlib.constants.BROTLI_PARAM_SIZE_HINT]: contents.length } });
      put(`${name}.br`, brotli);
      sizes[name] = brotli.length;
    }
  }
  return sizes;
}

/** Aside and renamed: a server that runs meanwhile never serves half a file. */
function put(name, contents) {
  const aside = path.join(OUT, `.${name}`);
  fs.writeFileSync(aside, contents);
  fs.renameSync(aside, path.join(OUT, name));
}

/** Files of earlier builds go after a day: until then a server that has not been restarted may name them. */
function sweep(kept) {
  for (const name of fs.readdirSync(OUT)) {
    const plain = name.replace(/\.(gz|br)$/, "");
    if (!kept.has(plain) && Date.now() - fs.statSync(path.join(OUT, name)).mtimeMs > DAY) fs.rmSync(path.join(OUT, name));
  }
}

function report(sizes, names, outputs) {
  let over = false;
  for (const [what, { entries, limit }] of Object.entries(FIRST_LOADS)) {
    const files = new Set(entries.filter((entry) => names[entry]).flatMap((entry) => [...closure(outputs, names[entry])]));
    const size = [...files].reduce((sum, file) => sum + (sizes[file] ?? 0), 0) / 1024;
    console.log(`  ${what}: ${size.toFixed(1)} KB compressed (limit ${limit})`);
    over ||= size > limit;
  }
  if (over) throw new Error("A first load is over its limit.");
}

async function build() {
  const [built, alone] = await Promise.all([pages(ENTRIES, true), pages(ALONE, false)]);
  const outputs = { ...built.metafile.outputs, ...alone.metafile.outputs };
  const names = named(outputs);
  const shell = [...new Set(["desk.js", "desk.css"].flatMap((entry) => [...closure(outputs, names[entry])]))];
  const work = await worker(shell);
  const files = [...built.outputFiles, ...alone.outputFiles, ...work.outputFiles];
  const sizes = write(files);
  names["worker.js"] = "worker.js";
  report(sizes, names, outputs);
  put("manifest.json", JSON.stringify(names, null, 1)); // last: it says that the rest is there
  sweep(new Set([...files.map(({ path: file }) => path.basename(file)), "manifest.json"]));
}

await build();
if (process.argv.includes("--watch")) {
  let waiting;
  const again = (_, file) => {
    if (/\.(ts|css|html|py)$/.test(file ?? "")) {
      clearTimeout(waiting);
      waiting = setTimeout(() => build().catch((fault) => console.error(fault.message)), 150);
    }
  };
  fs.watch(path.join(ROOT, "src/xianfeng"), { recursive: true }, again);
}
