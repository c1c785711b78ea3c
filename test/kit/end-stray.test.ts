import type { ChildProcess } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { afterEach, beforeEach, expect, test } from "vitest";
import { Sandbox } from "./program.js";

let sandbox: Sandbox;
let xcatd: ChildProcess;
const environment = () => ({ XCATHA_RUN: sandbox.path("run") });

beforeEach(async () => {
  sandbox = new Sandbox({ HOST: "host2", DATABASE_DIRECTORY: "" });
  mkdirSync(sandbox.path("run"));
  xcatd = await sandbox.start("xcatd: SSL listener");
});
afterEach(() => sandbox[Symbol.dispose]());

/** The state of the process: Z when it ended and nobody asked after it yet. */
const stateOf = (): string => {
  try {
    return /\) (\w)/.exec(readFileSync(`/proc/${xcatd.pid}/stat`, "utf8"))?.[1] ?? "";
  } catch {
    return "gone";
  }
};
const ended = () => ["Z", "gone"].includes(stateOf());
const end = (...args: readonly string[]) => sandbox.run("end-stray", args, "", environment());

test("an xcatd on a host that is not active is ended, and told", () => {
  const { code, stdout } = end();
  expect([code, stdout]).toEqual([0, expect.stringMatching(/^changed: xcatd ran past systemd/)]);
  expect(ended()).toBe(true);
  expect(end()).toEqual({ code: 0, stdout: "", stderr: "" });
});

test("one that was stopped by a signal is ended as well, at once", () => {
  xcatd.kill("SIGSTOP");
  const begun = Date.now();
  expect(end().code).toBe(0);
  expect(ended()).toBe(true);
  expect(Date.now() - begun).toBeLessThan(4500);
});

test("on the active host, which was handed an epoch, nothing is ended", () => {
  writeFileSync(sandbox.path("run/epoch"), "7\n");
  expect(end()).toEqual({ code: 0, stdout: "", stderr: "" });
  expect(ended()).toBe(false);
});

test("a check tells and ends nothing", () => {
  expect(end("--check").stdout).toContain("changed: ");
  expect(ended()).toBe(false);
});
