import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { smallestModel, useFolder } from "./folder.js";
import { xcatha } from "./xcatha.js";

const folder = useFolder();
const many = (count: number, line: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => line(index)).join("\n");

test.each([
  ["unknown keys", 12_000, many(12_000, (index) => `key${index}: 1`)],
  ["keys twice", 11_999, many(12_000, () => "key: 1")],
  ["bad services", 10_000, `services:\n${many(10_000, (index) => `- {unit: "a b${index}"}`)}`],
])("thousands of %s: the first 20, how many more, and soon", (_name, count, text) => {
  writeFileSync(join(folder(), "xcatha.yml"), `${smallestModel}${text}\n`);
  const run = xcatha(folder(), ["validate"]);
  expect(run).toMatchObject({ status: 1, stdout: "" });
  expect(run.stderr.match(/^Fix: /gm)).toHaveLength(20);
  const closing = `And ${count - 20} more.\n\n${count} errors in xcatha.yml.\n`;
  expect(run.stderr.endsWith(closing)).toBe(true);
});

test("twelve thousand directories are compared soon", () => {
  const list = many(12_000, (index) => `    - /x${index}`);
  const shared = `shared:\n  path: /HA-data\n  directories:\n   add:\n${list}\n    - /x7/y\n`;
  writeFileSync(
    join(folder(), "xcatha.yml"),
    smallestModel.replace("shared: {path: /HA-data}\n", shared),
  );
  const run = xcatha(folder(), ["validate"]);
  expect(run.stderr).toContain(
    "/x7/y and /x7, which is listed before it, lie one inside the other",
  );
});
