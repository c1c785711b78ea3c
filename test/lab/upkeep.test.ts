import { describe, expect } from "vitest";
import { clearSwitches, defineNode, setSwitch, xcat } from "./earlier.js";
import { activityOf, bootSettingOf, entriesOf, resolve } from "./harness/evidence.js";
import type { Host } from "./harness/host.js";
import { ADDRESSES } from "./harness/network.js";
import { changesOf, VIRTUAL_HOSTNAME } from "./pair.js";
import { standbyState, stateOf } from "./pair-state.js";
import { ReadyPair, saidBy } from "./ready-pair.js";
import { scenario } from "./selection.js";

/** An upgrade of xCAT's packages starts services again; some of xCAT's versions enable them as well. */
const UPGRADE =
  "apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --reinstall xcat && systemctl enable -q xcatd named";

const upgrade = (host: Host) => host.ask(UPGRADE, { timeoutSeconds: 900 });

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

/** What both hosts have to agree on, as each host's own commands see it. */
async function expectInStep(ready: ReadyPair): Promise<void> {
  for (const [host, peer] of [
    [ready.host1, ready.host2],
    [ready.host2, ready.host1],
  ] as const) {
    const ssh = "ssh -oBatchMode=yes -oStrictHostKeyChecking=yes";
    for (const name of [peer.name, `${peer.name}.lab.example.com`, peer.address]) {
      expect(await host.ask(`${ssh} ${name} cat /etc/machine-id`), name).toBe(
        await peer.ask("cat /etc/machine-id"),
      );
    }
    for (const [name, address] of [
      [peer.name, peer.address],
      [VIRTUAL_HOSTNAME, ADDRESSES.virtual],
      ["cn1.lab.example.com", "10.77.0.51"],
      ["cn1", "10.77.0.51"],
    ] as const) {
      const [found] = (await host.exec(`getent ahostsv4 ${name}`)).stdout.split(" ");
      expect(found, `${name} on ${host.name}`).toBe(address);
    }
    expect(await activityOf(host, "chrony")).toBe("active");
    expect(await bootSettingOf(host, "chrony")).toBe("enabled");
  }
}

describe("names, root's key, the clock and the resolver", () => {
  scenario("are in step, and standby.yml mends them where they are not", async (context) => {
    const ready = await ReadyPair.start("in-step", context.onTestFinished);
    const { host1, host2 } = ready;
    await expectInStep(ready);

    await host2.ask(`
      sed -i 's/^10.77.0.11 .*/10.77.0.99 host1.lab.example.com host1/' /etc/hosts
      echo '10.9.9.9 theirs' >> /etc/hosts
      sed -i '/xcatha-lab$/d' /root/.ssh/authorized_keys
      echo 'ssh-ed25519 theirs' >> /root/.ssh/authorized_keys
      rm /root/.ssh/known_hosts
      sed -i '/^nameserver ${ADDRESSES.virtual}$/d' /etc/resolv.conf
      sed -i 's/^hosts:.*/hosts: dns files/' /etc/nsswitch.conf
      systemctl disable -q --now chrony`);
    await ready.play("standby.yml", "--limit", "host2");
    await expectInStep(ready);
    expect(await host2.ask("getent hosts theirs")).toMatch(/^10\.9\.9\.9 /);
    expect(await host2.ask("grep -c theirs /root/.ssh/authorized_keys")).toBe("1");
    expect(await host2.ask("grep ^hosts: /etc/nsswitch.conf")).toBe("hosts: files dns");
    await ready.expectPair(host1, host2);
  });

  scenario("go with the service, also after a crash", async (context) => {
    const ready = await ReadyPair.start("names", context.onTestFinished);
    const { host1, host2, lab } = ready;
    const served = (name: string) => resolve(lab, ADDRESSES.virtual, `${name}.lab.example.com`);
    const hosts = async (host: Host) => (await host.ask("cat /etc/hosts")).split("\n");
    expect(await served("cn1")).toEqual(["10.77.0.51"]);

    const stale = "10.77.0.91 switch1 # moved since";
    await host1.ask("echo '10.77.0.90   switch1\tsw1 # in rack 7' >> /etc/hosts");
    await host2.ask(`printf '${stale}\\n10.9.9.9 theirs\\n' >> /etc/hosts`);
    const before = await hosts(host2);
    const key = "cat /root/.ssh/id_rsa.pub";
    const [nodesKnow, earlier] = await Promise.all([host1.ask(key), host2.ask(key)]);
    expect(earlier).not.toBe(nodesKnow);
    await ready.play("failover.yml");
    expect(await host2.ask(key)).toBe(nodesKnow);
    expect(await host2.ask("ssh-keygen -y -f /root/.ssh/id_rsa")).toContain(
      nodesKnow.split(" ")[1],
    );
    expect(await host2.ask("cat /root/.ssh/id_rsa.pub.xcatha-*")).toBe(earlier);
    expect(await served("switch1")).toEqual(["10.77.0.90"]);
    expect(await served("cn1")).toEqual(["10.77.0.51"]);
    const after = await hosts(host2);
    expect(before.filter((line) => !after.includes(line))).toEqual([stale]);
    expect(after.filter((line) => !before.includes(line)).sort()).toEqual([
      "10.77.0.51 cn1 cn1.lab.example.com",
      "10.77.0.90 switch1 sw1",
    ]);
    // Another one is from the setup, which took the host's own name off 127.0.1.1.
    const copies = await host2.ask("for f in /etc/hosts.xcatha-*; do echo ==; cat $f; done");
    expect(copies.split("==\n").map((copy) => copy.trimEnd())).toContain(before.join("\n"));
    await ready.expectPair(host2, host1);
    await expectInStep(ready);
    const again = await ready.play("activate.yml", "--limit", "host2");
    expect(changesOf(again)).toEqual({ host2: 0 });

    await defineNode(host2, "cn2", "10.77.0.52");
    await host2.crash();
    await ready.play("failover.yml", "-e", "xcatha_fenced=host2");
    expect(await served("cn2")).toEqual(["10.77.0.52"]);
    expect(await served("theirs")).toEqual(["10.9.9.9"]);
    expect(await host1.ask("grep -c switch1 /etc/hosts")).toBe("1");
  });
});

describe("the nightly dump of xCAT's tables", () => {
  scenario(
    "is made by the active host alone, off the shared data, and kept for days",
    async (context) => {
      const directory = "/var/backups/xcat";
      const ready = await ReadyPair.boot("dump", context.onTestFinished, {
        backup: { path: directory, keep: 3 },
      });
      const { host1, host2 } = ready;
      await ready.play("standby.yml");
      await ready.play("activate.yml", "--limit", "host1");
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
