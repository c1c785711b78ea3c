import { describe, expect } from "vitest";
import { type Act, broken, FencingAgent, honest } from "./fencing-agent.js";
import { differenceOf, footprintOf } from "./footprint.js";
import type { Host } from "./harness/host.js";
import { labDirectory } from "./harness/paths.js";
import { tailOf } from "./pair.js";
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

/** While the host still writes to the shared data, the operator's word is not believed; then its power goes. */
async function expectDisbelief(ready: ReadyPair): Promise<void> {
  if (!ready.host1.isRunning) return;
  const owner = ready.owner();
  expect(await ready.refused("failover.yml", "-e", "xcatha_fenced=host1")).toMatch(
    /host1 is alive: it writes to the shared data right now, so it is not fenced\. Nothing was changed\./,
  );
  await ready.expectClean(ready.host2);
  expect(ready.owner()).toEqual(owner);
  await ready.host1.crash();
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
      await expectDisbelief(ready);
      const run = await ready.play("failover.yml", "-e", "xcatha_fenced=host1");
      expect(saidBy(run)).toMatch(REPAIR);
      await ready.expectServes(ready.host2);
    });
  }
});

describe("the host that takes over cannot be reached any more, in the middle,", () => {
  scenario("is told, with what to do; the other one takes nothing unasked", async (context) => {
    const ready = await ReadyPair.start("lost-taker", context.onTestFinished);
    const { host1, host2, pair } = ready;
    let cut: Promise<void> | undefined;
    const run = await pair.watch((text) => {
      if (text.includes(": Start the pair's services on this host]")) cut ??= host2.cutCable();
    }, "failover.yml");
    await cut;
    expect(run.code, tailOf(run)).not.toBe(0);
    expect(saidBy(run)).toMatch(
      /Who serves is not known\. Run: ansible-playbook status\.yml\. host2 failed, or could no longer be reached: see above\..*xcatha_fenced=host2/,
    );
    await ready.expectClean(host1);
    expect(ready.owner().holder).toBe("host2");

    await host2.crash();
    await ready.play("failover.yml", "-e", "xcatha_to=host1", "-e", "xcatha_fenced=host2");
    await ready.expectServes(host1);
  });
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

  scenario("is not called while the host answers, but cannot be worked on", async (context) => {
    const acts = { status, reboot, off };
    const { ready, agent } = await fenced("fence-alive", acts, context.onTestFinished);
    const owner = ready.owner();
    await ready.host1.ask("mv /usr/bin/python3.11 /usr/bin/python3.11.away");
    const said = await ready.refused("failover.yml");
    expect(said).toMatch(
      /host1 is alive \(ssh, xcatd, ping\), but cannot be asked: .*python.*neither fenced nor replaced, and nothing was changed/,
    );
    const named = await ready.refused(
      "activate.yml",
      "--limit",
      "host2",
      "-e",
      "xcatha_fenced=host1",
    );
    expect(named).toMatch(
      /host1 is alive \(ssh, xcatd, ping\), so it is not fenced, and nothing was changed\./,
    );
    expect(agent.asked).toEqual([]);
    expect(ready.owner()).toEqual(owner);
    await ready.expectClean(ready.host2);

    await ready.host1.ask("mv /usr/bin/python3.11.away /usr/bin/python3.11");
    await ready.expectServes(ready.host1);
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
      await expectDisbelief(ready);
      const run = await ready.play("failover.yml", "-e", "xcatha_fenced=host1");
      expect(saidBy(run)).toMatch(REPAIR);
      await ready.expectServes(ready.host2);
    });
  }
});
