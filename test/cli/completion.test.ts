import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { knownValues } from "../../src/cli/completion/values.js";
import { codes } from "../../src/diagnostic/codes/index.js";
import { platformNames } from "../../src/model/types.js";
import { procedureNames } from "../../src/plan/plays.js";
import { useFolder } from "./folder.js";
import { typed } from "./terminal.js";
import { xcatha } from "./xcatha.js";

const root = fileURLToPath(new URL("../..", import.meta.url));
const folder = useFolder();

// A machine may lack them. A machine for CI has them: there, their absence is a failure.
const has = (command: string): boolean =>
  process.env["CI"] !== undefined || spawnSync(command, ["--version"]).status === 0;

/** Puts a shell's script beside models and other files, and runs a line of that shell in which it is `script`. */
function inShell(shell: string, line: string): string {
  writeFileSync(join(folder(), "script"), xcatha(folder(), ["completion", shell]).stdout);
  for (const name of ["sites", "my models"]) mkdirSync(join(folder(), name));
  for (const name of ["xcatha.yml", "other.yaml", "notes.txt"])
    writeFileSync(join(folder(), name), "");
  const { status, stdout, stderr } = spawnSync(shell, ["-c", line], {
    cwd: folder(),
    encoding: "utf8",
    env: { PATH: process.env["PATH"] ?? "", HOME: folder() },
  });
  expect(stderr).toBe("");
  expect(status).toBe(0);
  return stdout;
}

/** What bash offers after these words; the last one is being typed. */
function bashOffers(...words: string[]): readonly string[] {
  const list = ["xcatha", ...words].map((word) => `'${word}'`).join(" ");
  // Outside of a real completion there are no options to change.
  const line = `set -u; compopt() { :; }; source ./script; COMP_WORDS=(${list}); COMP_CWORD=${words.length}; _xcatha; printf '%s\\n' "\${COMPREPLY[@]}"`;
  return inShell("bash", line)
    .split("\n")
    .filter((one) => one !== "")
    .sort();
}

describe("completion of bash", () => {
  test.each<[string[], string[]]>([
    [["gen"], ["generate"]],
    [
      ["generate", "--"],
      ["--check", "--dry-run", "--force", "--help", "--json", "--out"],
    ],
    [
      ["generate", "--out", ""],
      ["my models", "sites"],
    ],
    [
      ["validate", ""],
      ["my models", "other.yaml", "sites", "xcatha.yml"],
    ],
    [["validate", "sites", "x"], ["xcatha.yml"]],
    [["init", "--nic", ""], []],
    [
      ["init", "--platform", "el"],
      ["el10", "el8", "el9"],
    ],
    [["init", "--platform", "="], [...platformNames].sort()],
    [["init", "--database", "=", "m"], ["mariadb"]],
    [
      ["init", "--platform", "el9", "--database", ""],
      ["mariadb", "postgresql", "sqlite"],
    ],
    [
      ["init", "--shared", ""],
      ["my models", "sites"],
    ],
    [["init", "--platform", "el9", "x"], ["xcatha.yml"]],
    [["explain", ""], [...procedureNames, "my models", "other.yaml", "sites", "xcatha.yml"].sort()],
    [["explain", "--json", "fail"], ["failover"]],
    [
      ["explain", "netmask-"],
      Object.keys(codes)
        .filter((code) => code.startsWith("netmask-"))
        .sort(),
    ],
    [["explain", "failover", "f"], []],
    [["explain", "failover", "--diagram", "x"], ["xcatha.yml"]],
    [
      ["completion", ""],
      ["bash", "fish", "zsh"],
    ],
    [["help", "val"], ["validate"]],
    [["schema", ""], []],
  ])("offers after %j: %j", (words, offered) => {
    expect(bashOffers(...words)).toEqual(offered);
  });

  test("knows every command", () => {
    const { stdout } = xcatha(folder(), ["--help"]);
    const [, rows = ""] = stdout.split("Commands:\n");
    const names = [...rows.matchAll(/^ {2}([a-z]+) /gm)].map(([, name]) => name);
    expect(names.length).toBeGreaterThan(6);
    expect(bashOffers("")).toEqual(expect.arrayContaining(names));
  });
});

/** The words that `xcatha` is called with when a person types these keys in that shell. */
function calledBy(shell: string, command: readonly string[], startup: string, keys: string) {
  writeFileSync(join(folder(), "script"), xcatha(folder(), ["completion", shell]).stdout);
  writeFileSync(join(folder(), ".startup"), `PS1='ready: '\n${startup}\nsource ./script\n`);
  writeFileSync(join(folder(), "xcatha"), '#!/bin/sh\nprintf "called: %s.\\n" "$*"\n', {
    mode: 0o755,
  });
  mkdirSync(join(folder(), "my-models"));
  const env = { PATH: `${folder()}:${process.env["PATH"]}`, HOME: folder(), ZDOTDIR: folder() };
  const { seen } = typed(
    folder(),
    command,
    [
      ["ready: ", keys],
      ["called: ", "exit\r"],
    ],
    env,
  );
  return /called: (.*)\./.exec(seen)?.[1];
}

const keys = "xcatha ini\t--plat\tsl\t --database=mar\t --sha\tmy-mod\t\r";

test("bash completes values while a person types", () => {
  const command = ["bash", "--rcfile", ".startup", "-i"];
  expect(calledBy("bash", command, "", keys)).toBe(
    "init --platform sles15 --database=mariadb --shared my-models/",
  );
});

test.runIf(has("zsh"))("zsh completes values while a person types", () => {
  const command = ["zsh", "-f", "-c", "cp .startup .zshrc; exec zsh -d -i"];
  const startup = "autoload -Uz compinit && compinit -u";
  expect(calledBy("zsh", command, startup, keys)).toBe(
    "init --platform=sles15 --database=mariadb --shared=my-models",
  );
});

test.runIf(has("zsh"))("zsh completes a code once it is begun, and then a model", () => {
  writeFileSync(join(folder(), "east.yml"), "");
  const command = ["zsh", "-f", "-c", "cp .startup .zshrc; exec zsh -d -i"];
  const startup = "autoload -Uz compinit && compinit -u";
  expect(calledBy("zsh", command, startup, "xcatha explain netmask-m\teas\t\r")).toBe(
    "explain netmask-malformed east.yml",
  );
});

test.runIf(has("fish"))("completion of fish offers values and what can be explained", () => {
  const offers = (typing: string): readonly string[] =>
    inShell("fish", `source ./script; complete -C 'xcatha ${typing}'`)
      .trim()
      .split("\n")
      .map((line) => line.split("\t")[0] ?? "");
  expect(offers("init --platform el")).toEqual(["el8", "el9", "el10"]);
});

test.runIf(has("fish"))("completion of fish offers codes once something is typed", () => {
  const line = (typing: string) => `complete -C 'xcatha explain ${typing}'; echo ==;`;
  const shown = inShell(
    "fish",
    `source ./script; ${["", "netmask-m", "failover n"].map(line).join(" ")}`,
  );
  const [nothing = "", code, second] = shown.split("==\n");
  for (const name of procedureNames) expect(nothing.split("\n")).toContain(name);
  expect(nothing).not.toContain("netmask-");
  expect(code).toBe("netmask-malformed\n");
  expect(second).toBe("notes.txt\n");
});

test("every value that is known belongs to an option or an argument that is there", () => {
  for (const [command, values] of Object.entries(knownValues)) {
    const { stdout } = xcatha(folder(), [command, "--help"]);
    for (const name of Object.keys(values))
      expect(stdout).toContain(name.startsWith("--") ? `  ${name} <` : `  ${name} `);
  }
});

test.runIf(has("fish"))("completion of fish offers commands, options and files", () => {
  const offers = (typed: string): string =>
    inShell("fish", `source ./script; complete -C 'xcatha ${typed}'`);
  expect(offers("gen")).toMatch(/^generate\twrite the playbooks of a model\n$/);
});

test.runIf(has("fish"))("completion of fish offers a command's own options", () => {
  const shown = inShell("fish", "source ./script; complete -C 'xcatha generate --d'");
  expect(shown).toMatch(/^--dry-run\t/);
});

test.runIf(has("zsh"))("completion of zsh is a function that compinit takes", () => {
  const line =
    "zsh -n ./script && autoload -Uz compinit && compinit -u && source ./script && print $_comps[xcatha]";
  expect(inShell("zsh", line)).toBe("_xcatha\n");
});

test("another shell is wrong usage", () => {
  expect(xcatha(folder(), ["completion", "tcsh"])).toMatchObject({ status: 2, stdout: "" });
});

describe("the manual page", () => {
  const page = (): string => readFileSync(join(root, "dist/xcatha.1"), "utf8");

  test("is what the command prints, and has every command and option of the help", () => {
    expect(xcatha(folder(), ["manual"]).stdout).toBe(page());
    const { stdout } = xcatha(folder(), ["generate", "--help"]);
    const options = stdout.match(/--[a-z-]+/g) ?? [];
    expect(options.length).toBeGreaterThan(6);
    for (const option of options) expect(page()).toContain(option.replaceAll("-", "\\-"));
  });

  test.runIf(has("man"))("is read by man without a warning", () => {
    const { status, stdout, stderr } = spawnSync("man", ["--warnings", "-l", "dist/xcatha.1"], {
      cwd: root,
      encoding: "utf8",
      env: { PATH: process.env["PATH"] ?? "", MANWIDTH: "200", LC_ALL: "C.UTF-8" },
    });
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout).toMatch(/\n {7}xcatha - compile a model of two xCAT management nodes/);
    expect(stdout).toContain("xcatha generate --check");
  });
});
