import { spawn, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Ajv } from "ajv";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { smallestModel, useFolder } from "./folder.js";
import { xcatha } from "./xcatha.js";

const root = fileURLToPath(new URL("../..", import.meta.url));
const folder = useFolder();

describe("xcatha", () => {
  test("--version prints the version of package.json", () => {
    const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
    expect(xcatha(folder(), ["--version"])).toEqual({
      status: 0,
      stdout: `${version}\n`,
      stderr: "",
    });
  });

  test.each([["--help"], ["help"], ["help", "generate"], ["generate", "--help"], ["schema", "-h"]])(
    "%s %s prints help on stdout",
    (...words) => {
      const run = xcatha(folder(), words);
      expect(run).toMatchObject({ status: 0, stderr: "" });
      expect(run.stdout).toMatch(/^Usage: xcatha/);
    },
  );

  test.each([
    [[], /^Usage: xcatha/],
    [["generat"], /unknown command 'generat'\n\(Did you mean generate\?\)/],
    [["generate", "--chek"], /unknown option '--chek'/],
    [["schema", "a.yml"], /too many arguments/],
    [["generate", "--out"], /argument missing/],
    [["generate", "--check", "--dry-run"], /cannot be used with/],
    [["generate", "--check", "--force"], /cannot be used with/],
    [["validate", "--force"], /unknown option/],
  ])("%j is wrong usage: exit 2, words on stderr", (words, message) => {
    const run = xcatha(folder(), words);
    expect(run).toMatchObject({ status: 2, stdout: "" });
    expect(run.stderr).toMatch(message);
  });

  test("does not mind that nobody reads on", async () => {
    const bin = join(root, "dist/cli/bin.js");
    const child = spawn(process.execPath, [bin, "schema"], { stdio: ["ignore", "pipe", "pipe"] });
    child.stdout.destroy();
    let words = "";
    child.stderr.on("data", (chunk) => {
      words += chunk;
    });
    const status = await new Promise((done) => child.on("close", done));
    expect({ status, words }).toEqual({ status: 0, words: "" });
  });

  test("owns up to an internal error: exit 3, the stack only when asked", () => {
    // An installation that lost a file.
    const broken = join(folder(), "broken");
    mkdirSync(broken);
    cpSync(join(root, "dist"), join(broken, "dist"), { recursive: true });
    cpSync(join(root, "package.json"), join(broken, "package.json"));
    const [lost = ""] = readdirSync(join(broken, "dist/cli")).filter((name) =>
      /^generate-outputs-/.test(name),
    );
    rmSync(join(broken, "dist/cli", lost));
    writeFileSync(join(folder(), "xcatha.yml"), smallestModel);
    const run = (env: Record<string, string>) =>
      spawnSync(process.execPath, [join(broken, "dist/cli/bin.js"), "generate"], {
        cwd: folder(),
        encoding: "utf8",
        env,
      });
    const quiet = run({});
    expect(quiet).toMatchObject({ status: 3, stdout: "" });
    expect(quiet.stderr).toMatch(/^xcatha [\d.]+: internal error: /);
    expect(quiet.stderr).toContain("Please report it");
    expect(quiet.stderr).not.toMatch(/^ +at /m);
    expect(run({ XCATHA_DEBUG: "1" }).stderr).toMatch(/^ +at /m);
  });
});

describe("xcatha validate", () => {
  test("says that a model is right, and writes nothing", () => {
    writeFileSync(join(folder(), "xcatha.yml"), smallestModel);
    expect(xcatha(folder(), ["validate"])).toEqual({
      status: 0,
      stdout: "",
      stderr:
        "xcatha.yml is right: pair hamn, hosts host1 and host2, on el9.\nNext: xcatha generate\n",
    });
  });

  test("colours words when forced to, and never against NO_COLOR", () => {
    const forced = xcatha(folder(), ["validate"], { env: { FORCE_COLOR: "1" } });
    expect(forced.stderr).toContain("\u001b[31m");
    const both = xcatha(folder(), ["validate"], { env: { FORCE_COLOR: "1", NO_COLOR: "1" } });
    expect(both.stderr).not.toContain("\u001b");
  });
});

describe("xcatha schema", () => {
  test("prints the schema that is published, and that takes the smallest model", () => {
    const run = xcatha(folder(), ["schema"]);
    expect(run).toMatchObject({ status: 0, stderr: "" });
    expect(run.stdout).toBe(readFileSync(join(root, "dist/model/schema.json"), "utf8"));
    expect(new Ajv().validate(JSON.parse(run.stdout), parse(smallestModel))).toBe(true);
  });
});
