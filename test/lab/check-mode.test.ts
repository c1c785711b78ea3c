import { describe, expect, test } from "vitest";
import { differenceOf, footprintOf } from "./footprint.js";
import { createLab } from "./harness/lab.js";
import { changesOf, Pair, tailOf } from "./pair.js";
import { ReadyPair, saidBy } from "./ready-pair.js";
import { scenarioInFull } from "./selection.js";
import { flavours } from "./shape.js";
import { variantModel } from "./variant-model.js";
import { elPair, mainJob, type Variant } from "./variants.js";

const CHECK = ["--check", "--diff"];
const PLAYBOOKS = [
  "setup.yml",
  "install-xcat.yml",
  "switch-db.yml",
  "standby.yml",
  "activate.yml",
  "deactivate.yml",
  "failover.yml",
  "status.yml",
];

/** The whole of a host's disk. */
const EVERYTHING = ["/etc", "/root", "/home", "/opt", "/srv", "/usr", "/var/lib", "/var/spool"];

/** Checks every playbook on hosts that nothing was ever set up on. */
async function checkBare(variant: Variant, atEnd: (end: () => void) => void): Promise<void> {
  const { root } = flavours[variant.flavour];
  const lab = await createLab({ id: `check-${root}`, root });
  atEnd(() => lab.destroy());
  const pair = new Pair(lab, variant.ansible);
  await pair.generate(variantModel(lab, variant));
  const look = () => Promise.all(lab.hosts.map((host) => footprintOf(host, EVERYTHING)));
  const before = await look();
  for (const playbook of PLAYBOOKS) {
    const run = await pair.run(playbook, ...CHECK);
    expect(run.code, tailOf(run)).toBe(0);
  }
  expect(differenceOf(before.flat(), (await look()).flat())).toEqual([]);
}

describe("--check --diff", () => {
  test("on bare hosts ends well and changes nothing, for every playbook", ({ onTestFinished }) =>
    checkBare(mainJob, onTestFinished));

  scenarioInFull("on bare hosts of EL as well", ({ onTestFinished }) =>
    checkBare(elPair, onTestFinished),
  );

  test("on a pair tells what a failover would change, and changes nothing", async (context) => {
    const ready = await ReadyPair.start("check-pair", context.onTestFinished);
    const { host1, host2 } = ready;
    const look = () => Promise.all([host1, host2].map((host) => footprintOf(host)));
    const [before, owner] = [await look(), ready.owner()];
    const run = await ready.play("failover.yml", ...CHECK);
    const changes = changesOf(run);
    expect(changes["host1"]).toBeGreaterThan(1);
    expect(changes["host2"]).toBeGreaterThan(1);
    for (const step of [
      "Stop the owner's unit, and with it all the parts",
      "Take away what is left, and look again",
      "Take the owner record, and hand its epoch to this host",
      "Start the pair's services on this host",
    ]) {
      expect(saidBy(run)).toMatch(new RegExp(`${step}[^\\]]*\\] \\**\\s*changed: \\[host`));
    }
    expect(differenceOf(before.flat(), (await look()).flat())).toEqual([]);
    expect(ready.owner()).toEqual(owner);
    await ready.expectPair(host1, host2);
    for (const playbook of PLAYBOOKS.filter((name) => name !== "failover.yml")) {
      const again = await ready.play(playbook, ...CHECK);
      if (playbook === "deactivate.yml") continue;
      expect(changesOf(again), playbook).toEqual(
        Object.fromEntries([...again.recap.keys()].map((host) => [host, 0])),
      );
    }
    expect(differenceOf(before.flat(), (await look()).flat())).toEqual([]);
  });
});
