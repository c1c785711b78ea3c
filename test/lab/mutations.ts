import { spawnSync } from "node:child_process";
import { checkoutDirectory } from "./harness/paths.js";
import { type Mutation, mutations } from "./mutation-table.js";

/** Whether the tests fail without the step: some of them ran, and not all passed. */
function isNoticed({ without, file, test }: Mutation): boolean {
  const words = ["run", "--project", "lab", `test/lab/${file}.test.ts`, "-t", test];
  const { status, stdout } = spawnSync("npx", ["vitest", ...words, "--bail", "1"], {
    cwd: checkoutDirectory(),
    env: { ...process.env, NO_COLOR: "1", XCATHA_LAB_FULL: "1", XCATHA_LAB_WITHOUT: without },
    encoding: "utf8",
  });
  return status === 1 && /^ +Tests +\d+ failed/m.test(stdout);
}

const only = new RegExp(process.argv[2] ?? ".*");
const chosen = mutations.filter((mutation) => only.test(Object.values(mutation).join(" ")));
let survived = 0;
for (const mutation of chosen) {
  const started = Date.now();
  const noticed = isNoticed(mutation);
  if (!noticed) survived += 1;
  const seconds = Math.round((Date.now() - started) / 1000);
  const { without, file, test } = mutation;
  const verdict = noticed ? "noticed" : "SURVIVED";
  process.stdout.write(`${verdict} (${seconds} s): ${file}, "${test}", without "${without}"\n`);
}
process.stdout.write(`${chosen.length - survived} noticed, ${survived} survived\n`);
process.exitCode = survived === 0 && chosen.length > 0 ? 0 : 1;
