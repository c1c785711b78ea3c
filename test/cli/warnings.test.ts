import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { smallestModel, useFolder } from "./folder.js";
import { xcatha } from "./xcatha.js";

const folder = useFolder();

test("a password in a fencing command is a warning, and is not shown", () => {
  const fencing = "fencing: {status: ipmitool -P hunter2 power status}";
  const model = smallestModel.replace("10.5.106.70}", `10.5.106.70, ${fencing}}`);
  writeFileSync(join(folder(), "xcatha.yml"), model);
  const run = xcatha(folder(), ["validate"]);
  expect(run).toMatchObject({ status: 0, stdout: "" });
  expect(run.stderr).toContain("xcatha.yml:2:63 at /hosts/0/fencing/status\n");
  expect(run.stderr).toContain("\n1 warning in xcatha.yml.\nxcatha.yml is right: ");
  expect(run.stderr).not.toContain("hunter2");
});
