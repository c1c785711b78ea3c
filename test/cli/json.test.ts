import { appendFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv } from "ajv";
import { beforeEach, describe, expect, test } from "vitest";
import { reportSchema } from "../../src/cli/report-schema.js";
import { smallestModel, useFolder } from "./folder.js";
import { xcatha } from "./xcatha.js";

const folder = useFolder();
const at = (path: string): string => join(folder(), path);
const isReport = new Ajv({ strict: true, strictRequired: false, allowUnionTypes: true }).compile(
  reportSchema,
);

/** Runs a command with `--json`; its report must be what the schema says, and there must be no words. */
function reportOf(...words: string[]) {
  const { status, stdout, stderr } = xcatha(folder(), [...words, "--json"]);
  expect(stderr).toBe("");
  const report = JSON.parse(stdout);
  expect(isReport(report), JSON.stringify(isReport.errors)).toBe(true);
  expect(report.exit).toBe(status);
  return report;
}

beforeEach(() => writeFileSync(at("xcatha.yml"), smallestModel));

describe("--json", () => {
  test("of validate says what was read", () => {
    expect(reportOf("validate")).toMatchObject({
      command: "validate",
      exit: 0,
      models: [
        {
          file: "xcatha.yml",
          right: true,
          pair: {
            name: "hamn",
            platform: "el9",
            hosts: ["host1", "host2"],
            database: "postgresql",
          },
          diagnostics: [],
        },
      ],
    });
  });

  test("of validate has every mistake, with place and pointer; also beyond the 20 that are printed", () => {
    const unknown = Array.from({ length: 30 }, (_, number) => `key${number}: 1\n`).join("");
    writeFileSync(at("bad.yml"), smallestModel.replace("el9", "el7") + unknown);
    const { models } = reportOf("validate", "bad.yml");
    expect(models).toHaveLength(1);
    expect(models[0]).toMatchObject({ file: "bad.yml", right: false, pair: null });
    expect(models[0].diagnostics).toHaveLength(31);
    expect(models[0].diagnostics[0]).toMatchObject({
      code: "value-unknown",
      severity: "error",
      file: "bad.yml",
      line: 1,
      column: 11,
      length: 3,
      pointer: "/platform",
    });
  });

  test("has warnings, and no password", () => {
    const fencing = "fencing: {status: ipmitool -P hunter2 power status}";
    writeFileSync(
      at("xcatha.yml"),
      smallestModel.replace("0.70}", "0.70}").replace("106.70}", `106.70, ${fencing}}`),
    );
    const report = reportOf("validate");
    expect(report.models[0].diagnostics).toMatchObject([{ severity: "warning" }]);
    expect(JSON.stringify(report)).not.toContain("hunter2");
  });

  test("of generate says what was written, and what stands in the way", () => {
    const [first] = reportOf("generate").models;
    expect(first.output).toMatchObject({ mode: "write", out: ".", written: true, updated: [] });
    expect(first.output.created).toContain("setup.yml");

    appendFileSync(at("setup.yml"), "# mine\n");
    writeFileSync(at("xcatha.yml"), smallestModel.replace("/HA-data", "/other"));
    const refused = reportOf("generate");
    expect(refused.exit).toBe(1);
    expect(refused.models[0].output).toMatchObject({
      written: false,
      diagnostics: [{ code: "output-edited", severity: "error", file: "setup.yml" }],
    });
    const forced = reportOf("generate", "--force");
    expect(forced.models[0].output.saved).toEqual([
      { path: "setup.yml", as: "setup.yml.xcatha-saved-1" },
    ]);
  });

  test("of --check and --dry-run says what is stale and what would change", () => {
    reportOf("generate");
    expect(reportOf("generate", "--check").models[0].output).toMatchObject({
      mode: "check",
      upToDate: true,
      stale: [],
    });
    writeFileSync(at("xcatha.yml"), smallestModel.replace("/HA-data", "/other"));
    const checked = reportOf("generate", "--check");
    expect(checked.exit).toBe(1);
    expect(checked.models[0].output.stale).toContainEqual({ path: ".xcatha.json", why: "stale" });
    const shown = reportOf("generate", "--dry-run").models[0].output;
    expect(shown).toMatchObject({ mode: "dry-run", written: false });
    expect(shown.diff).toContain("+++ b/.xcatha.json");
  });

  test("of a model or a folder that cannot be read has the reason", () => {
    expect(reportOf("generate", "nothing.yml").models).toMatchObject([
      { file: "nothing.yml", right: false, diagnostics: [{ code: "model-missing" }] },
    ]);
    writeFileSync(at("plain"), "");
    expect(reportOf("generate", "--out", "plain").models[0].output.diagnostics).toHaveLength(1);
  });

  test("is described by `schema --report`", () => {
    const { stdout } = xcatha(folder(), ["schema", "--report"]);
    expect(JSON.parse(stdout)).toEqual(JSON.parse(JSON.stringify(reportSchema)));
  });

  test("of wrong usage is no document", () => {
    expect(xcatha(folder(), ["validate", "--json", "--chek"])).toMatchObject({
      status: 2,
      stdout: "",
    });
  });
});
