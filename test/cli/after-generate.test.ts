import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, expect, test } from "vitest";
import { smallestModel, useFolder } from "./folder.js";
import { xcatha } from "./xcatha.js";

const folder = useFolder();
const vault = "vault.yml";

/** The last line of `xcatha generate`. */
const next = (model = smallestModel): string => {
  writeFileSync(join(folder(), "xcatha.yml"), model);
  const { status, stderr } = xcatha(folder(), ["generate"]);
  expect(status).toBe(0);
  return stderr.trimEnd().split("\n").at(-1) ?? "";
};

beforeEach(() => mkdirSync(join(folder(), ".git")));

test("a folder that git does not keep is put under git first", () => {
  rmSync(join(folder(), ".git"), { recursive: true });
  expect(next()).toMatch(/^Next: look at `git init && git add -N \. && git diff`, commit, then /);
});

test("after the first generation new files are shown, and the vault comes before setup", () => {
  expect(next()).toBe(
    `Next: look at \`git add -N . && git diff\`, commit, then cp vault.example.yml ${vault}, put a password in, ansible-vault encrypt ${vault}, then ansible-playbook setup.yml`,
  );
});

test("a pair that has its vault, or needs none, goes on with setup", () => {
  const words = "Next: look at `git add -N . && git diff`, commit, then ansible-playbook setup.yml";
  expect(next(`${smallestModel}database: sqlite\n`)).toBe(words);
  writeFileSync(join(folder(), vault), "$ANSIBLE_VAULT;1.1;AES256\n3132\n");
  expect(next()).toBe(words);
});

test("nothing to do names setup, since the pair may never have been set up, and status", () => {
  const model = `${smallestModel}database: sqlite\n`;
  next(model);
  expect(next(model)).toBe(
    "Next: ansible-playbook setup.yml, or status.yml once the pair is set up",
  );
});
