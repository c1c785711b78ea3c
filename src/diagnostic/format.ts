import { type Palette, plain } from "./colour.js";
import { codeFrame } from "./frame.js";
import { visible } from "./show.js";
import type { Diagnostic } from "./types.js";

function location(diagnostic: Diagnostic): string {
  const { file, line, column, pointer } = diagnostic;
  const place = [file, line, column].filter((part) => part !== undefined).join(":");
  return visible(pointer === undefined || pointer === "" ? place : `${place} at ${pointer}`);
}

function frame(diagnostic: Diagnostic, source: string | undefined, palette: Palette): string[] {
  const { line, column = 1, length = 1 } = diagnostic;
  if (source === undefined || line === undefined || diagnostic.secret) return [];
  const rows = codeFrame(source, { line, column, length });
  return rows.map((row, index) =>
    index === rows.length - 1 ? palette.bad(row) : palette.faint(row),
  );
}

/**
 * One diagnostic as lines of text: where, what, the source with carets, why, how to fix it.
 * @param source text of `diagnostic.file`; without it there is no frame.
 */
export function formatDiagnostic(
  diagnostic: Diagnostic,
  source?: string,
  palette: Palette = plain,
): string {
  return [
    palette.strong(location(diagnostic)),
    palette.bad(diagnostic.message),
    ...frame(diagnostic, source, palette),
    ...(diagnostic.why === undefined ? [] : [diagnostic.why]),
    `Fix: ${diagnostic.fix}`,
  ].join("\n");
}

/** All of them, sorted by position, a blank line between two. */
export const formatDiagnostics = (
  diagnostics: readonly Diagnostic[],
  source?: string,
  palette: Palette = plain,
): string =>
  diagnostics.map((diagnostic) => formatDiagnostic(diagnostic, source, palette)).join("\n\n");
