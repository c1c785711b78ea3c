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
  // An upgrade restarts Apache, and would end half-way if that were a failure: it is skipped.
  expect((await host.exec("systemctl start apache2")).code).toBe(0);
  expect(await activityOf(host, "apache2")).toBe("inactive");
  for (const unit of ["postgresql@15-main", "xcatd", "named", "isc-dhcp-server"]) {
    const { code, stderr } = await host.exec(`systemctl start ${unit}`);
    expect([code, stderr], unit).toEqual([1, expect.stringContaining("Assertion failed on job")]);
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

  scenario(
    "still running, its cable plugged in again: two active hosts are told",
    async (context) => {
      const ready = await ReadyPair.start("back-plug", context.onTestFinished);
      const { host1, host2 } = ready;
      await host1.cutCable();
      // The operator's word, although the host still reaches the shared data.
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

      await ready.play("deactivate.yml", "--limit", "host1");
      await ready.expectClean(host1);
      expect(ready.owner().holder).toBe("host2");
      await expectToHaveNoticed(host2);
      await ready.play("activate.yml", "--limit", "host2");
      await ready.expectPair(host2, host1);
      expect(saidBy(await ready.play("status.yml"))).toContain("Nothing is wrong.");
    },
  );
});
