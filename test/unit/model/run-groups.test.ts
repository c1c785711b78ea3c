import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { faultsOf } from "./models.js";

const folder = new URL("../../../templates/playbooks/", import.meta.url);
const playbooks = readdirSync(folder).map((name) => readFileSync(new URL(name, folder), "utf8"));
const found = (pattern: RegExp): readonly string[] => [
  ...new Set(playbooks.flatMap((text) => [...text.matchAll(pattern)].map(([, name = ""]) => name))),
];

const made = found(/group_by:\n +key: (\S+)/g);

test("no pair can have the name of a group that a playbook makes while it runs", () => {
  expect(made.length).toBeGreaterThan(3);
  for (const name of made) {
    expect(faultsOf({ "/name": name })).toEqual(["pair-name-illegal /name"]);
    const hostname = name.replaceAll("_", "-");
    expect(faultsOf({ "/virtual/hostname": hostname })).toEqual([
      "pair-name-illegal /virtual/hostname",
    ]);
  }
});

test("a play is for the inventory's own group, or for one that a playbook makes", () => {
  // Without an inventory there is this machine, which refuses.
  const asking = "\"\\{{ 'xcatha' if 'xcatha' in groups else 'localhost' }}\"";
  expect(
    found(/^ {2}hosts: (.+)/gm).filter((name) => ![...made, "xcatha", asking].includes(name)),
  ).toEqual([]);
});
