import { describe, expect } from "vitest";
import { tablesOf, xcat } from "./earlier.js";
import type { Host } from "./harness/host.js";
import { NEWER, offerNewer } from "./newer-packages.js";
import { changesOf, NO_CHANGE } from "./pair.js";
import { ReadyPair, saidBy } from "./ready-pair.js";
import { scenario } from "./selection.js";

const versionOf = async (host: Host) =>
  (await host.ask("dpkg-query -W xcat | cut -f 2")).split("-")[0];

describe("upgrade.yml", () => {
  scenario("brings both hosts to the new version, with a failover in between", async (context) => {
    const ready = await ReadyPair.start("upgrade", context.onTestFinished);
    const { host1, host2, lab } = ready;
    const before = await tablesOf(host1);
    await host1.ask("echo older > /install/postscripts/syslog");

    const nothing = await ready.play("upgrade.yml");
    expect(changesOf(nothing)).toEqual(NO_CHANGE);
    expect(saidBy(nothing)).toContain("Nothing newer is offered.");
    await ready.expectPair(host1, host2);

    await offerNewer(lab);
    const run = await ready.play("upgrade.yml");
    expect(await Promise.all([host1, host2].map(versionOf))).toEqual([NEWER, NEWER]);
    await ready.expectPair(host2, host1);
    expect(await tablesOf(host2)).toBe(before);
    expect(await xcat(host2, "lsxcatd -v")).toContain(NEWER);
    // Nodes are served from the shared data: the packages' files have come there, and the older ones are kept.
    expect(await host2.ask("cat /install/postscripts/syslog")).not.toBe("older");
    expect(
      await host2.ask("cat /HA-data/.xcatha/before-upgrade/*/install/postscripts/syslog"),
    ).toBe("older");
    expect(saidBy(run)).toContain("Nothing is wrong.");

    const again = await ready.play("upgrade.yml");
    expect(changesOf(again)).toEqual(NO_CHANGE);
    await ready.play("failover.yml");
    await ready.expectPair(host1, host2);
  });

  scenario(
    "that cannot upgrade the standby leaves the active host alone, and goes on later",
    async (context) => {
      const ready = await ReadyPair.start("upgrade-fails", context.onTestFinished);
      const { host1, host2, lab } = ready;
      await offerNewer(lab);
      const hook = "/etc/apt/apt.conf.d/99-fails";
      await host2.ask(
        `echo 'DPkg::Pre-Invoke {"echo E: the disk is full >&2; false";};' > ${hook}`,
      );
      const said = await ready.refused("upgrade.yml");
      expect(said).toContain("host2 was not upgraded: The packages of host2 were not upgraded: ");
      expect(said).toContain("host1 is active, and serves as before.");
      await ready.expectPair(host1, host2);

      await host2.ask(`rm ${hook}`);
      await ready.play("upgrade.yml");
      await ready.expectPair(host2, host1);
    },
  );

  scenario(
    "is not needed: after an upgrade by hand of both hosts a failover goes on",
    async (context) => {
      const ready = await ReadyPair.start("upgrade-by-hand", context.onTestFinished);
      const { host1, host2, lab } = ready;
      await offerNewer(lab);
      const upgrade =
        "apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --only-upgrade xcat";
      await host2.ask(upgrade, { timeoutSeconds: 900 });
      expect(await ready.refused("failover.yml")).toContain("host2 has xCAT 2.19.1");
      await ready.expectServes(host1);
      await host1.ask(upgrade, { timeoutSeconds: 900 });
      await ready.play("failover.yml");
      await ready.expectPair(host2, host1);
    },
  );
});
