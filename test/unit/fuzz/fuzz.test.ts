import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { stringify } from "yaml";
import { main } from "../../../src/cli/main.js";
import { plain } from "../../../src/diagnostic/colour.js";
import { formatDiagnostics } from "../../../src/diagnostic/format.js";
import { type Compiled, compile, type Diagnostic, type Result } from "../../../src/index.js";
import { brokenModels } from "./broken-models.js";
import { hasPyYaml, Readers } from "./readers.js";
import { skeleton } from "./skeleton.js";
import { documentOf, neutral, structures, values } from "./valid-models.js";

// XCATHA_FUZZ=100000 is a full run, with a seed of its own, which a failure tells; XCATHA_FUZZ_SEED repeats one.
const { XCATHA_FUZZ: wanted, XCATHA_FUZZ_SEED: given } = process.env;
const models = Number(wanted ?? 2000);
const seed =
  given === undefined ? (wanted === undefined ? 1 : Date.now() % 2 ** 31) : Number(given);
/** Models that are mostly right, of which all is compiled and read back. */
const perStructure = 30;
const rounds = Math.ceil(models / 20 / perStructure);
const broken = models - rounds * perStructure;

const settings = { seed, endOnFailure: wanted !== undefined };
const readers = new Readers();
const accepted = { right: 0, broken: 0 };

/** A person can act on each: place, sentence and fix are there, the place is in the text, and the text can be shown. */
function assertHelpful(diagnostics: readonly Diagnostic[], text: string): void {
  const lines = text.split(/\n/).length;
  expect(diagnostics.length).toBeGreaterThan(0);
  for (const { code, message, fix, line = 1, column = 1 } of diagnostics) {
    expect(code).toMatch(/^[a-z][a-z0-9-]+$/);
    expect([message, fix]).not.toContain("");
    expect(line).toBeLessThanOrEqual(lines);
    expect(Math.min(line, column)).toBeGreaterThanOrEqual(1);
  }
  const shown = formatDiagnostics(diagnostics, text).replaceAll("\n", "");
  expect(shown).toBe(shown.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu, ""));
}

/** Compiles a text: it ends with files or with reasons, never with an exception; what was written is read back. */
function tryText(text: string): Result<Compiled> {
  const result = compile(text);
  if (result.ok) readers.read(result.value.files);
  else assertHelpful(result.diagnostics, text);
  return result;
}

/** Few, since to read back all files of another structure takes long. */
const shapes = fc.sample(structures, { seed, numRuns: rounds });

describe(`${models} models, seed ${seed}`, () => {
  const timeout = (1 + models / 1000) * 60_000;

  test("that differ in texts have tasks and units alike", { timeout }, () => {
    for (const shape of shapes) {
      const base = tryText(stringify(documentOf(shape, neutral)));
      if (!base.ok) throw new Error(JSON.stringify(base.diagnostics, null, 2));
      const bones = skeleton(base.value);
      const property = fc.property(values, (texts) => {
        const result = tryText(stringify(documentOf(shape, texts)));
        if (!result.ok) return;
        accepted.right += 1;
        expect(skeleton(result.value)).toEqual(bones);
      });
      fc.assert(property, { ...settings, numRuns: perStructure });
    }
  });

  test("that may be anything are compiled or refused with reasons", { timeout }, () => {
    const property = fc.property(brokenModels(shapes), (text) => {
      if (tryText(text).ok) accepted.broken += 1;
    });
    fc.assert(property, { ...settings, numRuns: broken });
  });

  test("end the command with 0 or 1, and a report", { timeout }, async () => {
    const folder = mkdtempSync(join(tmpdir(), "xcatha-fuzz-"));
    try {
      const file = join(folder, "xcatha.yml");
      for (const text of fc.sample(brokenModels(shapes), { seed, numRuns: models / 50 })) {
        writeFileSync(file, text);
        let printed = "";
        const data = (more: string) => {
          printed += more;
        };
        const io = { data, say: () => expect.fail("nothing is said"), palette: plain };
        const code = await main(["validate", "--json", file], io);
        const right = JSON.parse(printed).models.map((model: { right: boolean }) => model.right);
        expect([0, 1]).toContain(code);
        expect(right).toEqual([code === 0]);
      }
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test.runIf(hasPyYaml)("are read by PyYAML as by us", { timeout }, () => {
    readers.compare();
    expect(readers.compared).toBeGreaterThan(rounds);
  });

  // Otherwise the above holds for nothing.
  test("are accepted and refused in good part", () => {
    expect(accepted.right).toBeGreaterThan((rounds * perStructure) / 2);
    expect(accepted.broken).toBeGreaterThan(broken / 500);
    expect(accepted.broken).toBeLessThan(broken / 2);
  });

  afterAll(() => {
    const { user } = process.cpuUsage();
    const seconds = Math.round(user / 1e6);
    if (wanted !== undefined)
      console.log(`seed ${seed}, accepted ${JSON.stringify(accepted)}, ${seconds} s of CPU`);
  });
});
