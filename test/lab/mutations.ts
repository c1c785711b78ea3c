import { spawnSync } from "node:child_process";
import { checkoutDirectory } from "./harness/paths.js";
import { type Mutation, mutations } from "./mutation-table.js";

/** Why the tests fail without the step, in a line; undefined when they do not: none ran, or all passed. */
function noticedBy({ without, file, test }: Mutation): string | undefined {
  const words = ["run", "--project", "lab", `test/lab/${file}.test.ts`, "-t", test];
  const { status, stdout, stderr } = spawnSync("npx", ["vitest", ...words, "--bail", "1"], {
    cwd: checkoutDirectory(),
    env: { ...process.env, NO_COLOR: "1", XCATHA_LAB_FULL: "1", XCATHA_LAB_WITHOUT: without },
    encoding: "utf8",
  });
  if (status !== 1 || !/^ +Tests +\d+ failed/m.test(stdout)) return undefined;
  return /^\w*Error: .*/m.exec(stderr)?.[0].slice(0, 200) ?? "it failed";
}

const only = new RegExp(process.argv[2] ?? ".*");
const chosen = mutations.filter((mutation) => only.test(Object.values(mutation).join(" ")));
let survived = 0;
for (const mutation of chosen) {
  const started = Date.now();
  const reason = noticedBy(mutation);
  if (reason === undefined) survived += 1;
  const seconds = Math.round((Date.now() - started) / 1000);
  const { without, file, test } = mutation;
  const verdict = reason === undefined ? "SURVIVED" : "noticed";
  process.stdout.write(`${verdict} (${seconds} s): ${file}, "${test}", without "${without}"\n`);
  if (reason !== undefined) process.stdout.write(`  ${reason}\n`);
}
process.stdout.write(`${chosen.length - survived} noticed, ${survived} survived\n`);
process.exitCode = survived === 0 && chosen.length > 0 ? 0 : 1;
