import { describe, expect } from "vitest";
import { clearSwitches, setSwitch, xcat } from "./earlier.js";
import { activityOf, bootSettingOf, entriesOf } from "./harness/evidence.js";
import type { Host } from "./harness/host.js";
import { standbyState, stateOf } from "./pair-state.js";
import { ReadyPair, saidBy } from "./ready-pair.js";
import { scenario } from "./selection.js";

/** What an upgrade of xCAT's packages runs enables and starts services again. */
const UPGRADE =
  "apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --reinstall xcat";

const upgrade = (host: Host) => host.ask(UPGRADE, { timeoutSeconds: 300 });

describe("an upgrade of xCAT that enables and starts services again", () => {
  scenario("on the standby starts nothing; is told, and mended by standby.yml", async (context) => {
    const ready = await ReadyPair.start("upgrade-standby", context.onTestFinished);
    const { host1, host2 } = ready;
    await upgrade(host2);
    expect(await bootSettingOf(host2, "xcatd")).toBe("enabled");
    const { units } = await stateOf(host2);
    expect(Object.values(units)).not.toContain("active");

    const said = await ready.refused("status.yml");
    expect(said).toContain(
      "BROKEN RULE: host2 would start services of the pair at boot: ansible-playbook standby.yml --limit host2",
    );
    expect(said).not.toContain("Stop it now");
    await host2.shutDown();
    await host2.boot();
    const { boot: _, ...rest } = standbyState(host2);
    expect(await stateOf(host2)).toMatchObject({ ...rest, units: expect.anything() });
    expect(Object.values((await stateOf(host2)).units)).not.toContain("active");

    await ready.play("standby.yml", "--limit", "host2");
    await ready.expectPair(host1, host2);
    expect(saidBy(await ready.play("status.yml"))).toContain("Nothing is wrong.");
  });

  scenario("on the active host is told, and mended by activate.yml", async (context) => {
    const ready = await ReadyPair.start("upgrade-active", context.onTestFinished);
    const { host1, host2 } = ready;
    await upgrade(host1);
    expect(await bootSettingOf(host1, "xcatd")).toBe("enabled");
    const said = await ready.refused("status.yml");
    expect(said).toContain(
      "host1 would start services of the pair at boot: ansible-playbook activate.yml --limit host1",
    );
    await ready.play("activate.yml", "--limit", "host1");
    await ready.expectPair(host1, host2);
    expect(await xcat(host1, "tabdump site")).toContain('"master","10.77.0.10"');
    expect(saidBy(await ready.play("status.yml"))).toContain("Nothing is wrong.");
  });
});

describe("packages", () => {
  scenario("that are not the same on both hosts are told by status.yml", async (context) => {
    const ready = await ReadyPair.start("packages", context.onTestFinished);
    const edit = "/^Package: bind9$/,/^$/s/^Version: .*/Version: 9:9/";
    await ready.host2.ask(`sed -i '${edit}' /var/lib/dpkg/status`);
    expect(saidBy(await ready.play("status.yml"))).toMatch(
      /Left to do: The hosts have different packages: host1 has bind9=1:\S+; host2 has bind9=9:9\. Install the same on both\./,
    );
  });
});

describe("the nightly dump of xCAT's tables", () => {
  scenario(
    "is made by the active host alone, off the shared data, and kept for days",
    async (context) => {
      const directory = "/var/backups/xcat";
      const ready = await ReadyPair.start("dump", context.onTestFinished, {
        backup: { path: directory, keep: 3 },
      });
      const { host1, host2 } = ready;
      await ready.play("setup.yml");
      for (const host of [host1, host2]) {
        expect(await activityOf(host, "xcatha-dump.timer")).toBe("active");
        expect(await bootSettingOf(host, "xcatha-dump.timer")).toBe("enabled");
      }
      const dump = (host: Host) => host.exec("systemctl start xcatha-dump.service");
      const dumps = async (host: Host) => (await entriesOf(host, directory)) ?? [];

      expect((await dump(host1)).code).toBe(0);
      await dump(host2);
      const [first = "", ...others] = await dumps(host1);
      expect(others).toEqual([]);
      expect(await dumps(host2)).toEqual([]);
      const rows = await xcat(host1, "tabdump nodelist");
      expect(rows).toContain("cn1");
      expect(await host1.ask(`cat ${directory}/${first}/nodelist.csv`)).toBe(rows);
      expect(await host1.ask(`stat -c %a ${directory}/${first}`)).toBe("700");

      // A dump that fails takes the place of none, and no old one goes for it.
      const old = "xcat-20200102T030405Z";
      await host1.ask(`cd ${directory} && mkdir ${old} mine && touch -d 2020-01-02 ${old} mine`);
      await setSwitch(host1, "hollow-dumpxCATdb");
      expect((await dump(host1)).code).not.toBe(0);
      expect(await dumps(host1)).toEqual(expect.arrayContaining([first, old, "mine"]));
      await clearSwitches(host1);

      expect((await dump(host1)).code).toBe(0);
      const kept = await dumps(host1);
      expect(kept).toEqual(expect.arrayContaining([first, "mine"]));
      expect(kept).not.toContain(old);

      await ready.play("failover.yml");
      expect((await dump(host2)).code).toBe(0);
      expect(await dumps(host2)).toHaveLength(1);
      await ready.expectPair(host2, host1);
    },
  );
});
