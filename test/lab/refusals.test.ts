import { rename } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect } from "vitest";
import { differenceOf, footprintOf } from "./footprint.js";
import { must } from "./harness/command.js";
import { ADDRESSES } from "./harness/network.js";
import { ReadyPair } from "./ready-pair.js";
import { scenario } from "./selection.js";

/** A reason for which host2 may not become active, although nobody is. */
interface Reason {
  readonly name: string;
  /** Makes it so; gives what takes it back. */
  readonly make: (ready: ReadyPair) => Promise<() => Promise<unknown>>;
  readonly said: RegExp;
  /** The run that is refused, if it is not the activation of host2. */
  readonly run?: readonly [string, ...string[]];
}

/** It is the command itself that is refused. */
const nothing: Reason["make"] = async () => async () => undefined;

/** By a command on host2, taken back by another. */
const byCommand =
  (make: string, back: string): Reason["make"] =>
  async ({ host2 }) => {
    await host2.ask(`set -e; ${make}`);
    return () => host2.ask(`set -e; ${back}`);
  };

/** By another content of a file, which is mounted over the true one. */
const byFile = (path: string, edit: string) =>
  byCommand(
    `sed '${edit}' ${path} > /run/fake; mount --bind /run/fake ${path}`,
    `umount ${path}; rm /run/fake`,
  );

/** The control machine has the virtual IP. */
async function stranger({ lab }: ReadyPair, answersPing: boolean): Promise<() => Promise<unknown>> {
  const inside = ["nsenter", `--net=/run/netns/${lab.network.namespace}`];
  const ignore = (yes: boolean) =>
    must([...inside, "sysctl", "-qw", `net.ipv4.icmp_echo_ignore_all=${yes ? 1 : 0}`]);
  const address = (verb: string) =>
    must([...inside, "ip", "address", verb, `${ADDRESSES.virtual}/24`, "dev", "eth0"]);
  await address("add");
  await ignore(!answersPing);
  return async () => {
    await ignore(false);
    await address("del");
  };
}

/** Takes the shared data away, and mounts it again from where it was kept. */
const UNMOUNT = "mkdir /run/kept; mount --bind /HA-data /run/kept; umount /HA-data";
const MOUNT = "mount --bind /run/kept /HA-data; umount /run/kept; rmdir /run/kept";

/** A fake below /sys/fs, beside the control groups that stay where they are. */
const SELINUX = `mkdir -p /run/cgroup; mount --rbind /sys/fs/cgroup /run/cgroup
  mount -t tmpfs fake /sys/fs; mkdir /sys/fs/cgroup /sys/fs/selinux
  mount --rbind /run/cgroup /sys/fs/cgroup; umount -l /run/cgroup; echo 1 > /sys/fs/selinux/enforce`;

const APPARMOR = `mount -t tmpfs fake /sys/kernel/security; mkdir /sys/kernel/security/apparmor
  echo '/usr/lib/postgresql/15/bin/postgres (enforce)' > /sys/kernel/security/apparmor/profiles`;

const DATE = `printf '#!/bin/sh\\n[ "$*" = +%%s ] && echo $(($(/bin/date +%%s) + 60)) || exec /bin/date "$@"\\n' > /usr/local/bin/date
  chmod +x /usr/local/bin/date`;

const notTheirs =
  /HA-data is not this pair's shared data.*Nothing was changed.*Mount the shared data/;

const reasons: readonly Reason[] = [
  { name: "the virtual IP answers ping", make: (r) => stranger(r, true), said: /answers ping/ },
  {
    name: "the virtual IP answers ARP alone",
    make: (r) => stranger(r, false),
    said: /10\.77\.0\.10 is held by another machine: it answers ARP/,
  },
  {
    name: "the shared directory is missing",
    make: byCommand(`${UNMOUNT}; rmdir /HA-data`, `mkdir /HA-data; ${MOUNT}`),
    said: notTheirs,
  },
  { name: "it is not mounted", make: byCommand(UNMOUNT, MOUNT), said: notTheirs },
  {
    name: "it is empty",
    make: byCommand("mount -t tmpfs empty /HA-data", "umount /HA-data"),
    said: notTheirs,
  },
  {
    name: "it is another pair's",
    make: byFile("/HA-data/.xcatha/pair", "s/^pair: .*/pair: theirs/"),
    said: /It bears the marker of 'theirs'.*Nothing was changed/,
  },
  {
    name: "it is read-only",
    make: byCommand("mount -o remount,bind,ro /HA-data", "mount -o remount,bind,rw /HA-data"),
    said: /\/HA-data cannot be written to/,
  },
  {
    name: "the data is on another database",
    make: async ({ lab }) => {
      const file = join(lab.sharedDirectory, "etc/xcat/cfgloc");
      await rename(file, `${file}.gone`);
      return () => rename(`${file}.gone`, file);
    },
    said: /holds xCAT on 'sqlite', and these playbooks were generated for postgresql/,
  },
  {
    name: "xCAT's versions differ",
    make: byFile("/var/lib/dpkg/status", "/^Package: xcat$/,/^$/s/^Version: .*/Version: 9.9-1/"),
    said: /host2 has xCAT 9\.9-1, but 2\.19\.0-\w+ is what the pair was last served with.*Nothing was changed/,
  },
  {
    name: "the platform is not the model's",
    make: byFile(
      "/usr/lib/os-release",
      's/^ID=.*/ID=ubuntu/; s/^PRETTY_NAME=.*/PRETTY_NAME="Ubuntu 24.04 LTS"/',
    ),
    said: /This is Ubuntu 24\.04 LTS; the playbooks were generated for Debian/,
    run: ["setup.yml"],
  },
  {
    name: "the NIC does not exist",
    // The settings are brought in step before they are looked at.
    make: byFile("/etc/xcatha/host.conf", "s/NIC=.*/NIC=eth7/"),
    said: /There is no NIC eth7/,
    run: ["activate.yml", "--limit", "host2", "-e", "xcatha_nic=eth7"],
  },
  {
    name: "the virtual hostname resolves elsewhere",
    make: byFile("/etc/hosts", `s/^${ADDRESSES.virtual} /10.9.9.9 /`),
    said: /xcatmn\.lab\.example\.com resolves to '10\.9\.9\.9', not to 10\.77\.0\.10: run standby\.yml/,
  },
  {
    name: "SELinux enforces",
    // systemd does not find its control groups again where they were: the host starts anew.
    make: async ({ host2 }) => {
      await host2.ask(SELINUX);
      return async () => {
        await host2.crash();
        await host2.boot();
      };
    },
    said: /SELinux enforces, and .*semanage fcontext .*restorecon/,
  },
  {
    name: "AppArmor enforces",
    make: byCommand(APPARMOR, "umount /sys/kernel/security"),
    said: /AppArmor enforces .* does not name \/HA-data: let it read and write/,
  },
  {
    name: "the clocks are apart",
    make: byCommand(DATE, "rm /usr/local/bin/date"),
    said: /The clocks of host2 and host1 are at least (5\d|60) s apart.*chronyc tracking/,
  },
  {
    name: "a failover is to go to no host of the pair",
    make: nothing,
    said: /xcatha_to and xcatha_fenced each name one of them: host1 or host2\. Nothing was changed/,
    run: ["failover.yml", "-e", "xcatha_to=host3"],
  },
  {
    name: "a failover is limited to one host",
    make: nothing,
    said: /A failover needs both hosts of the pair \S+, so run it without --limit/,
    run: ["failover.yml", "--limit", "host2"],
  },
  {
    name: "a failover is begun in the middle",
    make: nothing,
    said: /This run decided nothing, and so did nothing.*Run failover\.yml as a whole/,
    run: ["failover.yml", "--start-at-task", "Deactivate"],
  },
  {
    name: "no inventory names a pair",
    make: nothing,
    said: /No inventory was read that names a pair.*in the folder that has this playbook/,
    run: ["activate.yml", "-i", "localhost,"],
  },
];

describe.sequential("an activation is refused, and changes nothing, when", () => {
  let ready: ReadyPair;
  let ends: (() => void)[] = [];

  beforeAll(async () => {
    ready = await ReadyPair.boot("refusals", (end) => ends.push(end));
    await ready.play("deactivate.yml", "--limit", "host1");
  });
  afterAll(() => {
    for (const end of ends) end();
    ends = [];
  });

  const both = async () =>
    (await Promise.all([ready.host1, ready.host2].map((host) => footprintOf(host)))).flat();

  for (const { name, make, said, run } of reasons) {
    const [playbook, ...args] = run ?? ["activate.yml", "--limit", "host2"];
    scenario(name, async () => {
      const back = await make(ready);
      try {
        const [before, owner] = [await both(), ready.owner()];
        expect(await ready.refused(playbook, ...args)).toMatch(said);
        expect(differenceOf(before, await both())).toEqual([]);
        expect(ready.owner()).toEqual(owner);
      } finally {
        await back();
      }
    });
  }

  scenario("none of it, once it is mended: host2 serves", async () => {
    await ready.play("activate.yml", "--limit", "host2");
    await ready.expectPair(ready.host2, ready.host1);
  });
});

describe("an activation is refused, and changes nothing, while", () => {
  scenario("the peer is active, and when only the record names it", async ({ onTestFinished }) => {
    const peer = await ReadyPair.start("refusals-peer", onTestFinished);
    const { host1, host2 } = peer;
    const refuse = async (said: RegExp) => {
      const [before, owner] = [await footprintOf(host2), peer.owner()];
      expect(await peer.refused("activate.yml", "--limit", "host2")).toMatch(said);
      expect(differenceOf(before, await footprintOf(host2))).toEqual([]);
      expect(peer.owner()).toEqual(owner);
    };
    await refuse(
      /host1 is still active: it holds the virtual IP.*To move the service: ansible-playbook failover\.yml/,
    );
    await peer.expectServes(host1);
    await host1.crash();
    await refuse(
      /The owner record .* names 'host1'.*host1 does not answer.*-e xcatha_fenced=host1/,
    );
    await host1.boot();
    await refuse(
      /names 'host1'.*host1 answers: run ansible-playbook deactivate\.yml --limit host1 first/,
    );
  });
});
