import { formatDiagnostics } from "../diagnostic/format.js";
import type { Diagnostic } from "../diagnostic/types.js";
import type { Io } from "./io.js";

/** `1 error`, `3 errors`. */
export const count = (number: number, word: string): string =>
  `${number} ${word}${number === 1 ? "" : "s"}`;

/** As many as anybody reads; the others are often echoes. */
const most = 20;

/** Prints what is wrong, and a last line that sums it up. */
export function report(
  io: Io,
  diagnostics: readonly Diagnostic[],
  summary: string,
  source?: string,
): void {
  const shown = diagnostics.slice(0, most);
  io.say(`${formatDiagnostics(shown, source, io.palette)}\n`);
  const more = diagnostics.length - shown.length;
  if (more > 0) io.say(`And ${more} more.\n`);
  io.say(io.palette.strong(summary));
}
