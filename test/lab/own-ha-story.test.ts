import { describe, expect } from "vitest";
import { xcat } from "./earlier.js";
import { resolve } from "./harness/evidence.js";
import type { Host } from "./harness/host.js";
import { ADDRESSES } from "./harness/network.js";
import { ReadyPair } from "./ready-pair.js";
import { scenario } from "./selection.js";

const ADDRESS = {
  cn1: "10.77.0.51",
  cn11: "10.77.0.111",
  cn12: "10.77.0.112",
  cn13: "10.77.0.113",
  cn14: "10.77.0.114",
} as const;
type Node = keyof typeof ADDRESS;

const define = (host: Host, name: Node) =>
  xcat(
    host,
    `mkdef -t node ${name} groups=all,compute ip=${ADDRESS[name]} mac=02:00:00:00:02:${name.slice(2)} netboot=xnba arch=x86_64`,
  );

/** What is known of the nodes on the host that serves: by xCAT, by the names, by DNS and by the DHCP server. */
async function expectKnown(
  ready: ReadyPair,
  active: Host,
  nodes: readonly Node[],
  arch: string,
): Promise<void> {
  expect((await xcat(active, "nodels")).split("\n")).toEqual(nodes);
  const reserved = await xcat(active, `makedhcp -q ${nodes.join(",")}`);
  for (const node of nodes) {
    const address = ADDRESS[node];
    expect(await xcat(active, `lsdef ${node} -i ip`)).toContain(`ip=${address}`);
    expect(await active.ask(`getent ahostsv4 ${node}`)).toMatch(new RegExp(`^${address} `));
    const question = `${node}.lab.example.com`;
    expect(await resolve(ready.lab, ADDRESSES.virtual, question), node).toEqual([address]);
    expect(await resolve(ready.lab, ADDRESSES.virtual, "-x", address)).toEqual([`${question}.`]);
    expect(reserved).toMatch(new RegExp(`^${node}: ip-address = ${address}\\b`, "m"));
  }
  expect(await xcat(active, "lsdef cn11 -i arch")).toContain(`arch=${arch}`);
}

// As xCAT's own test of an HA management node goes.
describe("the work of an administrator of xCAT", () => {
  scenario("goes on after a failover, and after failing back", async (context) => {
    const ready = await ReadyPair.start("own-ha-story", context.onTestFinished);
    const { host1, host2 } = ready;
    for (const node of ["cn11", "cn12", "cn13"] as const) await define(host1, node);
    await xcat(host1, "makehosts all && makedns all && makedhcp all");
    await expectKnown(ready, host1, ["cn1", "cn11", "cn12", "cn13"], "x86_64");

    await ready.play("failover.yml");
    await expectKnown(ready, host2, ["cn1", "cn11", "cn12", "cn13"], "x86_64");

    // Changed, removed and added on the other host.
    await xcat(host2, "chdef -t node cn11 arch=ppc64le && rmdef -t node cn13");
    await define(host2, "cn14");
    await xcat(host2, "makehosts cn14 && makedns cn14 && makedhcp cn14");
    await expectKnown(ready, host2, ["cn1", "cn11", "cn12", "cn14"], "ppc64le");

    await ready.play("failover.yml");
    await expectKnown(ready, host1, ["cn1", "cn11", "cn12", "cn14"], "ppc64le");
    await ready.expectClean(host2);
  });
});
