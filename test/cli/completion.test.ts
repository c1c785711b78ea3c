import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { useFolder } from "./folder.js";
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
