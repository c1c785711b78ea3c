import { lstatSync, readFileSync, type Stats } from "node:fs";
import { join } from "node:path";

/** What stands at a path of the output folder. */
export type Found =
  | { readonly kind: "absent" }
  | { readonly kind: "file"; readonly content: Buffer }
  /** A symbolic link, there or on the way; `at` is it. */
  | { readonly kind: "link"; readonly at: string }
  /** Neither file nor link there, or no directory on the way; `at` is it. */
  | { readonly kind: "other"; readonly at: string };

function statusOf(file: string): Stats | undefined {
  return lstatSync(file, { throwIfNoEntry: false });
}

/** Looks at a path below a folder without following any symbolic link inside that folder. */
export function inspect(root: string, path: string): Found {
  const parts = path.split("/");
  for (let depth = 1; depth <= parts.length; depth++) {
    const at = parts.slice(0, depth).join("/");
    const status = statusOf(join(root, at));
    if (status === undefined) return { kind: "absent" };
    if (status.isSymbolicLink()) return { kind: "link", at };
    const last = depth === parts.length;
    if (last ? !status.isFile() : !status.isDirectory()) return { kind: "other", at };
  }
  return { kind: "file", content: readFileSync(join(root, path)) };
}
