import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect } from "vitest";
import { ReadyPair, saidBy } from "./ready-pair.js";
import { scenario } from "./selection.js";

/** A command of a runbook, and what it says that one sees. */
interface Shown {
  readonly playbook: string;
  readonly args: readonly string[];
  readonly lines: readonly string[];
}

/** The commands under a heading, in their order. */
function shownUnder(runbook: string, heading: string): readonly Shown[] {
  const section = runbook.split(/^## /m).find((text) => text.startsWith(`${heading}\n`)) ?? "";
  return [...section.matchAll(/^ *```console\n([\s\S]*?)^ *```$/gm)].map(([, block = ""]) => {
    const [command = "", ...lines] = block.split("\n").map((line) => line.trim());
    const [, playbook = "", ...args] = command.replace(/^\$ /, "").split(" ");
    return { playbook, args, lines: lines.filter((line) => line !== "") };
  });
}

/** Runs a command as the runbook has it: every line that it shows is printed, in this order. */
async function follow(ready: ReadyPair, { playbook, args, lines }: Shown): Promise<void> {
  const run = await ready.pair.run(playbook, ...args);
  const said = saidBy(run);
  let from = 0;
  for (const line of lines) {
    const at = said.indexOf(line, from);
    expect(at, `${playbook} ${args.join(" ")} prints: ${line}`).toBeGreaterThanOrEqual(from);
    from = at;
  }
  const refused = lines.some((line) => line.includes("may still write"));
  expect(run.code === 0, `${playbook} ${args.join(" ")} ends well`).toBe(!refused);
}

const runbookOf = (ready: ReadyPair): string =>
  readFileSync(join(ready.pair.directory, "README.md"), "utf8");

describe("the runbook's checklists, done as they are written", () => {
  scenario("a planned failover, and both halves by hand", async ({ onTestFinished }) => {
    const ready = await ReadyPair.start("runbook", onTestFinished);
    const runbook = runbookOf(ready);
    const planned = shownUnder(runbook, "The active host is reachable");
    expect(planned.map(({ playbook }) => playbook)).toEqual([
      "status.yml",
      "failover.yml",
      "status.yml",
    ]);
    for (const shown of planned) await follow(ready, shown);
    await ready.expectServes(ready.host2);

    await ready.play("failover.yml");
    const halves = shownUnder(runbook, "Both halves by hand");
    expect(halves.length).toBe(2);
    for (const shown of halves) await follow(ready, shown);
    await ready.expectPair(ready.host2, ready.host1);
  });

  scenario("a takeover from a host that crashed", async ({ onTestFinished }) => {
    const ready = await ReadyPair.start("runbook-crash", onTestFinished);
    const shown = shownUnder(runbookOf(ready), "The active host does not answer");
    expect(shown.map(({ playbook }) => playbook)).toEqual([
      "failover.yml",
      "failover.yml",
      "standby.yml",
      "status.yml",
    ]);
    await ready.host1.crash();
    for (const command of shown.slice(0, 2)) await follow(ready, command);
    await ready.expectServes(ready.host2);
    await ready.host1.boot();
    for (const command of shown.slice(2)) await follow(ready, command);
    await ready.expectPair(ready.host2, ready.host1);
  });
});
