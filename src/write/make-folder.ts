import { lstatSync, mkdirSync, rmdirSync, statSync } from "node:fs";
import { dirname, resolve } from "node:path";
import type { Diagnostic } from "../diagnostic/types.js";

/** Whether the directory is gone after it. */
export const removeIfEmpty = (directory: string): boolean => {
  try {
    rmdirSync(directory);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "ENOENT";
  }
};

/** A path and all above it, the root first. */
function ancestry(path: string): readonly string[] {
  const parent = dirname(path);
  return parent === path ? [path] : [...ancestry(parent), path];
}

/** What stands where the folder, or one above it, must be; undefined if nothing does. Throws the system's error. */
export function folderFault(root: string): Diagnostic | undefined {
  for (const at of ancestry(resolve(root))) {
    const status = lstatSync(at, { throwIfNoEntry: false });
    if (status === undefined) return undefined;
    const target = status.isSymbolicLink() ? statSync(at, { throwIfNoEntry: false }) : status;
    if (target?.isDirectory()) continue;
    const what = target === undefined ? "a symbolic link that leads nowhere" : "not a directory";
    return {
      code: "output-not-folder",
      message: `${at} is ${what}, so nothing can be written below it.`,
      fix: "name another folder with --out, or move it away.",
      file: root,
    };
  }
  return undefined;
}

/**
 * Makes a folder and those above it that are missing; answers with what was made, deepest first. One by one: in some
 * places, such as /proc, Node's own recursive way never ends.
 */
export function makeFolder(root: string): readonly string[] {
  const made: string[] = [];
  for (const at of ancestry(resolve(root))) {
    if (statSync(at, { throwIfNoEntry: false })) continue;
    try {
      mkdirSync(at);
      made.unshift(at);
    } catch (error) {
      // Another run may have made it meanwhile.
      if ((error as NodeJS.ErrnoException).code === "EEXIST") continue;
      made.forEach(removeIfEmpty);
      throw error;
    }
  }
  return made;
}
