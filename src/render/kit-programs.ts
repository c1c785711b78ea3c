import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

// Replaced when the package is built, by the texts themselves: see `build/precompiled.mjs`.

const folder = fileURLToPath(new URL("../../templates/kit/libexec", import.meta.url));

/** The programs of the host kit, which are the same for every pair. */
export const kitPrograms: readonly { readonly name: string; readonly text: string }[] = readdirSync(
  folder,
)
  .sort()
  .map((name) => ({ name, text: readFileSync(join(folder, name), "utf8") }));
