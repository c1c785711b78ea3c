import { spawnSync } from "node:child_process";
import { cpSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeEach, describe, expect, test } from "vitest";
import { smallestModel, useFolder } from "./folder.js";
import { xcatha } from "./xcatha.js";

const root = fileURLToPath(new URL("../..", import.meta.url));
const folder = useFolder();
const at = (path: string): string => join(folder(), path);

const identity = ["-c", "user.name=a", "-c", "user.email=a@example.com"];
function git(cwd: string, ...words: string[]): string {
  const env = { PATH: process.env["PATH"] ?? "", HOME: folder(), GIT_CONFIG_NOSYSTEM: "1" };
  const run = spawnSync("git", [...identity, ...words], { cwd, encoding: "utf8", env });
  expect(run.stderr + (run.error ?? ""), words.join(" ")).toSatisfy(() => run.status === 0);
  return run.stdout;
}

const contents = (path: string): ReadonlyMap<string, string> =>
  new Map(
    readdirSync(at(path), { recursive: true, encoding: "utf8" })
      .filter((name) => statSync(at(join(path, name))).isFile())
      .map((name) => [name, readFileSync(at(join(path, name)), "latin1")]),
  );

beforeEach(() => writeFileSync(at("xcatha.yml"), smallestModel));

describe("the output in git", () => {
  test("is up to date in a checkout that changes line ends, and its files are folded away", () => {
    expect(xcatha(folder(), ["generate", "--out", "repo"]).status).toBe(0);
    writeFileSync(at("repo/xcatha.yml"), smallestModel);
    writeFileSync(at("repo/mine.yml"), "mine\n");
    git(at("repo"), "init", "-q");
    git(at("repo"), "add", "-A");
    git(at("repo"), "commit", "-qm", "all");
    git(folder(), "clone", "-q", "-c", "core.autocrlf=true", "repo", "clone");
    expect(readFileSync(at("clone/mine.yml"), "utf8")).toBe("mine\r\n");
    expect(xcatha(at("clone"), ["generate", "--check"])).toMatchObject({ status: 0, stdout: "" });

    const files = git(at("repo"), "ls-files").trim().split("\n");
    const marked = git(at("repo"), "check-attr", "linguist-generated", ...files)
      .trim()
      .split("\n")
      .filter((line) => !line.endsWith(": set"));
    expect(marked).toEqual([
      "mine.yml: linguist-generated: unspecified",
      "xcatha.yml: linguist-generated: unspecified",
    ]);
  });

  test("changes in its manifest alone when the model is renamed", () => {
    xcatha(folder(), ["generate", "--out", "out"]);
    const before = contents("out");
    renameSync(at("xcatha.yml"), at("production.yml"));
    xcatha(folder(), ["generate", "production.yml", "--out", "out"]);
    const after = contents("out");
    const changed = [...after].filter(([path, text]) => before.get(path) !== text);
    expect(changed.map(([path]) => path)).toEqual([".xcatha.json"]);
  });

  test("changes in its manifest alone when xcatha is of a newer version", () => {
    xcatha(folder(), ["generate", "--out", "out"]);
    const before = contents("out");
    // The same program, installed as another version.
    cpSync(join(root, "dist"), at("newer/dist"), { recursive: true });
    const own = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
    writeFileSync(at("newer/package.json"), JSON.stringify({ ...own, version: "9.8.7" }));
    const newer = (...words: string[]) =>
      spawnSync(process.execPath, [at("newer/dist/cli/bin.js"), ...words], {
        cwd: folder(),
        encoding: "utf8",
      });
    expect(newer("--version").stdout).toBe("9.8.7\n");
    expect(newer("generate", "--check", "--out", "out").stdout).toBe("out/.xcatha.json: stale\n");
    expect(newer("generate", "--out", "out").status).toBe(0);
    const after = contents("out");
    const changed = [...after].filter(([path, text]) => before.get(path) !== text);
    expect(changed.map(([path]) => path)).toEqual([".xcatha.json"]);
    expect([...after.keys()]).toEqual([...before.keys()]);
    expect(changed[0]?.[1].match(/.*9\.8\.7.*/g)).toHaveLength(1);
  });

  test("has nothing of a run that was killed", () => {
    git(folder(), "init", "-q");
    xcatha(folder(), ["generate"]);
    git(folder(), "add", "-A");
    git(folder(), "commit", "-qm", "all");
    writeFileSync(at("xcatha.yml"), smallestModel.replace("/HA-data", "/other-data"));
    const crash = fileURLToPath(new URL("crash.mjs", import.meta.url));
    const env = { NODE_OPTIONS: `--import ${crash}`, CRASH_AT: "4" };
    expect(xcatha(folder(), ["generate"], { env }).status).toBe(null);
    expect(readdirSync(folder())).toContain(".xcatha.tmp");
    git(folder(), "add", "-A");
    const staged = git(folder(), "diff", "--cached", "--name-only").trim().split("\n");
    expect(staged.filter((path) => path.includes("tmp"))).toEqual([]);
  });
});
