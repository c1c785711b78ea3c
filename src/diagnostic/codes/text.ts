import type { CodeWords } from "./types.js";

/** A code's words for a terminal. */
export const codeText = (code: string, { what, why, mend, example }: CodeWords): string =>
  [
    `${code}: ${what}`,
    "",
    why,
    `Fix: ${mend}`,
    "",
    "Example:",
    ...example.split("\n").map((line) => `    ${line}`),
    "",
  ].join("\n");
