import { Lexer } from "yaml";

/** More than any model needs; the parser calls itself for each level, and must not run out of stack. */
const deepest = 50;

const indicators = /^(?:[-?:]|[!&].*)$/s;
/** What the lexer adds to the text: the begin of a document, an error in a flow, the begin of a scalar. */
const controls: readonly string[] = ["\u0002", "\u0018", "\u001f"];

/**
 * Where a text becomes nested too deeply to be parsed, in UTF-16 code units from its start; undefined if it does not.
 * Each kind of nesting is bounded by itself: brackets, indicators in a row, columns of indentation.
 */
export function findDeepNesting(text: string): number | undefined {
  let offset = 0;
  let brackets = 0;
  let inRow = 0;
  let lineStart = true;
  for (const token of new Lexer().lex(text)) {
    if (controls.includes(token)) {
      inRow = 0;
      continue;
    }
    const blank = /^ +$/.test(token);
    if (token === "[" || token === "{") brackets += 1;
    else if (token === "]" || token === "}") brackets -= 1;
    else if (indicators.test(token)) inRow += 1;
    else if (!blank) inRow = 0;
    const indent = blank && lineStart ? token.length : 0;
    if (brackets > deepest || inRow > deepest || indent > 2 * deepest) return offset;
    lineStart = token.endsWith("\n");
    offset += token.length;
  }
  return undefined;
}
