const plainToken = /^[\p{L}\p{N}_./:@*+-]+$/u;
// Control characters, bidirectional overrides, zero-width characters: nothing a terminal or a reader may act on.
const unsafe = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;
const longest = 80;

/** Makes text safe for a terminal: what cannot be seen is written as `\uXXXX`. */
export const visible = (text: string): string =>
  text.replace(unsafe, (character) =>
    [...character]
      .map((one) => `\\u${(one.codePointAt(0) ?? 0).toString(16).padStart(4, "0")}`)
      .join(""),
  );

/** Text in quotes, on one line; cut when long. */
export function quoted(value: string): string {
  const text = visible(value.replaceAll("\n", "\\n").replaceAll("\t", "\\t"));
  return `"${text.length > longest ? `${text.slice(0, longest)}…` : text}"`;
}

/** How a value from the model appears in a message: bare if it is one plain word, else quoted. */
export function show(value: unknown): string {
  if (typeof value === "string")
    return plainToken.test(value) && value.length <= longest ? value : quoted(value);
  if (Array.isArray(value)) return "a list";
  if (value === null) return "nothing";
  if (typeof value === "object") return "a mapping";
  return String(value);
}
