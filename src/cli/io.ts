import { isatty } from "node:tty";
import { choosePalette, type Palette } from "../diagnostic/colour.js";
import { streamWriter } from "./stream.js";

/** Where a command prints: data on stdout, words on stderr. */
export interface Io {
  /** Writes data, as it is. */
  readonly data: (text: string) => void;
  /** Writes one line of words, or several. */
  readonly say: (text: string) => void;
  /** Marks up words. */
  readonly palette: Palette;
}

const words = streamWriter(2, "stderr");

/** The process's own streams. */
export const processIo: Io = {
  data: streamWriter(1, "stdout"),
  say: (text) => words(`${text}\n`),
  palette: choosePalette({ isTTY: isatty(2) }, process.env),
};
