import { describe, expect } from "vitest";
import { type Act, broken, FencingAgent, honest } from "./fencing-agent.js";
import { differenceOf, footprintOf } from "./footprint.js";
import type { Host } from "./harness/host.js";
import { labDirectory } from "./harness/paths.js";
import { ReadyPair, saidBy } from "./ready-pair.js";
import { scenario, scenarioInFull } from "./selection.js";

const REFUSAL =
  /host1 does not answer, and may still write .* host2 was not activated and nothing was changed\. Cut the power of host1 or unplug its network cable .*ansible-playbook failover\.yml -e xcatha_fenced=host1/;
const REPAIR =
  /host2 is active\. Repair the operating system or the hardware of host1\. Once it is up: ansible-playbook standby\.yml --limit host1/;

async function expectRefusal(ready: ReadyPair, ...args: readonly string[]): Promise<void> {
  const before = await footprintOf(ready.host2);
  const owner = ready.owner();
  expect(await ready.refused("failover.yml", ...args)).toMatch(REFUSAL);
  expect(differenceOf(before, await footprintOf(ready.host2))).toEqual([]);
  await ready.expectClean(ready.host2);
  expect(ready.owner()).toEqual(owner);
}

/**
 * Cuts host1's power for real and says so: a host of the lab reaches the shared data without its
 * cable too, and two databases at once would give way to each other in turn.
 */
async function failOverFenced(ready: ReadyPair): Promise<void> {
  if (ready.host1.isRunning) await ready.host1.crash();
  const run = await ready.play("failover.yml", "-e", "xcatha_fenced=host1");
  expect(saidBy(run)).toMatch(REPAIR);
  await ready.expectServes(ready.host2);
}

describe("the active host cannot be reached, without a fencing command, since", () => {
  const losses: readonly (readonly [string, string, (host: Host) => Promise<void>])[] = [
    ["it crashed", "crash", (host) => host.crash()],
    ["its cable is cut", "cable", (host) => host.cutCable()],
  ];
  for (const [name, id, lose] of losses) {
    const run = id === "crash" ? scenario : scenarioInFull;
    run(`${name}: refused, until the operator names it`, async ({ onTestFinished }) => {
      const ready = await ReadyPair.start(`lost-${id}`, onTestFinished);
      await lose(ready.host1);
      await expectRefusal(ready);
      await expectRefusal(ready, "-e", "xcatha_fenced=host2");
      await failOverFenced(ready);
    });
  }
});

/** A pair whose model has these fencing commands for host1, which acts so. */
async function fenced(
  id: string,
  acts: Readonly<Record<string, Act>>,
  atEnd: (end: () => void) => void,
): Promise<{ readonly ready: ReadyPair; readonly agent: FencingAgent }> {
  const fencing = FencingAgent.commands(labDirectory(id), Object.keys(acts));
  const hosts = [
    { name: "host1", address: "10.77.0.11", fencing },
    { name: "host2", address: "10.77.0.12" },
  ];
  const ready = await ReadyPair.start(id, atEnd, { hosts });
  const agent = new FencingAgent(ready.lab, ready.host1, acts);
  atEnd(() => agent.stop());
  return { ready, agent };
}

describe("the active host cannot be reached, and its fencing command", () => {
  const { status, reboot, off } = honest;

  scenario("brings it back: goes on as with any other host", async ({ onTestFinished }) => {
    const acts = { status, reboot, off };
    const { ready, agent } = await fenced("fence-back", acts, onTestFinished);
    await ready.host1.crash();
    await ready.play("failover.yml");
    expect(agent.asked).toEqual(["reboot"]);
    await ready.expectPair(ready.host2, ready.host1);
  });

  scenario("cuts its power: taken over without a word", async ({ onTestFinished }) => {
    const { ready, agent } = await fenced("fence-off", { status, reboot, off }, onTestFinished);
    // It restarts, but nobody can reach it.
    await ready.host1.cutCable();
    const run = await ready.play("failover.yml");
    expect(agent.asked).toEqual(["reboot", "off", "status"]);
    expect(ready.host1.isRunning).toBe(false);
    expect(saidBy(run)).toMatch(REPAIR);
    await ready.expectServes(ready.host2);
  });

  const failures: readonly (readonly [string, string, Readonly<Record<string, Act>>])[] = [
    ["does not bring it back, and there is none to cut its power", "none", { status, reboot }],
    ["fails to cut its power", "fails", { status, reboot: broken, off: broken }],
    [
      "claims that it was cut, while the status says on",
      "lies",
      { status, reboot: broken, off: () => "Down/Off" },
    ],
    ["cuts its power, but cannot tell", "mute", { status: broken, reboot: broken, off }],
    [
      "fails to cut its power, while the status says off",
      "odd",
      { status: () => "Chassis Power is off", reboot: broken, off: broken },
    ],
  ];
  for (const [name, id, acts] of failures) {
    const run = id === "lies" ? scenario : scenarioInFull;
    run(`${name}: refused`, async ({ onTestFinished }) => {
      const { ready } = await fenced(`fence-${id}`, acts, onTestFinished);
      await ready.host1.cutCable();
      await expectRefusal(ready);
      await failOverFenced(ready);
    });
  }
});
