import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { mutations } from "../../lab/mutation-table.js";

const lab = fileURLToPath(new URL("../../lab", import.meta.url));
const names = readdirSync(lab)
  .filter((name) => name.endsWith(".test.ts"))
  .map((name) => name.replace(".test.ts", ""))
  .sort();

test("every file of the lab's tests stands in the table of what proves what", () => {
  const table = readFileSync(`${lab}/README.md`, "utf8");
  expect(names.filter((name) => !table.includes(`\`${name}.test.ts\``))).toEqual([]);
});

test("every row of that table has a cell for each column", () => {
  const table = readFileSync(`${lab}/README.md`, "utf8").split("## What proves what")[1] ?? "";
  const rows = table.split("\n").filter((line) => line.startsWith("|"));
  expect(rows.length).toBeGreaterThan(20);
  expect(rows.filter((row) => row.split("|").length !== rows[0]?.split("|").length)).toEqual([]);
});

/** Files whose tests run no playbook. */
const withoutPlaybooks = ["contract", "harness"];

test("every file of the lab's tests that runs playbooks has a step that it guards", () => {
  const guarded = [...new Set(mutations.map(({ file }) => file)), ...withoutPlaybooks].sort();
  expect(guarded).toEqual(names);
});
