import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { parse, stringify } from "yaml";
import { codes, wordsOfCode } from "../../../src/diagnostic/codes/index.js";
import { codeText } from "../../../src/diagnostic/codes/text.js";
import { readModel } from "../../../src/model/read-model.js";
import { modelText } from "../model/models.js";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const source = join(root, "src");

/** Every code that the source gives to a diagnostic by its whole name. */
const written: readonly string[] = readdirSync(source, { recursive: true, encoding: "utf8" })
  .filter((path) => path.endsWith(".ts") && !path.startsWith("diagnostic/codes"))
  .flatMap((path) => {
    const text = readFileSync(join(source, path), "utf8");
    return [
      ...[...text.matchAll(/\bcode: [^\n]*/g)].flatMap(([line]) => [
        ...line.matchAll(/"([a-z0-9]+(?:-[a-z0-9]+)+)"/g),
      ]),
      // What `bad` and the like are called with.
      ...text.matchAll(/^\s+(?:"|return bad\(file, ")((?:model|output|yaml)-[a-z0-9-]+)",/gm),
      ...text.matchAll(/\bbad\(\s*file,\s*"([a-z0-9-]+)"/g),
    ].map(([, code = ""]) => code);
  });

/** Reasons for which a file is not written: their code is `output-` and the reason. */
const reasons = [
  ...(
    /export type Reason =([^;]+);/.exec(
      readFileSync(join(source, "write/change.ts"), "utf8"),
    )?.[1] ?? ""
  ).matchAll(/"([a-z-]+)"/g),
].map(([, reason]) => `output-${reason}`);

const commands = /^(xcatha|git|iconv|ansible-vault|mv|chmod) /;

describe("the codes", () => {
  test("that the source gives are many, and all have an explanation", () => {
    expect(new Set(written).size).toBeGreaterThan(55);
    expect(reasons.length).toBeGreaterThan(7);
    const missing = [...new Set([...written, ...reasons])].filter(
      (code) => !Object.hasOwn(codes, code),
    );
    expect(missing).toEqual([]);
  });

  test("that have an explanation are all given by the source, or by the YAML parser", () => {
    const given = [...written, ...reasons];
    const stray = Object.keys(codes).filter(
      (code) => !given.includes(code) && !code.startsWith("yaml-"),
    );
    expect(stray).toEqual([]);
  });

  test("of the YAML parser are all explained, others are not", () => {
    expect(wordsOfCode("yaml-bad-indent")?.what).toMatch(/not YAML/);
    expect(wordsOfCode("yaml-tab-as-indent")?.what).toMatch(/tab/);
    expect(wordsOfCode("no-such-code")).toBeUndefined();
    expect(wordsOfCode("constructor")).toBeUndefined();
  });

  test.each(Object.entries(codes))(
    "%s says what, why, how to mend it, in sentences",
    (code, words) => {
      for (const sentence of [words.what, words.why, words.mend])
        expect(sentence).toMatch(/^\S.*[^.]\.$/s);
      expect(codeText(code, words)).toContain(`Fix: ${words.mend}`);
    },
  );

  test.each(Object.entries(codes))("%s has an example that is right", (_code, { example }) => {
    if (commands.test(example)) return;
    const given = parse(example) as Record<string, unknown>;
    const text = stringify({ ...(parse(modelText()) as object), ...given });
    const result = readModel({ file: "xcatha.yml", text });
    expect(result).toMatchObject({ ok: true });
    expect(result.ok && (result.warnings ?? [])).toEqual([]);
  });
});
