import { describe, expect, test } from "vitest";
import { codeFrame } from "../../../src/diagnostic/frame.js";

const frame = (source: string, line: number, column: number, length: number) =>
  codeFrame(source, { line, column, length }).join("\n");

describe("codeFrame", () => {
  test("shows the line before, the line, and carets", () => {
    expect(frame("virtual:\n  netmask: 255.255.255.1\n", 2, 12, 13)).toBe(
      [" 1 | virtual:", " 2 |   netmask: 255.255.255.1", "   |            ^^^^^^^^^^^^^"].join(
        "\n",
      ),
    );
  });

  test("aligns numbers of different length", () => {
    expect(frame(`${"\n".repeat(8)}a: 1\nb: 2\n`, 10, 1, 1)).toBe(
      "  9 | a: 1\n 10 | b: 2\n    | ^",
    );
  });

  test("has no line before the first", () => {
    expect(frame("a: 1", 1, 4, 1)).toBe(" 1 | a: 1\n   |    ^");
  });

  test("is empty for a line that is not there", () => {
    expect(codeFrame("a: 1", { line: 3, column: 1, length: 1 })).toEqual([]);
  });

  test("widens tabs, in the line and below it", () => {
    expect(frame("a:\t\tbad", 1, 5, 3)).toBe(" 1 | a:        bad\n   |           ^^^");
  });

  test("counts columns of a terminal: wide and combining characters", () => {
    expect(frame("名前: e\u0301x 名", 1, 9, 1)).toBe(" 1 | 名前: e\u0301x 名\n   |          ^^");
  });

  test("makes controls and what reorders text visible", () => {
    expect(frame("a: \u001b[31m\u202ex", 1, 1, 1)).toBe(" 1 | a: \\u001b[31m\\u202ex\n   | ^");
  });

  test("cuts a long line around the culprit", () => {
    const [row = "", carets = ""] = codeFrame(`${"x".repeat(500)}BAD${"y".repeat(500)}`, {
      line: 1,
      column: 501,
      length: 3,
    });
    expect(row).toMatch(/^ 1 \| …x{30}BADy{67}…$/);
    expect(carets.indexOf("^^^")).toBe(row.indexOf("BAD"));
  });

  test("cuts a long line at its end when the culprit is at its beginning", () => {
    expect(frame(`bad${"x".repeat(200)}`, 1, 1, 3)).toBe(` 1 | bad${"x".repeat(97)}…\n   | ^^^`);
  });

  test("points behind the line's end at most", () => {
    expect(frame("a:", 1, 40, 5)).toBe(" 1 | a:\n   |   ^");
  });

  test("takes Windows line ends", () => {
    expect(frame("a: 1\r\nb: 2\r\n", 2, 4, 1)).toBe(" 1 | a: 1\n 2 | b: 2\n   |    ^");
  });
});
