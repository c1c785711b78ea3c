import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { xcat } from "./earlier.js";
import { isPortOpen, ownersOf, postgresRows, resolve } from "./harness/evidence.js";
import type { Host } from "./harness/host.js";
import { createLab, type Lab } from "./harness/lab.js";
import { ADDRESSES } from "./harness/network.js";
import { changesOf, modelOf, NO_CHANGE, Pair, tailOf, VIRTUAL_HOSTNAME } from "./pair.js";
import { activeState, standbyState, stateOf } from "./pair-state.js";

const PORTS = { ssh: 22, dns: 53, http: 80, xcatd: 3001, postgresql: 5432 };

// One story in order: each test starts where the one before ended.
describe.sequential("the main job, on PostgreSQL and bare Debian 12 hosts", () => {
  let lab: Lab;
  let pair: Pair;
  let host1: Host;
  let host2: Host;

  async function play(playbook: string, ...args: readonly string[]) {
    const run = await pair.run(playbook, ...args);
    expect(run.code, tailOf(run)).toBe(0);
    return run;
  }

  async function expectPair(active: Host, standby: Host): Promise<void> {
    expect(await stateOf(active)).toEqual(activeState(active));
    expect(await stateOf(standby)).toEqual(standbyState(standby));
    expect(await ownersOf(lab)).toEqual([active.name]);
    for (const [service, port] of Object.entries(PORTS)) {
      expect(await isPortOpen(lab, ADDRESSES.virtual, port), service).toBe(true);
    }
    const answer = await resolve(lab, ADDRESSES.virtual, VIRTUAL_HOSTNAME);
    expect(answer).toEqual([ADDRESSES.virtual]);
    expect(await xcat(active, "lsxcatd -d")).toContain("dbengine=Pg");
  }

  async function expectNodes(active: Host, nodes: readonly string[]): Promise<void> {
    const listed = await xcat(active, "nodels");
    expect(listed.split("\n")).toEqual(nodes);
    const query = "SELECT node FROM nodelist ORDER BY node";
    expect(await postgresRows(active, query)).toEqual(nodes);
  }

  /** What a host's own /etc/xcat held before is not taken for the pair's tables, also past xcatd. */
  async function expectNoTables(standby: Host): Promise<void> {
    expect(await standby.ask("ls /etc/xcat/site.sqlite")).toBe("/etc/xcat/site.sqlite");
    for (const table of ["site", "nodelist", "policy"]) {
      const read = await xcat(standby, `XCATBYPASS=1 tabdump ${table} || true`);
      expect(read).not.toMatch(/master|cn1|trusted/);
    }
  }

  function addNode(active: Host, name: string, address: string): Promise<string> {
    const attributes = `groups=all ip=${address} mac=02:00:00:00:01:${address.slice(-2)}`;
    return xcat(active, `mkdef -t node ${name} ${attributes}`);
  }

  beforeAll(async () => {
    lab = await createLab({ id: "main-job" });
    host1 = lab.host("host1");
    host2 = lab.host("host2");
    pair = new Pair(lab, "2.14");
    await pair.generate(modelOf(lab));
  });
  afterAll(() => lab.destroy());

  test("setup.yml makes host1 active and host2 standby", async () => {
    await play("setup.yml");
    await expectPair(host1, host2);
    await expectNoTables(host2);
  });

  test("failover.yml moves the service, with its data, to host2", async () => {
    await addNode(host1, "cn1", "10.77.0.51");
    await play("failover.yml");
    await expectPair(host2, host1);
    await expectNodes(host2, ["cn1"]);
    await expectNoTables(host1);
  });

  test("failover.yml moves it back, with what was written meanwhile", async () => {
    await addNode(host2, "cn2", "10.77.0.52");
    await play("failover.yml");
    await expectPair(host1, host2);
    await expectNodes(host1, ["cn1", "cn2"]);
  });

  test.each([
    ["setup.yml"],
    ["install-xcat.yml"],
    ["switch-db.yml"],
    ["standby.yml"],
    ["activate.yml"],
    ["status.yml"],
  ])("%s again changes nothing", async (playbook) => {
    expect(changesOf(await play(playbook))).toEqual(NO_CHANGE);
    await expectPair(host1, host2);
  });

  test("deactivate.yml on the standby changes nothing", async () => {
    const run = await play("deactivate.yml", "--limit", "host2");
    expect(changesOf(run)).toEqual({ host2: 0 });
    await expectPair(host1, host2);
  });

  test("a host that was crashed comes back without any part of the service", async () => {
    // As an upgrade leaves it: only the guard is between the host and the shared data.
    await host1.ask("systemctl enable -q named");
    await host1.crash();
    await host1.boot();
    expect(await stateOf(host1)).toMatchObject({
      addresses: [host1.address],
      hostname: "host1",
      guarded: true,
      units: standbyState(host1).units,
      usesSharedData: false,
    });
  });
});
