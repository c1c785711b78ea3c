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
import { beforeAll, describe, expect, test } from "vitest";
import { assertBuilt, xcathaBeside } from "./xcatha.js";

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
  "file-device": (model) => symlinkSync("/dev/zero", model),
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

beforeAll(assertBuilt);

/** Runs what needs a folder of its own in one. */
async function inFolder(work: (folder: string) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "xcatha-bad-"));
  try {
    await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function tryCase(name: string, folder: string): Promise<void> {
  const model = join(folder, "xcatha.yml");
  const arrange = arrangements[name];
  if (arrange) arrange(model);
  else cpSync(join(cases, name, "xcatha.yml"), model);
  const before = listing(folder);

  const run = await xcathaBeside(folder, ["generate"], { boundByModes: true });

  expect(run.stdout).toBe("");
  expect(run.status).toBe(1);
  expect(listing(folder)).toEqual(before);
  const golden = join(cases, name, "expected.txt");
  if (update) writeFileSync(golden, run.stderr);
  expect(existsSync(golden), `${golden} is missing: UPDATE_GOLDEN=1 writes it`).toBe(true);
  expect(run.stderr).toBe(readFileSync(golden, "utf8"));
}

describe("bad input", () => {
  test.concurrent.each(names)("%s", (name) => inFolder((folder) => tryCase(name, folder)));

  test("every case folder holds a case, and nothing else", () => {
    for (const name of names) {
      const wanted = name in arrangements ? ["expected.txt"] : ["expected.txt", "xcatha.yml"];
      expect(readdirSync(join(cases, name)).sort(), name).toEqual(wanted);
    }
    expect(names).toEqual(expect.arrayContaining(Object.keys(arrangements)));
  });

  test("validate says the same and exits 1", () =>
    inFolder(async (folder) => {
      cpSync(join(cases, "several-at-once", "xcatha.yml"), join(folder, "xcatha.yml"));
      const generated = await xcathaBeside(folder, ["generate"]);
      const validated = await xcathaBeside(folder, ["validate"]);
      expect(validated.status).toBe(1);
      expect(validated.stderr).toBe(generated.stderr.replace("; nothing was written", ""));
    }));
});
