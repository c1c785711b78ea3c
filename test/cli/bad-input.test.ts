import { execFileSync } from "node:child_process";
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { assertBuilt, xcatha } from "./xcatha.js";

// One folder per case: xcatha.yml and the words that it earns, expected.txt.
// UPDATE_GOLDEN=1 writes expected.txt; without it a missing one fails.
const cases = fileURLToPath(new URL("bad-input", import.meta.url));
const { UPDATE_GOLDEN: update } = process.env;

/** Cases whose model cannot be kept as a file of the repository. */
const arrangements: Readonly<Record<string, (model: string) => void>> = {
  "file-missing": () => {},
  "file-directory": (model) => mkdirSync(model),
  "file-link-loop": (model) => symlinkSync("xcatha.yml", model),
  "file-unreadable": (model) => {
    writeFileSync(model, "platform: el9\n");
    chmodSync(model, 0o000);
  },
  "file-pipe": (model) => execFileSync("mkfifo", [model]),
  "file-binary": (model) => writeFileSync(model, Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 1])),
  "file-not-utf8": (model) =>
    writeFileSync(model, Buffer.from("shared: {path: /donn\xe9es}\n", "latin1")),
  // Kept here because it makes other programs that read the repository's files run out of stack.
  "yaml-nested-deeply": (model) => writeFileSync(model, `platform: ${"[".repeat(5000)}\n`),
  "file-too-large": (model) => {
    writeFileSync(model, "");
    truncateSync(model, 2 ** 40);
  },
};

const names = readdirSync(cases).sort();
const listing = (folder: string) => readdirSync(folder, { recursive: true }).sort();

let folder: string;
beforeAll(assertBuilt);
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "xcatha-bad-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe("bad input", () => {
  test.each(names)("%s", (name) => {
    const model = join(folder, "xcatha.yml");
    const arrange = arrangements[name];
    if (arrange) arrange(model);
    else cpSync(join(cases, name, "xcatha.yml"), model);
    const before = listing(folder);

    const run = xcatha(folder, ["generate"], { boundByModes: true });

    expect(run.stdout).toBe("");
    expect(run.status).toBe(1);
    expect(listing(folder)).toEqual(before);
    const golden = join(cases, name, "expected.txt");
    if (update) writeFileSync(golden, run.stderr);
    expect(existsSync(golden), `${golden} is missing: UPDATE_GOLDEN=1 writes it`).toBe(true);
    expect(run.stderr).toBe(readFileSync(golden, "utf8"));
  });

  test("every case folder holds a case, and nothing else", () => {
    for (const name of names) {
      const wanted = name in arrangements ? ["expected.txt"] : ["expected.txt", "xcatha.yml"];
      expect(readdirSync(join(cases, name)).sort(), name).toEqual(wanted);
    }
    expect(names).toEqual(expect.arrayContaining(Object.keys(arrangements)));
  });

  test("validate says the same and exits 1", () => {
    cpSync(join(cases, "several-at-once", "xcatha.yml"), join(folder, "xcatha.yml"));
    const generated = xcatha(folder, ["generate"]);
    const validated = xcatha(folder, ["validate"]);
    expect(validated.status).toBe(1);
    expect(validated.stderr).toBe(generated.stderr.replace("; nothing was written", ""));
  });
});
