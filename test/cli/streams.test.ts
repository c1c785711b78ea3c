import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeEach, describe, expect, test } from "vitest";
import { smallestModel, useFolder } from "./folder.js";

const bin = fileURLToPath(new URL("../../dist/cli/bin.js", import.meta.url));
const folder = useFolder();

/** Runs a line of shell in which `xcatha` is the command. */
function shell(line: string) {
  // A command that hangs must not outlive the test.
  const script = `xcatha() { timeout --signal=KILL 15 ${process.execPath} ${bin} "$@"; }; ${line}`;
  const settings = { cwd: folder(), encoding: "utf8", timeout: 20_000 } as const;
  const { status, stdout, stderr } = spawnSync("bash", ["-c", script], settings);
  return { status, stdout, stderr };
}

beforeEach(() => writeFileSync(join(folder(), "xcatha.yml"), smallestModel));

describe("a stream that takes nothing more", () => {
  test.each([["schema"], ["generate --dry-run"], ["--help"]])(
    "full stdout of %s: exit 1, and a sentence",
    (words) => {
      const run = shell(`xcatha ${words} >/dev/full`);
      expect(run).toMatchObject({ status: 1, stdout: "" });
      expect(run.stderr).toContain("xcatha: stdout cannot be written: no space left on device.\n");
    },
  );

  test.each([["validate"], ["generate --chek"], ["validate nothing.yml"], ["schema 1"]])(
    "full stderr of %s: exit 1 and no hanging",
    (words) => {
      expect(shell(`xcatha ${words} 2>/dev/full`)).toEqual({ status: 1, stdout: "", stderr: "" });
    },
  );

  test("both full: exit 1", () => {
    expect(shell("xcatha schema >/dev/full 2>&1").status).toBe(1);
  });

  // Node opens /dev/null in its place before any of ours runs, so nothing can be said of it.
  test.each([
    ["validate", ">&-", 0],
    ["validate", "2>&-", 0],
    ["validate nothing.yml", ">&- 2>&-", 1],
  ])("closed before the start, %s %s: ends, with what the command found", (words, how, status) => {
    expect(shell(`xcatha ${words} ${how}`).status).toBe(status);
  });

  test("closed early by who reads: nothing to say", () => {
    const run = shell("set -o pipefail; xcatha generate --dry-run | head -n 1");
    expect(run.stdout).toMatch(/^--- .*\n$/);
    expect(run.stderr).toMatch(/would change/);
    expect(run.status).toBe(0);
  });

  test("slow and non-blocking: gets everything", () => {
    const run = shell(
      "xcatha schema | python3 -c 'import os,sys,time; os.set_blocking(0, False); time.sleep(1); os.set_blocking(0, True); sys.stdout.write(sys.stdin.read())'",
    );
    expect(JSON.parse(run.stdout)).toHaveProperty("title");
  });
});
