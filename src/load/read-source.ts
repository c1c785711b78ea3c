import { closeSync, constants, fstatSync, openSync, readFileSync, readSync } from "node:fs";
import { systemErrorWords } from "../diagnostic/system-error.js";
import type { Diagnostic, Result } from "../diagnostic/types.js";
import { wait } from "../wait.js";
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

const tooLarge = (file: string): Result<never> =>
  bad(
    file,
    "model-too-large",
    "The file is larger than 256 KiB.",
    "name a model: a pair needs some ten lines.",
  );

/** Reads until its end, or until it is too much. */
function readInput(): Buffer {
  const buffer = Buffer.alloc(largest + 1);
  let length = 0;
  while (length < buffer.length) {
    try {
      const count = readSync(0, buffer, length, buffer.length - length, null);
      if (count === 0) break;
      length += count;
    } catch (error) {
      // A terminal or a pipe that somebody made non-blocking.
      if ((error as NodeJS.ErrnoException).code !== "EAGAIN") throw error;
      wait(5);
    }
  }
  return buffer.subarray(0, length);
}

/** Reads a model from standard input, which is named `-`. */
function readStandardInput(file: string): Result<Source> {
  try {
    const bytes = readInput();
    return bytes.length > largest ? tooLarge(file) : decode(file, bytes);
  } catch (error) {
    return { ok: false, diagnostics: [unreadable(file, error)] };
  }
}

/** Reads a model's file, or standard input if it is `-`. Whatever is wrong with it becomes a diagnostic; it never throws for bad input. */
export function readSource(file: string): Result<Source> {
  if (file === "-") return readStandardInput(file);
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
    if (status.size > largest) return tooLarge(file);
    return decode(file, readFileSync(descriptor));
  } catch (error) {
    return { ok: false, diagnostics: [unreadable(file, error)] };
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}
