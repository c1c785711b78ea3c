// The build: one bundle that loads what a command needs, with the schema and the templates compiled.
import { chmod, mkdir, rm, writeFile } from "node:fs/promises";
import { build } from "esbuild";
import { declarations } from "./declarations.mjs";
import { licenses } from "./licenses.mjs";
import { precompiled } from "./precompiled.mjs";
import { loadSource } from "./source.mjs";

await rm("dist", { recursive: true, force: true });

const { metafile } = await build({
  entryPoints: { "cli/bin": "src/cli/bin.ts", index: "src/index.ts" },
  outdir: "dist",
  chunkNames: "cli/[name]-[hash]",
  bundle: true,
  splitting: true,
  format: "esm",
  platform: "node",
  target: "node20.19",
  // What Node parses at each start.
  minifySyntax: true,
  minifyWhitespace: true,
  keepNames: false,
  // The same library without Node's own modules, as one that only takes what is used.
  alias: { yaml: "./node_modules/yaml/browser/index.js" },
  // CommonJS inside asks for Node's own modules.
  banner: {
    js: 'import{createRequire as nodeRequire}from"node:module";const require=nodeRequire(import.meta.url);',
  },
  plugins: [await precompiled()],
  metafile: true,
  logLevel: "warning",
});
await chmod("dist/cli/bin.js", 0o755);
await writeFile("dist/THIRD-PARTY-LICENSES.txt", await licenses(Object.keys(metafile.inputs)));
await declarations("index");

// Last: tests take it for the time of the build.
await mkdir("dist/model", { recursive: true });
const { schemaText } = await loadSource("src/model/schema/index.ts");
await writeFile("dist/model/schema.json", schemaText());
