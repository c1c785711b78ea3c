import { lstatSync, readFileSync, type Stats } from "node:fs";
import { join } from "node:path";

/** What stands at a path of the output folder. */
export type Found =
  | { readonly kind: "absent" }
  | { readonly kind: "file"; readonly content: Buffer; readonly id: string }
  /** A symbolic link, there or on the way; `at` is it. */
  | { readonly kind: "link"; readonly at: string }
  /** Neither file nor link there, or no directory on the way; `at` is it. */
  | { readonly kind: "other"; readonly at: string };

/** A file has one, by whatever name it is reached. */
export const idOf = ({ dev, ino }: Stats): string => `${dev} ${ino}`;

/** Looks at a path below a folder without following any symbolic link inside that folder. */
export function inspect(root: string, path: string): Found {
  const parts = path.split("/");
  for (let depth = 1; ; depth++) {
    const at = parts.slice(0, depth).join("/");
    const status = lstatSync(join(root, at), { throwIfNoEntry: false });
    if (status === undefined) return { kind: "absent" };
    if (status.isSymbolicLink()) return { kind: "link", at };
    if (depth < parts.length) {
      if (!status.isDirectory()) return { kind: "other", at };
    } else if (status.isFile())
      return { kind: "file", content: readFileSync(join(root, path)), id: idOf(status) };
    else return { kind: "other", at };
  }
}
