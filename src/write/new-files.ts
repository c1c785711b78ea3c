import { closeSync, lstatSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { isSystemError, systemErrorWords } from "../diagnostic/system-error.js";
import type { Diagnostic } from "../diagnostic/types.js";

/** A file that is to be made. */
interface NewFile {
  readonly path: string;
  readonly text: string;
}

const inTheWay = (file: string): Diagnostic => ({
  code: "file-exists",
  message: "There is a file of this name, which is never overwritten.",
  fix: "change it, remove it, or name another file.",
  file,
});

/** Why nothing may be made at a path; undefined if nothing is there. */
export function whatIsThere(path: string): Diagnostic | undefined {
  const status = lstatSync(path, { throwIfNoEntry: false });
  return status === undefined ? undefined : inTheWay(path);
}

const holds = ({ path, text }: NewFile): boolean => {
  try {
    return readFileSync(path, "utf8") === text;
  } catch {
    return false;
  }
};

const failed = (file: string, error: NodeJS.ErrnoException): Diagnostic =>
  error.code === "EEXIST"
    ? inTheWay(file)
    : {
        code: "write-failed",
        message: `It could not be written: ${systemErrorWords(error)}.`,
        why: "Nothing was changed.",
        fix: "remove the cause, then run the same command again.",
        file,
      };

/**
 * Makes files that are not there; one that holds the same text already may be.
 * @returns why not: then none was made.
 */
export function makeFiles(files: readonly NewFile[]): Diagnostic | undefined {
  const made: string[] = [];
  for (const { path, text } of files.filter((file) => !holds(file))) {
    try {
      const descriptor = openSync(path, "wx");
      made.push(path);
      writeFileSync(descriptor, text);
      closeSync(descriptor);
    } catch (error) {
      if (!isSystemError(error)) throw error;
      for (const one of made) rmSync(one, { force: true });
      return failed(path, error);
    }
  }
  return undefined;
}
