import { describe, expect } from "vitest";
import { createLab } from "./harness/lab.js";
import { changesOf, modelOf, NO_CHANGE, Pair, tailOf } from "./pair.js";
import { activeState, standbyState, stateOf } from "./pair-state.js";
import { ReadyPair } from "./ready-pair.js";
import { killPlaybook } from "./role-run.js";
import { FULL, scenario, scenarioInFull } from "./selection.js";

/**
 * Runs a playbook again and again and kills it, each time so many tasks later, until it comes to its end; gives how
 * often it was killed.
 */
async function runInPieces(
  stride: number,
  pair: Pair,
  ...words: readonly [string, ...string[]]
): Promise<number> {
  for (let kills = 0; ; kills += 1) {
    let begun = 0;
    const run = await pair.watch(
      (text) => {
        begun += text.match(/^TASK \[/gm)?.length ?? 0;
        if (begun >= (kills + 1) * stride) killPlaybook(pair);
      },
      ...words,
    );
    if (begun >= (kills + 1) * stride) continue;
    expect(run.code, tailOf(run)).toBe(0);
    return kills;
  }
}

describe("killed again and again, each time a little later,", () => {
  scenarioInFull("setup.yml ends as if it never was", async (context) => {
    const lab = await createLab({ id: "int-setup", root: "services" });
    context.onTestFinished(() => lab.destroy());
    const [host1, host2] = [lab.host("host1"), lab.host("host2")];
    const pair = new Pair(lab, "2.14");
    await pair.generate(modelOf(lab));
    expect(await runInPieces(9, pair, "setup.yml")).toBeGreaterThan(2);

    expect(await stateOf(host1)).toEqual(activeState(host1));
    expect(await stateOf(host2)).toEqual(standbyState(host2));
    const again = await pair.run("setup.yml");
    expect(again.code, tailOf(again)).toBe(0);
    expect(changesOf(again)).toEqual(NO_CHANGE);
    expect(again.stdout).toContain("Nothing is wrong.");
  });

  scenario("failover.yml to a named host ends with that host active", async (context) => {
    const ready = await ReadyPair.start("int-failover", context.onTestFinished);
    const words = ["failover.yml", "-e", "xcatha_to=host2"] as const;
    expect(await runInPieces(FULL ? 5 : 25, ready.pair, ...words)).toBeGreaterThan(2);
    await ready.expectPair(ready.host2, ready.host1);
  });
});
