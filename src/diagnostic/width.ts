import { eastAsianWidth } from "get-east-asian-width";

const invisible = /[\p{Mn}\p{Me}]/u;

/** Columns that text takes on a terminal; the text holds no control characters. */
export function displayWidth(text: string): number {
  let width = 0;
  for (const character of text) {
    if (invisible.test(character)) continue;
    width += eastAsianWidth(character.codePointAt(0) ?? 0);
  }
  return width;
}
