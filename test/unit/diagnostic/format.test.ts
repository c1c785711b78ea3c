import { describe, expect, test } from "vitest";
import { choosePalette, colourful, plain } from "../../../src/diagnostic/colour.js";
import { formatDiagnostic, formatDiagnostics } from "../../../src/diagnostic/format.js";
import { show } from "../../../src/diagnostic/show.js";
import type { Diagnostic } from "../../../src/diagnostic/types.js";

const netmask: Diagnostic = {
  code: "netmask-malformed",
  message: "255.255.255.1 is not a netmask: its ones are not contiguous.",
  why: "It says which addresses are near.",
  fix: "write `prefix: 24`.",
  file: "xcatha.yml",
  line: 2,
  column: 12,
  length: 13,
  pointer: "/virtual/netmask",
};
const source = "virtual:\n  netmask: 255.255.255.1\n";

describe("formatDiagnostic", () => {
  test("says where, what, why and what to do", () => {
    expect(formatDiagnostic(netmask, source)).toBe(
      [
        "xcatha.yml:2:12 at /virtual/netmask",
        "255.255.255.1 is not a netmask: its ones are not contiguous.",
        " 1 | virtual:",
        " 2 |   netmask: 255.255.255.1",
        "   |            ^^^^^^^^^^^^^",
        "It says which addresses are near.",
        "Fix: write `prefix: 24`.",
      ].join("\n"),
    );
  });

  test("does without what it does not know", () => {
    const { code, message, fix, file } = netmask;
    expect(formatDiagnostic({ code, message, fix, file })).toBe(`${file}\n${message}\nFix: ${fix}`);
    expect(formatDiagnostic({ code, message, fix, file, pointer: "" }, source)).toBe(
      `${file}\n${message}\nFix: ${fix}`,
    );
    expect(formatDiagnostic({ code, message, fix, file, line: 2 }, source)).toContain("   | ^\n");
  });

  test("gives nothing to the terminal that the file's name holds", () => {
    expect(formatDiagnostic({ ...netmask, file: "a\u001b[2Jb" })).toMatch(/^a\\u001b\[2Jb:2:12 /);
  });

  test("colours only when asked", () => {
    expect(formatDiagnostic(netmask, source)).not.toContain("\u001b");
    expect(formatDiagnostic(netmask, source, colourful)).toContain("\u001b[31m");
  });

  test("puts a blank line between two", () => {
    expect(formatDiagnostics([netmask, netmask]).split("\n\n")).toHaveLength(2);
  });
});

describe("choosePalette", () => {
  const terminal = { isTTY: true };
  const pipe = {};
  test.each([
    ["a terminal", terminal, {}, colourful],
    ["a pipe", pipe, {}, plain],
    ["a dumb terminal", terminal, { TERM: "dumb" }, plain],
    ["NO_COLOR", terminal, { NO_COLOR: "1" }, plain],
    ["NO_COLOR, empty", terminal, { NO_COLOR: "" }, colourful],
    ["FORCE_COLOR", pipe, { FORCE_COLOR: "1" }, colourful],
    ["FORCE_COLOR=0", terminal, { FORCE_COLOR: "0" }, plain],
    ["both", pipe, { NO_COLOR: "1", FORCE_COLOR: "1" }, plain],
  ])("%s", (_name, stream, environment, palette) => {
    expect(choosePalette(stream, environment)).toBe(palette);
  });
});

describe("show", () => {
  test.each([
    ["255.255.255.1", "255.255.255.1"],
    ["/HA-data", "/HA-data"],
    ["two words", '"two words"'],
    ["", '""'],
    ["a\nb\tc", '"a\\nb\\tc"'],
    ["\u001b[31m", '"\\u001b[31m"'],
    ["x".repeat(81), `"${"x".repeat(80)}…"`],
    [7, "7"],
    [true, "true"],
    [null, "nothing"],
    [[1], "a list"],
    [{}, "a mapping"],
  ])("%j as %s", (value, text) => {
    expect(show(value)).toBe(text);
  });
});
