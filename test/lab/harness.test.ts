import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  activityOf,
  addressesOf,
  bootSettingOf,
  hostnameOf,
  isPortOpen,
  ownersOf,
} from "./harness/evidence.js";
import { createLab, type Lab } from "./harness/lab.js";
import { ADDRESSES } from "./harness/network.js";
import { openOnSharedData } from "./harness/open-files.js";
import { mountsBelow, namespacesOf } from "./harness/removal.js";
import { saveSnapshot } from "./harness/snapshot.js";
import { ANSIBLE_VERSIONS } from "./harness/toolchain.js";

const INVENTORY = `all:
  hosts:
    host1: {ansible_host: 10.77.0.11, ansible_user: root}
    host2: {ansible_host: 10.77.0.12, ansible_user: root}
`;
const PLAYBOOK = `- name: Ask every host for its name
  hosts: all
  gather_facts: false
  tasks:
    - name: Ask for the name
      ansible.builtin.command: hostname
      changed_when: inventory_hostname == "host2"
`;

describe("the lab", () => {
  let lab: Lab;
  const addVirtual = `ip address add ${ADDRESSES.virtual}/24 dev eth0`;

  beforeAll(async () => {
    lab = await createLab({ id: "harness" });
  });
  afterAll(() => lab.destroy());

  test.each(ANSIBLE_VERSIONS)("reaches both hosts with ansible-core %s", async (ansible) => {
    const directory = join(lab.directory, "project");
    await mkdir(directory, { recursive: true });
    await writeFile(join(directory, "inventory.yml"), INVENTORY);
    await writeFile(join(directory, "names.yml"), PLAYBOOK);
    const version = await lab.control.run(["ansible", "--version"], { directory, ansible });
    expect(version.stdout).toContain(`[core ${ansible}`);
    const run = await lab.control.playbook(["names.yml", "-i", "inventory.yml"], {
      directory,
      ansible,
    });
    expect(run.stderr + run.stdout).toContain("PLAY RECAP");
    expect(run.code).toBe(0);
    expect(run.recap.get("host1")).toMatchObject({ ok: 1, changed: 0, failed: 0 });
    expect(run.recap.get("host2")).toMatchObject({ ok: 1, changed: 1, failed: 0 });
  });

  test("shares one directory between the hosts, and sees who uses it", async () => {
    const [host1, host2] = [lab.host("host1"), lab.host("host2")];
    await host1.ask("echo kept > /HA-data/word && mkdir /HA-data/install /install");
    await host1.ask("mount --bind /HA-data/install /install");
    await host1.ask("(cd /install && exec sleep 1000) >/dev/null 2>&1 &");
    expect(await host2.ask("cat /HA-data/word")).toBe("kept");
    expect(await openOnSharedData(host1)).toMatchObject([{ command: "sleep", path: "/install" }]);
    expect(await openOnSharedData(host2)).toEqual([]);
  });

  test("a crash takes the virtual IP and the hostname with it", async () => {
    const host = lab.host("host1");
    await host.ask(`${addVirtual} && hostname virtual && echo kept > /root/word`);
    expect(await ownersOf(lab)).toEqual(["host1"]);
    expect(await hostnameOf(host)).toBe("virtual");
    await host.crash();
    expect(await ownersOf(lab)).toEqual([]);
    await host.boot();
    expect(await addressesOf(host)).toEqual([host.address]);
    expect(await hostnameOf(host)).toBe("host1");
    expect(await host.ask("cat /root/word /HA-data/word")).toBe("kept\nkept");
  });

  test("a cut cable leaves the host running and out of reach", async () => {
    const host = lab.host("host2");
    await host.ask(addVirtual);
    await host.cutCable();
    expect(await isPortOpen(lab, host.address, 22)).toBe(false);
    expect(await ownersOf(lab)).toEqual([]);
    expect(await addressesOf(host)).toEqual([host.address, ADDRESSES.virtual]);
    await host.plugCable();
    expect(await isPortOpen(lab, host.address, 22)).toBe(true);
    expect(await ownersOf(lab)).toEqual(["host2"]);
  });

  test("sees two hosts that hold one address", async () => {
    await lab.host("host1").ask(addVirtual);
    expect(await ownersOf(lab)).toEqual(["host1", "host2"]);
  });

  test("nothing of the distribution runs by the clock on a host", async () => {
    const timers = "systemctl list-timers --no-legend | awk '{print $(NF-1)}'";
    expect(await lab.host("host1").ask(timers)).toBe("systemd-tmpfiles-clean.timer");
  });

  test("a host installs a real service without a way out to the internet", async () => {
    const host = lab.host("host1");
    await host.ask("apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y chrony", {
      timeoutSeconds: 300,
    });
    expect(await activityOf(host, "chrony")).toBe("active");
    expect(await bootSettingOf(host, "chrony")).toBe("enabled");
    expect(await bootSettingOf(host, "no-such-unit")).toBe("not-found");
    expect((await host.exec("ping -c1 -W1 1.1.1.1")).code).not.toBe(0);
  });

  test("each host's units are its own", async () => {
    const start = "systemd-run --quiet --unit=word sleep 1000";
    await Promise.all(lab.hosts.map((host) => host.ask(start)));
    await lab.host("host1").ask("systemctl kill --signal=KILL word; systemctl stop word");
    expect(await activityOf(lab.host("host2"), "word")).toBe("active");
    const groups = await lab
      .host("host2")
      .ask("find /sys/fs/cgroup -path '*/word.service' -type d");
    const procs = groups.split("\n").map((group) => `${group}/cgroup.procs`);
    expect(await lab.host("host2").ask(`cat ${procs.join(" ")} | sort -u | wc -l`)).toBe("1");
  });

  test("starts again from a snapshot, beside the first", async () => {
    await Promise.all(lab.hosts.map((host) => host.shutDown()));
    const snapshot = await saveSnapshot(lab, "harness");
    const copy = await createLab({ id: "harness-copy", snapshot });
    try {
      await lab.host("host1").boot();
      const host = copy.host("host1");
      expect(await host.ask("cat /root/word /HA-data/word")).toBe("kept\nkept");
      expect(await activityOf(host, "chrony")).toBe("active");
      expect(await isPortOpen(copy, host.address, 22)).toBe(true);
      expect(await isPortOpen(copy, copy.host("host2").address, 22)).toBe(true);
      expect(await isPortOpen(lab, lab.host("host2").address, 22)).toBe(false);
    } finally {
      copy.destroy();
      await rm(snapshot.directory, { recursive: true });
    }
    expect(namespacesOf("harness-copy")).toEqual([]);
    expect(mountsBelow(copy.directory)).toEqual([]);
  });
});
