import { describe, expect } from "vitest";
import { poll } from "./harness/command.js";
import { activityOf, ownersOf } from "./harness/evidence.js";
import type { Host } from "./harness/host.js";
import { standbyState, stateOf } from "./pair-state.js";
import { ReadyPair, saidBy } from "./ready-pair.js";
import { scenario, scenarioInFull } from "./selection.js";

/** What holds on a host that rebooted after it was active: nothing runs, no virtual IP, its own name. */
async function expectHarmless(host: Host): Promise<void> {
  const { links: _, ...rest } = standbyState(host);
  expect(await stateOf(host)).toMatchObject(rest);
}

/** Neither a person nor an upgrade can start anything of the pair here. */
async function expectGuarded(host: Host): Promise<void> {
  // An upgrade of xCAT restarts Apache, and must end well: it is skipped where the others are refused.
  const units = { "postgresql@15-main": 1, xcatd: 1, named: 1, "isc-dhcp-server": 1, apache2: 0 };
  for (const [unit, expected] of Object.entries(units)) {
    const { code } = await host.exec(`systemctl start ${unit}`);
    expect(code, unit).toBe(expected);
    expect(await activityOf(host, unit)).toBe("inactive");
  }
}

/**
 * Waits until the host's database has seen that another one ended on its data, and took its lock file away:
 * PostgreSQL looks once a minute, and ends; systemd may start it again.
 */
async function expectToHaveNoticed(host: Host): Promise<void> {
  const lock = "/HA-data/var/lib/postgresql/15/main/postmaster.pid";
  await poll("the database to run with its own lock file, or not at all", 120, async () => {
    const state = await activityOf(host, "postgresql@15-main");
    if (state !== "active") return state === "failed" || state === "inactive" ? state : undefined;
    const main = await host.ask("systemctl show -P MainPID postgresql@15-main");
    return (await host.exec(`head -n 1 ${lock}`)).stdout.trim() === main ? state : undefined;
  });
}

describe("the old active host returns", () => {
  const ways: readonly (readonly [string, string, (host: Host) => Promise<void>])[] = [
    ["after a crash", "crash", (host) => host.crash()],
    [
      "after its cable was cut and its power went",
      "cut",
      async (host) => {
        await host.cutCable();
        await host.crash();
        await host.plugCable();
      },
    ],
  ];
  for (const [name, id, lose] of ways) {
    const run = id === "crash" ? scenario : scenarioInFull;
    run(`${name}: harmless, and standby.yml makes it standby`, async ({ onTestFinished }) => {
      const ready = await ReadyPair.start(`back-${id}`, onTestFinished);
      const { host1, host2 } = ready;
      await lose(host1);
      await ready.play("failover.yml", "-e", "xcatha_fenced=host1");
      await ready.expectServes(host2);

      await host1.boot();
      await expectHarmless(host1);
      await expectGuarded(host1);
      await ready.expectServes(host2);

      const left = saidBy(await ready.play("status.yml"));
      expect(left).toContain("host2 is active");
      expect(left).toMatch(
        /Left to do: host1 still has links to the shared data: ansible-playbook standby\.yml --limit host1/,
      );
      await ready.play("standby.yml", "--limit", "host1");
      await ready.expectPair(host2, host1);
      expect(saidBy(await ready.play("status.yml"))).toContain("Nothing is wrong.");
    });
  }

  scenario("before anybody took over: it can simply be activated", async ({ onTestFinished }) => {
    const ready = await ReadyPair.start("back-first", onTestFinished);
    const { host1, host2 } = ready;
    await host1.crash();
    await host1.boot();
    await expectHarmless(host1);
    expect(await ready.refused("status.yml")).toContain("No host is active");
    await ready.play("activate.yml", "--limit", "host1");
    await ready.expectPair(host1, host2);
  });

  scenario("still running, hung while it was taken over: it stops itself", async (context) => {
    const ready = await ReadyPair.start("back-plug", context.onTestFinished);
    const { host1, host2 } = ready;
    // A hung watch gives no sign of life, and stops nothing.
    const signal = (name: string) =>
      host1.ask(`systemctl kill --kill-who=all --signal=${name} xcatha-owner`);
    await signal("STOP");
    await host1.cutCable();
    await ready.play("failover.yml", "-e", "xcatha_fenced=host1");
    await host1.plugCable();
    expect(await ownersOf(ready.lab)).toEqual(["host1", "host2"]);

    const said = await ready.refused("status.yml");
    expect(said).toContain("BROKEN RULE: Both hosts hold the virtual IP.");
    expect(said).toContain("BROKEN RULE: Both hosts are activated.");
    expect(said).toContain("host1 is active, but the owner record names another.");
    expect(said).toContain("ansible-playbook deactivate.yml --limit host1");
    const again = await ready.refused("activate.yml", "--limit", "host1");
    expect(again).toContain("host2 is still active");

    await signal("CONT");
    await poll("host1 has stopped itself", 40, async () => {
      const { units, addresses, links } = await stateOf(host1);
      const down = Object.values(units).every(
        (unit) => unit !== "active" && unit !== "deactivating",
      );
      const linked = Object.values(links).some((link) => link !== undefined);
      return down && !linked && addresses.length === 1 ? true : undefined;
    });
    await ready.play("deactivate.yml", "--limit", "host1");
    await ready.expectClean(host1);
    expect(ready.owner().holder).toBe("host2");
    await expectToHaveNoticed(host2);
    await ready.play("activate.yml", "--limit", "host2");
    await ready.expectPair(host2, host1);
    expect(saidBy(await ready.play("status.yml"))).toContain("Nothing is wrong.");
  });
});
