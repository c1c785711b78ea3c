import { styleText } from "node:util";

/** Marks up parts of a message. */
export interface Palette {
  readonly strong: (text: string) => string;
  readonly bad: (text: string) => string;
  readonly faint: (text: string) => string;
}

/** Whether to colour is decided below: the stream that Node would ask about is another one. */
const style =
  (format: "bold" | "red" | "dim") =>
  (text: string): string =>
    styleText(format, text, { validateStream: false });

export const colourful: Palette = { strong: style("bold"), bad: style("red"), faint: style("dim") };

const same = (text: string): string => text;
export const plain: Palette = { strong: same, bad: same, faint: same };

/**
 * Colour or not, for one stream. NO_COLOR (no-color.org) wins over FORCE_COLOR, which wins over what the stream is;
 * both count only when not empty, and `FORCE_COLOR=0` means no.
 */
export function choosePalette(
  stream: { readonly isTTY?: boolean | undefined },
  environment: Readonly<Record<string, string | undefined>>,
): Palette {
  const { NO_COLOR: no, FORCE_COLOR: force, TERM: terminal } = environment;
  if (no !== undefined && no !== "") return plain;
  if (force !== undefined && force !== "")
    return force === "0" || force === "false" ? plain : colourful;
  return stream.isTTY === true && terminal !== "dumb" ? colourful : plain;
}
