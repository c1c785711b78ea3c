import { describe, expect } from "vitest";
import { createLab } from "./harness/lab.js";
import { changesOf, modelOf, Pair, tailOf } from "./pair.js";
import { activeState, standbyState, stateOf } from "./pair-state.js";
import { killPlaybook } from "./role-run.js";
import { scenario } from "./selection.js";

const FULL = process.env["XCATHA_LAB_FULL"] === "1";

/** How many tasks further a run gets than the one before it. */
const STRIDE = FULL ? 9 : 45;

/** Runs setup.yml and kills it as soon as so many tasks have begun; whether it came to its end before. */
async function setUpFor(tasks: number, pair: Pair): Promise<boolean> {
  let begun = 0;
  const run = await pair.watch((text) => {
    begun += text.match(/^TASK \[/gm)?.length ?? 0;
    if (begun >= tasks) killPlaybook(pair);
  }, "setup.yml");
  if (begun < tasks) expect(run.code, tailOf(run)).toBe(0);
  return begun < tasks;
}

describe("setup.yml", () => {
  scenario(
    "killed again and again, each time a little later, ends as if it never was",
    async (context) => {
      const lab = await createLab({ id: "interrupted", root: "services" });
      context.onTestFinished(() => lab.destroy());
      const [host1, host2] = [lab.host("host1"), lab.host("host2")];
      const pair = new Pair(lab, "2.14");
      await pair.generate(modelOf(lab));

      let kills = 0;
      while (!(await setUpFor((kills + 1) * STRIDE, pair))) kills += 1;
      expect(kills).toBeGreaterThan(2);

      expect(await stateOf(host1)).toEqual(activeState(host1));
      expect(await stateOf(host2)).toEqual(standbyState(host2));
      const again = await pair.run("setup.yml");
      expect(again.code, tailOf(again)).toBe(0);
      expect(changesOf(again)).toEqual({ host1: 0, host2: 0 });
      expect(again.stdout).toContain("Nothing is wrong.");
    },
  );
});
