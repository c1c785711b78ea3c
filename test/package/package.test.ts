import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { smallestModel } from "../cli/folder.js";
import { assertBuilt } from "../cli/xcatha.js";

const checkout = fileURLToPath(new URL("../..", import.meta.url));
const tool = (name: string): string => join(checkout, "node_modules/.bin", name);

let folder = "";
let tarball = "";
/** What npm said while it installed the tarball into an empty folder. */
let installation = "";

function run(command: string, ...words: string[]) {
  const { status, stdout, stderr } = spawnSync(command, words, { cwd: folder, encoding: "utf8" });
  return { status, stdout, stderr };
}

beforeAll(() => {
  assertBuilt();
  folder = mkdtempSync(join(tmpdir(), "xcatha-package-"));
  // Built already: packing would build again, under the other tests.
  const packed = ["pack", "--ignore-scripts", "--json", "--pack-destination", folder];
  const list = JSON.parse(execFileSync("npm", packed, { cwd: checkout, encoding: "utf8" }));
  tarball = join(folder, list[0].filename);
  writeFileSync(join(folder, "package.json"), '{"private": true, "type": "module"}\n');
  const { status, stdout, stderr } = run("npm", "install", "--offline", "--no-audit", tarball);
  installation = stdout + stderr;
  expect(status, installation).toBe(0);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("the tarball", () => {
  test("is clean for publint", async () => {
    const bytes = readFileSync(tarball);
    const { messages, pkg } = await publint({
      pack: { tarball: bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) },
      strict: true,
    });
    expect(messages.map((message) => formatMessage(message, pkg))).toEqual([]);
  });

  test("has types that every resolution finds, for attw", () => {
    // Modules alone: what `require` finds is a module too, which Node since 20.19 takes.
    const { status, stdout } = run(tool("attw"), tarball, "--profile", "esm-only", "--no-emoji");
    expect(status, stdout).toBe(0);
  });

  // `prepare` would be one for npm, though it runs in a checkout alone; `preprepare` builds there as well.
  test("installs into an empty folder without a word of warning, a script, or another package", () => {
    expect(installation).not.toMatch(/warn|script/i);
    const { packages } = JSON.parse(readFileSync(join(folder, "package-lock.json"), "utf8"));
    const { version, hasInstallScript } = packages["node_modules/xcatha"];
    expect({ version, hasInstallScript }).toEqual({
      version: JSON.parse(readFileSync(join(checkout, "package.json"), "utf8")).version,
      hasInstallScript: undefined,
    });
    expect(Object.keys(packages)).toEqual(["", "node_modules/xcatha"]);
  });

  test("brings a command that does its work from there", () => {
    mkdirSync(join(folder, "site"));
    writeFileSync(join(folder, "site/xcatha.yml"), smallestModel);
    const xcatha = join(folder, "node_modules/.bin/xcatha");
    expect(run(xcatha, "validate", "site")).toMatchObject({ status: 0 });
    expect(run(xcatha, "generate", "site")).toMatchObject({ status: 0 });
    expect(run(xcatha, "generate", "site", "--check")).toMatchObject({ status: 0 });
  });

  test("brings a programmatic interface that does the same as the command, and its schema", () => {
    writeFileSync(
      join(folder, "program.js"),
      `import { readFileSync } from "node:fs";
import { compile, validate } from "xcatha";
import schema from "xcatha/schema.json" with { type: "json" };
const result = compile(readFileSync("site/xcatha.yml", "utf8"));
const same = result.value.files.every(({ path, text }) => readFileSync(\`site/\${path}\`, "utf8") === text);
const wrong = validate("platform: el9", { file: "a.yml" });
console.log(JSON.stringify([same, result.value.files.length > 20, wrong.diagnostics[0].file, schema.title]));
`,
    );
    const { stdout, stderr } = run(process.execPath, "--no-warnings", "program.js");
    expect(JSON.parse(stdout || stderr)).toEqual([true, true, "a.yml", "xcatha model"]);
  });

  test("brings types with which a program compiles, and with which a mistake does not", () => {
    const program = (
      platform: string,
    ): string => `import { compile, type ModelDocument } from "xcatha";
const model: ModelDocument = {
  platform: "${platform}",
  hosts: [{ name: "a", address: "10.0.0.1" }, { name: "b", address: "10.0.0.2" }],
  virtual: { address: "10.0.0.3", prefix: 24, nic: "eth0", hostname: "mn" },
  shared: { path: "/data" },
};
const result = compile(model, { file: "a.yml" });
export const paths: readonly string[] = result.ok
  ? result.value.files.map(({ path }) => path)
  : result.diagnostics.map(({ message }) => message);
`;
    writeFileSync(join(folder, "right.ts"), program("el9"));
    writeFileSync(join(folder, "wrong.ts"), program("el7"));
    const settings = ["--noEmit", "--strict", "--module", "nodenext", "--ignoreConfig"];
    const { status, stdout } = run(tool("tsc"), ...settings, "right.ts", "wrong.ts");
    expect(status).not.toBe(0);
    expect(
      stdout
        .trim()
        .split("\n")
        .filter((line) => !line.startsWith(" ")),
    ).toEqual([
      expect.stringMatching(/^wrong\.ts\(3,3\): error TS2322: Type '"el7"' is not assignable/),
    ]);
  });
});
