import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { readModel } from "../../src/model/read-model.js";
import type { HaPair } from "../../src/model/types.js";
import { generateFiles } from "../../src/render/index.js";
import { renderManifest } from "../../src/write/manifest.js";
import { identityOf } from "../../src/write/whose.js";

export const modelFile = "xcatha.yml";

const checkout = fileURLToPath(new URL("../../", import.meta.url));
const examplesRoot = join(checkout, "generated");

const { version } = JSON.parse(readFileSync(join(checkout, "package.json"), "utf8")) as {
  version: string;
};

/** What lies directly in `generated/`: folders are examples. */
export const exampleEntries = readdirSync(examplesRoot, { withFileTypes: true });

export const exampleNames: readonly string[] = exampleEntries
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name)
  .sort();

export const readExampleModel = (example: string): string =>
  readFileSync(join(examplesRoot, example, modelFile), "utf8");

/** Everything in an example's folder but directories, by path; links and the like count as empty. */
export function filesOnDisk(example: string): ReadonlyMap<string, Buffer> {
  const root = join(examplesRoot, example);
  const entries = readdirSync(root, { recursive: true, withFileTypes: true });
  return new Map(
    entries
      .filter((entry) => !entry.isDirectory())
      .map((entry) => {
        const file = join(entry.parentPath, entry.name);
        const path = file.slice(root.length + 1);
        return [path, entry.isFile() ? readFileSync(file) : Buffer.alloc(0)] as const;
      }),
  );
}

export function pairOf(text: string): HaPair {
  const model = readModel({ file: modelFile, text });
  if (!model.ok) throw new Error(model.diagnostics.map(({ message }) => message).join("\n"));
  return model.value;
}

/** What a model's text generates, manifest included, by path. */
export function generate(text: string): ReadonlyMap<string, string> {
  const pair = pairOf(text);
  const files = generateFiles(pair);
  const origin = { version, modelFile, modelText: text, pair: identityOf(pair) };
  const manifest = renderManifest(files, origin);
  return new Map([...files, manifest].map((file) => [file.path, file.text]));
}
