import { closeSync, constants, fstatSync, openSync, readFileSync } from "node:fs";
import { systemErrorWords } from "../diagnostic/system-error.js";
import type { Diagnostic, Result } from "../diagnostic/types.js";
import { startWith } from "./smallest-model.js";

/** The text of a model and the name the user gave its file. */
export interface Source {
  readonly file: string;
  readonly text: string;
}

const largest = 256 * 1024;
const utf8 = new TextDecoder("utf-8", { fatal: true });

const bad = (file: string, code: string, message: string, fix: string): Result<never> => ({
  ok: false,
  diagnostics: [{ code, message, fix, file }],
});

function unreadable(file: string, error: unknown): Diagnostic {
  if ((error as NodeJS.ErrnoException).code === "ENOENT")
    return {
      code: "model-missing",
      message: "There is no such file.",
      fix: `name the model's file as the argument, or ${startWith}`,
      file,
    };
  return {
    code: "model-unreadable",
    message: `The file cannot be read: ${systemErrorWords(error)}.`,
    fix: "name a file that you may read.",
    file,
  };
}

function decode(file: string, bytes: Buffer): Result<Source> {
  const zero = bytes.indexOf(0);
  if (zero >= 0)
    return bad(
      file,
      "model-binary",
      `This is no text: byte ${zero + 1} is zero.`,
      "name a YAML file, saved as UTF-8.",
    );
  try {
    // Drops a byte order mark.
    return { ok: true, value: { file, text: utf8.decode(bytes) } };
  } catch {
    return bad(
      file,
      "model-not-utf8",
      "The file is not UTF-8.",
      "save it as UTF-8, e.g. with `iconv -f ISO-8859-1 -t UTF-8`.",
    );
  }
}

/** Reads a model's file. Whatever is wrong with it becomes a diagnostic; it never throws for bad input. */
export function readSource(file: string): Result<Source> {
  let descriptor: number | undefined;
  try {
    // Not blocking: a named pipe without a writer must not hang the command.
    descriptor = openSync(file, constants.O_RDONLY | constants.O_NONBLOCK);
    const status = fstatSync(descriptor);
    if (status.isDirectory())
      return bad(
        file,
        "model-directory",
        "This is a directory.",
        "name the model's file inside it, e.g. xcatha.yml.",
      );
    if (!status.isFile())
      return bad(file, "model-not-file", "This is not a regular file.", "name a YAML file.");
    if (status.size > largest)
      return bad(
        file,
        "model-too-large",
        "The file is larger than 256 KiB.",
        "name a model: a pair needs some ten lines.",
      );
    return decode(file, readFileSync(descriptor));
  } catch (error) {
    return { ok: false, diagnostics: [unreadable(file, error)] };
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}
