/** Marks up parts of a message. */
export interface Palette {
  readonly strong: (text: string) => string;
  readonly bad: (text: string) => string;
  readonly faint: (text: string) => string;
}

const sequence =
  (on: number, off: number) =>
  (text: string): string =>
    `\u001b[${on}m${text}\u001b[${off}m`;

export const colourful: Palette = {
  strong: sequence(1, 22),
  bad: sequence(31, 39),
  faint: sequence(2, 22),
};

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
