import { describe, expect, test } from "vitest";
import { parseModel } from "../../../src/load/parse-model.js";

const parse = (text: string) => {
  const result = parseModel({ file: "xcatha.yml", text });
  if (!result.ok) throw new Error(JSON.stringify(result.diagnostics));
  return result.value;
};

const codes = (text: string) => {
  const result = parseModel({ file: "xcatha.yml", text });
  return result.ok ? [] : result.diagnostics.map(({ code }) => code);
};

describe("parseModel", () => {
  test.each([
    ["a: [", "yaml-bad-indent"],
    ["a: 1\na: 2\nb: 3\nb: 4", "yaml-duplicate-key", "yaml-duplicate-key"],
    ["\ta: 1", "yaml-tab-as-indent"],
    ["a: 1\n---\nb: 1", "yaml-multiple-docs"],
    ["a: !x 1", "yaml-tag-resolve-failed"],
    ["%YAML 1.1\n---\na: yes", "yaml-version"],
    ["# words\n%YAML  1.0\n---\na: yes", "yaml-version"],
    ["a: &x {b: 1}\nc: {<<: *x}", "yaml-merge-key"],
    ["<<: {a: 1}", "yaml-merge-key"],
    ["", "model-empty"],
    ["# only words\n", "model-empty"],
    ["null", "model-empty"],
    ["words", "model-not-mapping"],
    ["[1]", "model-not-mapping"],
    ["[a]: 1", "yaml-complex-key"],
    ["a: &x 1\n*x : 2", "yaml-complex-key"],
    ["a: *x", "yaml-alias"],
    ["a: &x [*x]", "yaml-alias"],
    [`a: &x 1\nb: [${"*x, ".repeat(101)}]`, "yaml-alias"],
    [`a: ${"[".repeat(100_000)}`, "yaml-nested-deeply"],
    [`a: ${"{a: ".repeat(50_000)}`, "yaml-nested-deeply"],
    ["- ".repeat(100_000), "yaml-nested-deeply"],
    ["? ".repeat(100_000), "yaml-nested-deeply"],
    ["!x ".repeat(80_000), "yaml-nested-deeply"],
    [
      Array.from({ length: 700 }, (_, depth) => `${" ".repeat(depth)}a:`).join("\n"),
      "yaml-nested-deeply",
    ],
  ])("%j", (text, ...expected) => {
    expect(codes(text)).toEqual(expected);
  });

  test("answers soon when aliases explode", () => {
    const names = "abcdefghijklmnopqrstuvwxyz".split("");
    const lines = names.map((name, index) => {
      const before = names[index - 1];
      return `${name}: &${name} [${Array(3)
        .fill(before ? `*${before}` : "x")
        .join(", ")}]`;
    });
    const start = performance.now();
    expect(codes(lines.join("\n"))).toEqual(["yaml-alias"]);
    expect(performance.now() - start).toBeLessThan(5000);
  });

  test.each([
    "#\n",
    "\n",
    "---\n",
    "...\n",
    "%x\n",
    "a\n",
    "'",
    '"',
    "&a ",
    "*a ",
    "- a\n",
    "|\n",
    ":",
    ",",
    "]",
    "\t",
    "a: 1\n",
    "\r",
  ])("survives much of %j", (piece) => {
    const text = piece.repeat(Math.floor(100_000 / piece.length));
    const result = parseModel({ file: "xcatha.yml", text });
    expect(result.ok).toBe(false);
  });

  test.each([
    'a: "\\\uFEFF"\n',
    "a: *\u200B\n",
    "a: !\u202Ex 1\n",
    "%YAML\t1.1\n---\na: 1\n",
    "%\u200B\n---\na: 1\n",
  ])("says what is wrong with %j without a character that cannot be seen", (text) => {
    const result = parseModel({ file: "xcatha.yml", text });
    const words = result.ok ? [] : result.diagnostics.flatMap(({ message, fix }) => [message, fix]);
    expect(words.length).toBeGreaterThan(0);
    expect(words.join(" ")).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  });

  test("takes brackets in text, comments and lists side by side", () => {
    const lists = Array(200).fill("[{a: 1}]").join(", ");
    const text = `a: "${"[".repeat(100)}" # ${"[".repeat(100)}\nb: [${lists}]\nc: |\n  ${"[".repeat(100)}\n`;
    expect(codes(text)).toEqual([]);
    expect(codes(`a:\n${"  - b: c\n".repeat(300)}`)).toEqual([]);
  });

  test("takes aliases in moderation", () => {
    expect(parse("a: &x {b: 1}\nc: *x").value).toEqual({ a: { b: 1 }, c: { b: 1 } });
  });

  test("keeps a key named __proto__ an ordinary key", () => {
    const { value } = parse("__proto__: {polluted: true}");
    expect(Object.hasOwn(value as object, "__proto__")).toBe(true);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });
});

describe("locate", () => {
  const { locate } = parse(
    [
      "platform: el9",
      "hosts:",
      "  - name: host1",
      "  - {name: host2, port: 22}",
      "virtual: &v",
      "  nic: eth0",
      "other: *v",
      "empty:",
      "text: |",
      "  two",
      "  lines",
      "",
    ].join("\n"),
  );
  test.each([
    [["platform"], "value", { line: 1, column: 11, length: 3 }],
    [["platform"], "key", { line: 1, column: 1, length: 8 }],
    [["hosts", 1, "port"], "value", { line: 4, column: 25, length: 2 }],
    [["hosts", "0", "name"], "key", { line: 3, column: 5, length: 4 }],
    // An item has no key of its own.
    [["hosts", 0], "key", { line: 3, column: 5, length: 4 }],
    [["virtual"], "key", { line: 5, column: 1, length: 7 }],
    // Through an alias to what it names; the alias itself where it is meant.
    [["other", "nic"], "value", { line: 6, column: 8, length: 4 }],
    [["other"], "value", { line: 7, column: 8, length: 2 }],
    // No value: its key.
    [["empty"], "value", { line: 8, column: 1, length: 5 }],
    // Several lines: the first.
    [["text"], "value", { line: 9, column: 7, length: 1 }],
    [["hosts", 2], "value", undefined],
    [["platform", "deeper"], "value", undefined],
    [["nowhere"], "key", undefined],
  ] as const)("%j %s", (path, part, place) => {
    expect(locate(path, part)).toEqual(place);
  });
});
