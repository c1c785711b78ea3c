import { spawnSync } from "node:child_process";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { bareName, yamlList, yamlScalar } from "../../../src/render/handlebars.js";
import { yamlFile } from "../../../src/render/yaml-file.js";
import { checkYaml } from "./check-yaml.js";

/** Texts that YAML would take for something else, or that break out of careless quotes. */
const awkward: readonly string[] = [
  ...[
    "",
    " ",
    " before",
    "behind ",
    "a: b",
    "a #b",
    "# a",
    "- a",
    "? a",
    "a:",
    ":",
    "|",
    ">",
    "---",
  ],
  ...["yes", "No", "on", "OFF", "y", "n", "true", "null", "~", "NaN", ".inf", "1e3", "0o17", "017"],
  ...["0x1f", "1_000", "12:30:45", "2026-01-02", "1.10", "+1", "=", "<<", "&a", "*a", "!a", "%a"],
  ...[
    "@a",
    "`a`",
    "[a]",
    "{a: b}",
    "'",
    '"',
    "it's",
    '"quoted"',
    "\\",
    "a\\nb",
    "C:\\temp",
    "a\tb",
  ],
  ...["Zürich", "日本語", "🙂", "\u00a0", "a".repeat(300), "a b ".repeat(60).trim(), "$HOME", "%s"],
];

const python = (code: string, input: string): string => {
  const { status, stdout, stderr } = spawnSync("python3", ["-c", code], {
    input,
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(stderr);
  return stdout;
};

// Work on the compiler needs Node alone, so a machine may lack it. A machine for CI has it: there, its absence is a failure.
const hasPyYaml =
  process.env["CI"] !== undefined || spawnSync("python3", ["-c", "import yaml"]).status === 0;
const load = "import json, sys, yaml; json.dump(yaml.safe_load(sys.stdin.buffer), sys.stdout)";

test("a list stands on the line of its key where it fits, else each item on its own", () => {
  const [short, long] = [["a: b", "no"], Array.from({ length: 30 }, (_, at) => `package-${at}`)];
  expect(yamlList(short, 4)).toBe(' ["a: b", "no"]');
  expect(parse(`x:\n  y:${yamlList(long, 4)}\n`)).toEqual({ x: { y: long } });
  for (const line of yamlList(long, 4).split("\n")) expect(line.length).toBeLessThan(40);
});

const listOf = (values: readonly unknown[]): string =>
  values.map((value) => `- ${yamlScalar(value)}\n`).join("");

describe("the helper yaml", () => {
  test.each([["1.1"], ["1.2"]] as const)(
    "keeps awkward texts as they are, in YAML %s",
    (version) => {
      expect(parse(listOf(awkward), { version })).toEqual(awkward);
    },
  );

  test.runIf(hasPyYaml)("keeps awkward texts as they are, in the parser that Ansible uses", () => {
    expect(JSON.parse(python(load, listOf(awkward)))).toEqual(awkward);
  });

  test("writes each on one line", () => {
    expect(awkward.map((text) => yamlScalar(text)).filter((text) => text.includes("\n"))).toEqual(
      [],
    );
  });

  test("keeps numbers and booleans what they are", () => {
    expect(listOf([8, 0, -1, true, false])).toBe("- 8\n- 0\n- -1\n- true\n- false\n");
  });
});

describe("a data file", () => {
  const header = "# Made by a test.\n";
  const value = { values: awkward, number: 8, flag: true, nothing: null };

  test.runIf(hasPyYaml)("keeps awkward texts as they are, in the parser that Ansible uses", () => {
    const { text } = yamlFile("a.yml", header, value);
    expect(JSON.parse(python(load, text))).toEqual(value);
  });

  test("reads alike in YAML 1.1 and 1.2", () => {
    expect(() => checkYaml(yamlFile("a.yml", header, value))).not.toThrow();
  });
});

describe("the helper name", () => {
  test.each([
    ["postgresql@15-main"],
    ["mariadb.socket"],
    ["/var/lib/pgsql/data"],
    ["__activate_database"],
    ["host:/export"],
    [5432],
  ])("writes %s as it is", (word) => {
    expect(bareName(word)).toBe(String(word));
  });

  test.each([
    [""],
    ["a b"],
    ["a;b"],
    ["$(reboot)"],
    ["`reboot`"],
    ["a'b"],
    ['a"b'],
    ["a\nb"],
    ["a|b"],
    ["a&b"],
    ["a*"],
    ["{{ a }}"],
    ["a\\b"],
    ["#a"],
    ["ä"],
  ])("refuses %j", (word) => {
    expect(() => bareName(word)).toThrow("no bare word");
  });
});

describe("the check that both versions of YAML read a file alike", () => {
  const check = (text: string, path = "a.yml") => checkYaml({ path, text });

  test.each([
    ["a word that is a boolean in 1.1", "a: yes\n"],
    ["a number with a leading zero", "mode: 0644\n"],
    ["a number in base 60", "time: 12:30:45\n"],
    ["a merge key", "a: &a {b: 1}\nc:\n  <<: *a\n"],
  ])("refuses %s", (_, text) => {
    expect(() => check(text)).toThrow();
  });

  test("names the file and what is wrong", () => {
    expect(() => check("a: yes\n")).toThrow("a.yml means one thing in YAML 1.1 and another in 1.2");
    expect(() => check("a: [\n")).toThrow("a.yml is no YAML 1.1");
  });

  test("lets quoted values pass, and files that are not YAML", () => {
    expect(() => check('a: "yes"\nmode: "0644"\n')).not.toThrow();
    expect(() => check("a: yes\n", "README.md")).not.toThrow();
  });
});
