import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import { smallestModel, useFolder } from "./folder.js";
import { type Run, xcatha } from "./xcatha.js";

const folder = useFolder();
const at = (path: string): string => join(folder(), path);
const generate = (...words: string[]): Run => xcatha(folder(), ["generate", ...words]);
const listing = () => readdirSync(folder(), { recursive: true }).sort();
const manifest = (out = ".") =>
  JSON.parse(readFileSync(at(`${out}/.xcatha.json`), "utf8")) as { files: Record<string, string> };

beforeEach(() => writeFileSync(at("xcatha.yml"), smallestModel));

describe("xcatha generate", () => {
  test("writes beside the model, and nothing the second time", () => {
    const first = generate();
    expect(first).toMatchObject({ status: 0, stdout: "" });
    expect(first.stderr).toMatch(/^\d+ files in \.: \d+ created\.\nNext: .*git diff/);
    const times = Object.keys(manifest().files).map((path) => statSync(at(path)).mtimeMs);
    expect(times.length).toBeGreaterThan(0);

    const second = generate();
    expect(second.status).toBe(0);
    expect(second.stderr).toMatch(/^\d+ files in \.: \d+ unchanged\.\n/);
    expect(Object.keys(manifest().files).map((path) => statSync(at(path)).mtimeMs)).toEqual(times);
  });

  test("writes where it is told, also from another model", () => {
    mkdirSync(at("models"));
    writeFileSync(at("models/west.yml"), smallestModel);
    expect(generate("models/west.yml", "--out", "new/west").status).toBe(0);
    expect(existsSync(at("new/west/.xcatha.json"))).toBe(true);
    expect(readdirSync(at("models"))).toEqual(["west.yml"]);

    expect(generate("models/west.yml").status).toBe(0);
    expect(existsSync(at("models/.xcatha.json"))).toBe(true);
    expect(existsSync(at(".xcatha.json"))).toBe(false);
  });

  test("gives the same bytes in every folder", () => {
    generate("--out", "one");
    generate("--out", "two");
    expect(readFileSync(at("one/.xcatha.json"))).toEqual(readFileSync(at("two/.xcatha.json")));
  });

  test("takes anchors from a key that begins with x-, and gives what is written out gives", () => {
    const fencing = "{status: power-status mn}";
    const withFencing = (value: string) =>
      smallestModel.replace(/(10\.5\.106\.70|10\.5\.106\.5)(?=\})/g, `$1, fencing: ${value}`);
    writeFileSync(at("xcatha.yml"), `x-power: &power ${fencing}\n${withFencing("*power")}`);
    writeFileSync(at("written.yml"), withFencing(fencing));
    expect(xcatha(folder(), ["validate", "xcatha.yml", "written.yml"]).status).toBe(0);
    expect(generate("--out", "one").status).toBe(0);
    expect(generate("written.yml", "--out", "two").status).toBe(0);
    expect(manifest("one").files).toEqual(manifest("two").files);
    expect(readFileSync(at("one/host_vars/host2/main.yml"), "utf8")).toContain("power-status mn");
  });

  test("refuses what was edited by hand, says which and why, and writes nothing", () => {
    generate();
    const [path = ""] = Object.keys(manifest().files);
    appendFileSync(at(path), "# mine\n");
    writeFileSync(at("xcatha.yml"), smallestModel.replace("10.5.106.50", "10.5.106.51"));
    const before = readFileSync(at(".xcatha.json"), "utf8");
    const run = generate();
    expect(run.status).toBe(1);
    expect(run.stderr).toContain(`${path}\nThis file was edited by hand since xcatha wrote it.\n`);
    expect(run.stderr).toMatch(/\n1 file in \. refused; nothing was written\.\n$/);
    expect(readFileSync(at(".xcatha.json"), "utf8")).toBe(before);

    const forced = generate("--force");
    expect(forced.status).toBe(0);
    expect(forced.stderr).toContain(`What was ${path} is kept as ${path}.xcatha-saved-1.\n`);
    expect(readFileSync(at(`${path}.xcatha-saved-1`), "utf8")).toContain("# mine");
    expect(generate("--check").status).toBe(0);
  });

  test("refuses a folder that is a file, and links that lead out of it", () => {
    writeFileSync(at("plain"), "");
    expect(generate("--out", "plain")).toMatchObject({ status: 1, stdout: "" });
    mkdirSync(at("elsewhere"));
    generate("--out", "out");
    const nested = Object.keys(manifest("out").files).find((path) => path.includes("/")) ?? "";
    const [top = ""] = nested.split("/");
    rmSync(at(`out/${top}`), { recursive: true });
    symlinkSync("../elsewhere", at(`out/${top}`));
    const run = generate("--out", "out", "--force");
    expect(run.status).toBe(1);
    expect(run.stderr).toContain(`${top} is a symbolic link`);
    expect(readdirSync(at("elsewhere"))).toEqual([]);
  });

  test("never writes over the model, whatever its name", () => {
    generate("--out", "out");
    const name = Object.keys(manifest("out").files).find((path) => /^[^/]+\.yml$/.test(path)) ?? "";
    writeFileSync(at(name), smallestModel);
    const run = generate(name, "--force");
    expect(run.status).toBe(1);
    expect(run.stderr).toContain("The model's file has the name of a file that is generated.");
    expect(readFileSync(at(name), "utf8")).toBe(smallestModel);
  });
});

describe("xcatha generate --check", () => {
  test("names each file that is stale, edited, missing or orphaned, and writes nothing", () => {
    generate();
    expect(generate("--check")).toMatchObject({ status: 0, stdout: "" });

    const [edited = "", missing = ""] = Object.keys(manifest().files);
    appendFileSync(at(edited), "# mine\n");
    rmSync(at(missing));
    const old = JSON.parse(readFileSync(at(".xcatha.json"), "utf8"));
    const empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    writeFileSync(at("orphan.yml"), "");
    old.files["orphan.yml"] = empty;
    writeFileSync(at(".xcatha.json"), JSON.stringify(old));
    const before = listing();

    const run = generate("--check");
    expect(run.status).toBe(1);
    expect(run.stdout.trim().split("\n").sort()).toEqual(
      [
        `${edited}: edited by hand`,
        `${missing}: missing`,
        "orphan.yml: orphaned",
        ".xcatha.json: stale",
      ].sort(),
    );
    expect(run.stderr).toMatch(/^4 of \d+ files in \. are not up to date\.\nNext: take back /);
    expect(listing()).toEqual(before);
  });

  test("finds what a changed model makes stale", () => {
    generate();
    writeFileSync(at("xcatha.yml"), smallestModel.replace("/HA-data", "/shared-data"));
    const run = generate("--check");
    expect(run.status).toBe(1);
    expect(run.stdout).toMatch(/: stale\n/);
    expect(run.stdout).not.toMatch(/missing|orphaned|edited/);
  });

  test("finds everything missing in an empty folder, and does not make it", () => {
    const run = generate("--check", "--out", "nowhere");
    expect(run.status).toBe(1);
    expect(run.stdout).toMatch(/^(nowhere\/.*: missing\n)+$/);
    expect(existsSync(at("nowhere"))).toBe(false);
  });
});

describe("xcatha generate --dry-run", () => {
  test("shows the diff and writes nothing", () => {
    const before = listing();
    const run = generate("--dry-run");
    expect(run.status).toBe(0);
    expect(run.stdout).toContain("--- /dev/null\n+++ b/.xcatha.json\n");
    expect(run.stderr).toMatch(
      /^(\d+) of \1 files in \. would change; nothing was written\.\nNext: xcatha generate\n$/,
    );
    expect(listing()).toEqual(before);
  });

  test("shows nothing when there is nothing to do", () => {
    generate();
    expect(generate("--dry-run")).toMatchObject({ status: 0, stdout: "" });
  });

  test("exits 1 where generate would", () => {
    generate();
    const [path = ""] = Object.keys(manifest().files);
    appendFileSync(at(path), "# mine\n");
    const run = generate("--dry-run");
    expect(run.status).toBe(1);
    expect(run.stdout).toContain("-# mine\n");
    expect(generate("--dry-run", "--force").status).toBe(0);
    expect(readFileSync(at(path), "utf8")).toContain("# mine");
  });
});
