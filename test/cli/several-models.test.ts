import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { smallestModel, useFolder } from "./folder.js";
import { xcatha } from "./xcatha.js";

const bin = fileURLToPath(new URL("../../dist/cli/bin.js", import.meta.url));
const folder = useFolder();
const at = (path: string): string => join(folder(), path);

/** Writes a model of a pair of its own. */
function put(path: string, number: number, edit = (text: string) => text): void {
  mkdirSync(dirname(at(path)), { recursive: true });
  const model = smallestModel
    .replaceAll("10.5.106", `10.6.${number}`)
    .replace("hostname: hamn", `hostname: mn${number}`);
  writeFileSync(at(path), edit(model));
}

const wrong = (text: string): string => text.replace("el9", "el7");

function withInput(words: readonly string[], input: string | Buffer) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [bin, ...words], {
    cwd: folder(),
    encoding: "utf8",
    input,
  });
  return { status, stdout, stderr };
}

describe("several models", () => {
  test("are checked in one run, each with its own mistakes", () => {
    put("a.yml", 1);
    put("b.yml", 2, wrong);
    put("c.yml", 3, wrong);
    const run = xcatha(folder(), ["validate", "a.yml", "b.yml", "c.yml"]);
    expect(run).toMatchObject({ status: 1, stdout: "" });
    expect(run.stderr).toMatch(
      /^a\.yml is right: .*\nb\.yml:1:11 (?:.*\n)*1 error in b\.yml\.\nc\.yml:1:11 (?:.*\n)*1 error in c\.yml\.\n2 of 3 models are wrong\.\n$/,
    );
  });

  test("that are all right: the next command is for the same ones", () => {
    put("a.yml", 1);
    put("my models/xcatha.yml", 2);
    const run = xcatha(folder(), ["validate", "a.yml", "my models"]);
    expect(run.status).toBe(0);
    expect(run.stderr).toMatch(
      /\nAll 2 models are right\.\nNext: xcatha generate a\.yml 'my models'\n$/,
    );
  });

  test("named twice count once", () => {
    put("a.yml", 1);
    expect(xcatha(folder(), ["validate", "a.yml", "./a.yml"]).stderr).toMatch(
      /^a\.yml is right: .*\nNext: /,
    );
    expect(xcatha(folder(), ["generate", "a.yml", "./a.yml"]).status).toBe(0);
  });

  test("are generated each beside itself, or below --out by the pair's name", () => {
    put("one/xcatha.yml", 1);
    put("two/xcatha.yml", 2);
    const run = xcatha(folder(), ["generate", "one/xcatha.yml", "two/xcatha.yml"]);
    expect(run.status).toBe(0);
    expect(run.stderr).toMatch(/^\d+ files in one: .*\n\d+ files in two: .*\nNext: [^\n]*\n$/);
    expect(existsSync(at("two/.xcatha.json"))).toBe(true);

    expect(xcatha(folder(), ["generate", "one", "two", "--out", "all"]).status).toBe(0);
    expect(readdirSync(at("all"))).toEqual(["mn1", "mn2"]);
    expect(xcatha(folder(), ["generate", "--check", "one", "two", "--out", "all"]).status).toBe(0);
  });

  test("are not generated when one of them is wrong", () => {
    put("one/xcatha.yml", 1);
    put("two/xcatha.yml", 2, wrong);
    const run = xcatha(folder(), ["generate", "."]);
    expect(run.status).toBe(1);
    expect(run.stderr).toMatch(/\n1 of 2 models are wrong; nothing was written\.\n$/);
    expect(readdirSync(at("one"))).toEqual(["xcatha.yml"]);
  });

  test.each([
    ["beside each other", [], "."],
    ["by pairs of one name", ["--out", "all"], join("all", "mn1")],
  ])("that would be a mixture, %s, are refused", (_, options, where) => {
    put("a.yml", 1);
    put("b.yml", 1);
    const run = xcatha(folder(), ["generate", "a.yml", "b.yml", ...options]);
    expect(run.status).toBe(1);
    expect(run.stderr).toContain(
      `b.yml\nThis model and a.yml would be generated into the same folder, ${where}.\n`,
    );
    expect(readdirSync(folder())).toEqual(["a.yml", "b.yml"]);
  });
});

describe("a folder of models", () => {
  test("is searched for xcatha.yml and NAME.xcatha.yml, not for playbooks, nor in what is hidden", () => {
    put("sites/b/xcatha.yml", 1);
    put("sites/a.xcatha.yml", 2);
    put("sites/.git/xcatha.yml", 3, wrong);
    put("sites/node_modules/xcatha.yml", 4, wrong);
    writeFileSync(at("sites/setup.yml"), "- hosts: all\n");
    const run = xcatha(folder(), ["validate", "sites"]);
    expect(run.status).toBe(0);
    expect(run.stderr).toMatch(
      /^sites\/a\.xcatha\.yml is right: .*\nsites\/b\/xcatha\.yml is right: .*\nAll 2 models are right\.\nNext: xcatha generate sites\n$/,
    );
  });

  test("of what was generated holds the model alone", () => {
    put("xcatha.yml", 1);
    xcatha(folder(), ["generate"]);
    const run = xcatha(folder(), ["generate", ".", "--check"]);
    expect(run).toMatchObject({ status: 0, stdout: "" });
    expect(run.stderr).toMatch(/^All \d+ files in \. are up to date\.\n$/);
  });

  test("without a model is an error that says how models are named", () => {
    mkdirSync(at("empty"));
    put("a.yml", 1);
    const run = xcatha(folder(), ["validate", "a.yml", "empty"]);
    expect(run.status).toBe(1);
    expect(run.stderr).toContain("empty\nThere is no model in this folder, nor below it.\n");
  });

  test("that may not be read is an error", () => {
    put("sites/xcatha.yml", 1);
    mkdirSync(at("sites/locked"), { mode: 0o000 });
    const run = xcatha(folder(), ["validate", "sites"], { boundByModes: true });
    expect(run.status).toBe(1);
    expect(run.stderr).toMatch(/^sites\/locked\nThe folder cannot be read: permission denied\.\n/);
  });
});

describe("standard input, named -", () => {
  test("is read as a model", () => {
    const run = withInput(["validate", "-"], smallestModel);
    expect(run).toMatchObject({ status: 0, stdout: "" });
    expect(run.stderr).toMatch(/^- is right: pair hamn/);
    expect(withInput(["validate", "-"], wrong(smallestModel)).stderr).toMatch(/^-:1:11 at /);
  });

  test("is generated into this folder, or where --out says", () => {
    expect(withInput(["generate", "-", "--out", "out"], smallestModel).status).toBe(0);
    expect(readdirSync(folder())).toEqual(["out"]);
    writeFileSync(at("xcatha.yml"), smallestModel);
    xcatha(folder(), ["generate", "--out", "file"]);
    expect(readFileSync(at("out/setup.yml"))).toEqual(readFileSync(at("file/setup.yml")));
    expect(withInput(["generate", "--check", "-", "--out", "out"], smallestModel).status).toBe(0);
  });

  test.each([
    ["empty", "", "model-empty"],
    ["no text", Buffer.from([65, 0]), "model-binary"],
    ["endless", Buffer.alloc(2 ** 20, "a"), "model-too-large"],
  ])("that is %s is an error", (_, input, code) => {
    const run = withInput(["validate", "--json", "-"], input);
    expect(run).toMatchObject({ status: 1, stderr: "" });
    expect(JSON.parse(run.stdout).models[0].diagnostics).toMatchObject([{ code, file: "-" }]);
  });

  test("that is a folder or closed is an error", () => {
    const run = (redirection: string) =>
      spawnSync("bash", ["-c", `"$0" "$1" validate - ${redirection}`, process.execPath, bin], {
        cwd: folder(),
        encoding: "utf8",
      });
    expect(run("< .")).toMatchObject({ status: 1 });
    expect(run("< .").stderr).toContain(
      "The file cannot be read: illegal operation on a directory",
    );
    expect(run("<&-").status).toBe(1);
  });
});
