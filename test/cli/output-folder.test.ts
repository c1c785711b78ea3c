import {
  appendFileSync,
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeEach, describe, expect, test } from "vitest";
import { smallestModel, useFolder } from "./folder.js";
import { xcatha, xcathaBeside } from "./xcatha.js";

const folder = useFolder();
const at = (path: string): string => join(folder(), path);
const generate = (...words: string[]) => xcatha(folder(), ["generate", ...words]);
const put = (path: string, text: string): void => writeFileSync(at(path), text);

/** Another pair on hosts of its own. */
const otherModel = smallestModel.replaceAll("10.5.106.", "10.7.0.").replace("hamn", "east");
const changedModel = smallestModel.replace("/HA-data", "/other-data").replace("eth0", "eth1");

beforeEach(() => put("xcatha.yml", smallestModel));

describe("a run that is killed", () => {
  const crash = fileURLToPath(new URL("crash.mjs", import.meta.url));
  const killed = (at: number, ...words: string[]) =>
    xcatha(folder(), ["generate", ...words], {
      env: { NODE_OPTIONS: `--import ${crash}`, CRASH_AT: String(at) },
    });

  test("is named by --check, and the next one completes it, also from another model", () => {
    generate("--out", "out");
    put("xcatha.yml", changedModel);
    // The lock, the journal, one file; then.
    expect(killed(4, "--out", "out").status).toBe(null);
    const check = generate("--check", "--out", "out");
    expect(check.status).toBe(1);
    expect(check.stdout).toMatch(/^out\/\.xcatha\.tmp: left behind by a run that was interrupted/m);
    expect(check.stdout).not.toMatch(/edited/);

    put("xcatha.yml", smallestModel);
    expect(generate("--out", "out")).toMatchObject({ status: 0 });
    expect(generate("--check", "--out", "out")).toMatchObject({ status: 0, stdout: "" });
    expect(readdirSync(at("out")).filter((name) => name.includes("tmp"))).toEqual([]);
  });

  test("in an empty folder leaves nothing that the next one does not know", () => {
    killed(9, "--out", "out");
    put("xcatha.yml", changedModel);
    expect(generate("--out", "out")).toMatchObject({ status: 0 });
    expect(generate("--check", "--out", "out").status).toBe(0);
  });
});

test("two runs at once are no mixture", async () => {
  put("changed.yml", changedModel);
  const runs = await Promise.all(
    ["xcatha.yml", "changed.yml"].map((model) =>
      xcathaBeside(folder(), ["generate", model, "--out", "out"]),
    ),
  );
  expect(runs.map(({ status, stderr }) => [status, stderr])).toEqual([
    [0, expect.any(String)],
    [0, expect.any(String)],
  ]);
  const checks = ["xcatha.yml", "changed.yml"].map(
    (model) => generate(model, "--check", "--out", "out").status,
  );
  expect(checks.sort()).toEqual([0, 1]);
});

describe("whose output it is", () => {
  test("another pair's is not replaced without a word", () => {
    put("east.yml", otherModel);
    generate("--out", "out");
    const run = generate("east.yml", "--out", "out");
    expect(run).toMatchObject({ status: 1, stdout: "" });
    expect(run.stderr).toContain("The folder holds the output of another pair.");
    expect(generate("east.yml", "--out", "out", "--check").stdout).toContain(
      "out/.xcatha.json: another pair's output\n",
    );
    expect(generate("east.yml", "--out", "out", "--force").status).toBe(0);
    expect(generate("east.yml", "--out", "out", "--check").status).toBe(0);
  });

  test("a pair, a host or a model may be renamed", () => {
    generate("--out", "out");
    put("xcatha.yml", smallestModel.replace("hamn", "hamn2").replace("host1", "mn1"));
    expect(generate("--out", "out").status).toBe(0);
    put("east.yml", smallestModel.replace("hamn", "hamn2").replaceAll("10.5.106", "10.5.107"));
    put("xcatha.yml", readFileSync(at("east.yml"), "utf8"));
    expect(generate("--out", "out").status).toBe(0);
  });

  test("a newer xcatha's is not replaced without a word", () => {
    generate();
    const manifest = JSON.parse(readFileSync(at(".xcatha.json"), "utf8"));
    put(".xcatha.json", JSON.stringify({ ...manifest, version: "99.0.0" }));
    const run = generate();
    expect(run.status).toBe(1);
    expect(run.stderr).toContain("The folder was written by a newer xcatha.");
    put(".xcatha.json", JSON.stringify({ ...manifest, version: "0.0.9" }));
    expect(generate().status).toBe(0);
  });
});

describe("--out", () => {
  test("empty is wrong usage", () => {
    expect(generate("--out", "")).toMatchObject({ status: 2, stdout: "" });
  });

  test("in a place where nothing can be made ends", () => {
    const run = generate("--out", "/proc/x");
    expect(run).toMatchObject({ status: 1, stdout: "" });
    expect(run.stderr).toContain("could not be written");
  });

  test.each([
    ["a dangling link", () => symlinkSync("nowhere", at("out")), "out", "leads nowhere"],
    ["a file", () => put("out", ""), "out", "is not a directory"],
    ["a file above it", () => put("up", ""), "up/more/out", "is not a directory"],
  ])("that is %s: one message names it", (_name, arrange, out, message) => {
    arrange();
    for (const words of [[], ["--force"], ["--check"], ["--dry-run"]]) {
      const run = generate("--out", out, ...words);
      expect(run, words.join()).toMatchObject({ status: 1, stdout: "" });
      expect(run.stderr).toContain(message);
      expect(run.stderr.match(/^Fix: /gm)).toHaveLength(1);
    }
  });

  test("with a file where a folder must be: one message names it", () => {
    mkdirSync(at("out"));
    put("out/roles", "");
    const run = generate("--out", "out");
    expect(run.stderr.match(/^Fix: /gm)).toHaveLength(1);
    expect(run.stderr).toContain("out/roles\nroles is not a directory");
    expect(generate("--out", "out", "--check").stdout.match(/roles/g)).toHaveLength(1);
  });
});

test("a model that is an output file by a link is refused, also with --force", () => {
  mkdirSync(at("out"));
  put("out/setup.yml", smallestModel);
  linkSync(at("out/setup.yml"), at("hard.yml"));
  symlinkSync("out/setup.yml", at("soft.yml"));
  for (const model of ["hard.yml", "soft.yml", "out/setup.yml"]) {
    const run = generate(model, "--out", "out", "--force");
    expect(run.status, model).toBe(1);
    expect(run.stderr).toContain("The model's file has the name of a file that is generated.");
    expect(readFileSync(at("out/setup.yml"), "utf8")).toBe(smallestModel);
  }
});

describe("what --check advises works", () => {
  test("for stale files", () => {
    generate();
    put("xcatha.yml", changedModel);
    expect(generate("--check").stderr).toContain("\nNext: xcatha generate, then");
    expect(generate().status).toBe(0);
  });

  test("for files that were edited by hand", () => {
    generate();
    appendFileSync(at("setup.yml"), "# mine\n");
    expect(generate("--check").stderr).toMatch(/or run xcatha generate --force, which/);
    expect(generate("--force").status).toBe(0);
    expect(generate("--check").status).toBe(0);
  });

  test("for a link in the way", () => {
    generate();
    rmSync(at("setup.yml"));
    symlinkSync("xcatha.yml", at("setup.yml"));
    expect(generate("--check").stderr).toContain("says what stands in the way");
  });
});

describe("the user's own variables", () => {
  const vault = "xcatha_database_password: secret12\n";
  beforeEach(() => {
    generate();
    put("group_vars/hamn/vault.yml", vault);
    put("host_vars/host1/more.yml", "a: 1\n");
  });

  test("that nothing reads after a pair or a host was renamed are named, and stay", () => {
    put("xcatha.yml", smallestModel.replace("hamn", "east").replace("host1", "mn1"));
    for (const words of [[], ["--check"]]) {
      const run = generate(...words);
      expect(run.status).toBe(0);
      expect(run.stderr).toContain(
        "group_vars/hamn/vault.yml\nNothing in the inventory is named hamn, so",
      );
      expect(run.stderr).toContain(
        "host_vars/host1/more.yml\nNothing in the inventory is named host1, so",
      );
    }
    expect(existsSync(at("group_vars/hamn/vault.yml"))).toBe(true);
    expect(existsSync(at("group_vars/hamn/main.yml"))).toBe(false);
  });

  test("that a generated folder hides are named, with where they go", () => {
    const hidden = ["host_vars/host1.yml", "host_vars/host2.json", "group_vars/hamn.yaml"];
    for (const path of hidden) put(path, "a: 1\n");
    put("group_vars/all.yml", "a: 1\n");
    const run = generate("--check");
    expect(run.status).toBe(0);
    for (const path of hidden) {
      const folder = path.replace(/\.\w+$/, "");
      expect(run.stderr).toContain(`${path}\nAnsible does not read this file`);
      expect(run.stderr).toContain(`git mv ${path} ${folder}/site.yml`);
    }
    expect(run.stderr).not.toMatch(/all\.yml|more\.yml/);
  });

  test("are warned of when the vault at the top is not encrypted", () => {
    put("vault.yml", vault);
    const run = generate("--check");
    expect(run.status).toBe(0);
    expect(run.stderr).toContain("vault.yml\nThis vault is not encrypted.\n");
    expect(run.stderr).not.toContain("secret12");
  });

  test("are warned of when a vault is not encrypted", () => {
    const run = generate("--check");
    expect(run).toMatchObject({ status: 0, stdout: "" });
    expect(run.stderr).toContain("group_vars/hamn/vault.yml\nThis vault is not encrypted.\n");
    expect(run.stderr).not.toContain("secret12");
    put("group_vars/hamn/vault.yml", "$ANSIBLE_VAULT;1.1;AES256\n6162\n");
    expect(generate("--check").stderr).toMatch(/^All \d+ files in \. are up to date\.\n$/);
    put("group_vars/hamn/vault.yml", "xcatha_database_password: !vault |\n  $ANSIBLE_VAULT;1.1\n");
    expect(generate("--check").stderr).not.toContain("not encrypted");
  });
});
