import { formatDiagnostics } from "../diagnostic/format.js";
import type { Diagnostic } from "../diagnostic/types.js";
import type { Io } from "./io.js";

/** `1 error`, `3 errors`. */
export const count = (number: number, word: string): string =>
  `${number} ${word}${number === 1 ? "" : "s"}`;

/** Prints what is wrong, and a last line that sums it up. */
export function report(
  io: Io,
  diagnostics: readonly Diagnostic[],
  summary: string,
  source?: string,
): void {
  io.say(`${formatDiagnostics(diagnostics, source, io.palette)}\n`);
  io.say(io.palette.strong(summary));
}
