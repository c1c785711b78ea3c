import { visible } from "./show.js";
import { displayWidth } from "./width.js";

/** A stretch of one line of a source text. */
export interface Place {
  /** 1-based. */
  readonly line: number;
  /** 1-based, in UTF-16 code units. */
  readonly column: number;
  /** In UTF-16 code units. */
  readonly length: number;
}

const longestLine = 100;
const room = 30;

const printable = (text: string): string => visible(text.replaceAll("\t", "    "));

/** Cuts a long line around the culprit; `start` is where the part that is left begins. */
function cutAround(line: string, from: number): { readonly text: string; readonly start: number } {
  if (line.length <= longestLine) return { text: line, start: 0 };
  const start = from + room < longestLine ? 0 : from - room;
  return { text: line.slice(start, start + longestLine), start };
}

function row(number: number, width: number, line: string, from: number): string {
  const { text, start } = cutAround(line, from);
  const before = start > 0 ? "…" : "";
  const after = start + text.length < line.length ? "…" : "";
  return ` ${String(number).padStart(width)} | ${before}${printable(text)}${after}`.trimEnd();
}

function carets(line: string, from: number, length: number): string {
  const { text, start } = cutAround(line, from);
  const before = printable(text.slice(0, from - start));
  const culprit = printable(text.slice(from - start, from - start + length));
  const indent = displayWidth(before) + (start > 0 ? 1 : 0);
  return " ".repeat(indent) + "^".repeat(Math.max(1, displayWidth(culprit)));
}

/**
 * The culprit's line with carets below it, and the line before it.
 * Empty if the source has no such line. Tabs and invisible characters are made visible, long lines cut.
 */
export function codeFrame(source: string, place: Place): readonly string[] {
  const lines = source.split(/\r?\n/);
  const line = lines[place.line - 1];
  if (line === undefined) return [];
  const from = Math.min(place.column - 1, line.length);
  const width = String(place.line).length;
  const before = lines[place.line - 2];
  return [
    ...(before === undefined ? [] : [row(place.line - 1, width, before, 0)]),
    row(place.line, width, line, from),
    ` ${" ".repeat(width)} | ${carets(line, from, place.length)}`,
  ];
}
