import { choosePalette, type Palette } from "../diagnostic/colour.js";

/** Where a command prints: data on stdout, words on stderr. */
export interface Io {
  /** Writes data, as it is. */
  readonly data: (text: string) => void;
  /** Writes one line of words, or several. */
  readonly say: (text: string) => void;
  /** Marks up words. */
  readonly palette: Palette;
}

/** The process's own streams. */
export const processIo = (): Io => ({
  data: (text) => process.stdout.write(text),
  say: (text) => process.stderr.write(`${text}\n`),
  palette: choosePalette(process.stderr, process.env),
});
