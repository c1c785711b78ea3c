import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { StillRunning } from "../still-running.js";

test("after some silence the running tests are named, with their own seconds", () => {
  const lines: string[] = [];
  let seconds = 0;
  const reporter = new StillRunning(
    (line) => lines.push(line),
    () => seconds * 1000,
  );
  const pass = (some: number): void => {
    for (let left = some; left > 0; left -= 1) {
      seconds += 1;
      reporter.remind();
    }
  };
  const [story, other] = [
    { moduleId: "/x/test/lab/story.test.ts" },
    { moduleId: "/x/other.test.ts" },
  ];
  reporter.onTestModuleQueued(story);
  pass(4);
  reporter.onTestCaseReady({ fullName: "a pair > is set up", module: story } as never);
  reporter.onTestModuleQueued(other);
  pass(12);
  expect(lines).toEqual([
    " … still running: story.test.ts: a pair > is set up (11 s); other.test.ts (11 s)",
  ]);
  reporter.onTestCaseResult({ module: story } as never);
  pass(4);
  reporter.onTestModuleEnd(other);
  pass(14);
  expect(lines).toHaveLength(1);
  pass(1);
  expect(lines.at(-1)).toBe(" … still running: story.test.ts (35 s)");
  reporter.onTestModuleEnd(story);
  pass(60);
  expect(lines).toHaveLength(2);
});

const patiently = (...command: string[]) => {
  const script = fileURLToPath(new URL("../patiently.mjs", import.meta.url));
  const { status, stdout } = spawnSync(process.execPath, [script, ...command], {
    encoding: "utf8",
  });
  return { status, stdout };
};

test("a command that is waited for patiently keeps its exit code and its output", () => {
  expect(patiently("sh", "-c", "echo told; exit 3")).toEqual({ status: 3, stdout: "told\n" });
  expect(patiently("no-such-command")).toMatchObject({ status: 1 });
  expect(patiently("sh", "-c", "kill -9 $$")).toMatchObject({ status: 1 });
});
