import { afterAll, beforeAll, describe, expect } from "vitest";
import { poll } from "./harness/command.js";
import { ADDRESSES } from "./harness/network.js";
import { VIRTUAL_HOSTNAME } from "./pair.js";
import { ReadyPair, saidBy } from "./ready-pair.js";
import { scenario } from "./selection.js";

/** Something that is wrong on a host of a pair that otherwise serves. */
interface Fault {
  readonly name: string;
  readonly host: "host1" | "host2";
  readonly make: string;
  readonly mend: string;
  readonly said: RegExp;
}

const on1 = (name: string, make: string, mend: string, said: RegExp): Fault => ({
  name,
  host: "host1",
  make,
  mend,
  said,
});

const XCATD = "$(systemctl show -P MainPID xcatd)";
const POSTGRES = "$(systemctl show -P MainPID postgresql@15-main)";

const faults: readonly Fault[] = [
  on1(
    "dhcpd was killed, which its unit does not notice",
    "pkill -KILL -x dhcpd; ! pgrep -x dhcpd; systemctl is-active isc-dhcp-server",
    "systemctl restart isc-dhcp-server",
    /FAULT: host1 is active, but isc-dhcp-server does not run: ansible-playbook activate\.yml --limit host1/,
  ),
  on1(
    "xcatd was stopped by a signal",
    `kill -STOP ${XCATD}; systemctl is-active xcatd`,
    `kill -CONT ${XCATD}`,
    /FAULT: host1 is active, but xcatd does not answer \(stopped by SIGSTOP\)/,
  ),
  on1(
    "the database was stopped by a signal",
    `kill -STOP ${POSTGRES}; systemctl is-active postgresql@15-main`,
    `kill -CONT ${POSTGRES}`,
    /FAULT: host1 is active, but postgresql@15-main does not answer \(stopped by SIGSTOP\)/,
  ),
  on1(
    "named serves other zones",
    "cp -p /etc/bind/named.conf /run/kept; echo 'options { directory \"/var/cache/bind\"; };' > /etc/bind/named.conf; systemctl restart named",
    "cp -p /run/kept /etc/bind/named.conf; systemctl restart named",
    /FAULT: host1 is active, but named does not serve the zone lab\.example\.com/,
  ),
  on1(
    "the web server was stopped by a signal",
    "pkill -STOP -x apache2; systemctl is-active apache2",
    "pkill -CONT -x apache2",
    /FAULT: host1 is active, but apache2 does not answer on 10\.77\.0\.10:80/,
  ),
  on1(
    "the virtual IP was taken away",
    `systemctl stop xcatha-hold; ip address del ${ADDRESSES.virtual}/24 dev eth0`,
    `ip address add ${ADDRESSES.virtual}/24 dev eth0; systemctl start xcatha-hold`,
    /FAULT: host1 is active, but does not hold the virtual IP 10\.77\.0\.10/,
  ),
  on1(
    "its hostname was changed",
    "systemctl stop xcatha-hold; hostname host1",
    `hostname ${VIRTUAL_HOSTNAME}; systemctl start xcatha-hold`,
    /FAULT: host1 is active, but its hostname is host1, not xcatmn/,
  ),
  on1(
    "a link is missing",
    "rm /root/.xcat; mkdir /root/.xcat",
    "rmdir /root/.xcat; ln -s /HA-data/root/.xcat /root/.xcat",
    /FAULT: host1 is active, but its \/root\/\.xcat is not the one on the shared data/,
  ),
  {
    name: "the standby does not see the shared data",
    host: "host2",
    make: "mkdir /run/kept; mount --bind /HA-data /run/kept; umount /HA-data",
    mend: "mount --bind /run/kept /HA-data; umount /run/kept; rmdir /run/kept",
    said: /FAULT: host2 could not take over now: it does not see the pair's shared data/,
  },
  {
    name: "the standby's clock is a minute ahead",
    host: "host2",
    make: `printf '#!/bin/sh\\n[ "$*" = +%%s ] && echo $(($(/bin/date +%%s) + 60)) || exec /bin/date "$@"\\n' > /usr/local/bin/date
      chmod +x /usr/local/bin/date`,
    mend: "rm /usr/local/bin/date",
    said: /FAULT: The clocks of host1 and host2 are at least (5\d|6\d) s apart/,
  },
  {
    name: "the standby has another version of a package",
    host: "host2",
    make: "cp -p /var/lib/dpkg/status /run/kept; sed -i '/^Package: bind9$/,/^$/s/^Version: .*/Version: 9:9/' /var/lib/dpkg/status",
    mend: "cp -p /run/kept /var/lib/dpkg/status",
    said: /Left to do: The hosts have different packages: host1 has bind9=1:\S+; host2 has bind9=9:9\. Install the same on both\./,
  },
  {
    name: "the standby has other programs of xcatha",
    host: "host2",
    make: "echo >> /usr/local/libexec/xcatha/kit.py",
    mend: "sed -i '$ d' /usr/local/libexec/xcatha/kit.py",
    said: /Left to do: host2 has other programs of xcatha than these playbooks: ansible-playbook standby\.yml --limit host2/,
  },
];

describe.sequential("status.yml tells, and ends with an error unless it can wait, when", () => {
  let ready: ReadyPair;
  let ends: (() => void)[] = [];

  beforeAll(async () => {
    ready = await ReadyPair.start("status-faults", (end) => ends.push(end));
    expect(saidBy(await ready.play("status.yml"))).toMatch(
      /host1 is active.*host2 could take over now\.", "?Nothing is wrong|host2 could take over now\..*Nothing is wrong\./,
    );
  });
  afterAll(() => {
    for (const end of ends) end();
    ends = [];
  });

  for (const { name, host, make, mend, said } of faults) {
    scenario(name, async () => {
      await ready[host].ask(`set -e; ${make}`);
      try {
        const run = await ready.pair.run("status.yml");
        expect(saidBy(run)).toMatch(said);
        expect(saidBy(run)).not.toContain("Nothing is wrong");
        expect(run.code === 0).toBe(said.source.startsWith("Left to do"));
      } finally {
        await ready[host].ask(`set -e; ${mend}`);
      }
    });
  }

  scenario(
    "what no longer answers is mended by activate.yml, though systemd says active",
    async () => {
      const { host1 } = ready;
      await host1.ask(
        "set -e; pkill -KILL -x dhcpd; pkill -STOP -x apache2; for one in $(cat $(find /sys/fs/cgroup -path '*/xcatd.service/cgroup.procs')); do kill -STOP $one; done; grep -q '^State:.*stopped' /proc/$(systemctl show -P MainPID xcatd)/status",
      );
      const since = await host1.ask("date +%s");
      await ready.play("activate.yml", "--limit", "host1");
      await ready.expectServes(host1);
      const log = await host1.ask(`journalctl -q -u xcatd --since @${since}`);
      expect(log).not.toMatch(/timed out|SIGKILL/);
    },
  );

  scenario("none of it: all was mended", async () => {
    expect(saidBy(await ready.play("status.yml"))).toContain("Nothing is wrong.");
  });

  scenario(
    "the standby cannot be asked: as not known, with the reason, and no advice",
    async () => {
      await ready.host2.cutCable();
      const said = await ready.refused("status.yml");
      await ready.host2.plugCable();
      expect(said).toMatch(/host2: not known: .*ssh: connect to host 10\.77\.0\.12/);
      expect(said).toMatch(/NOT KNOWN: host2 cannot be asked: .*ssh/);
      expect(said).toContain("host1 is active");
    },
  );

  scenario("the active host cannot be asked: not that nobody is active", async () => {
    await ready.host1.cutCable();
    const said = await ready.refused("status.yml");
    await ready.host1.plugCable();
    expect(said).toContain("which host is active is not known");
    expect(said).toContain("the owner record names host1");
    expect(said).not.toMatch(/no host is active|ansible-playbook activate/i);
  });

  scenario("nobody serves", async () => {
    await ready.play("deactivate.yml", "--limit", "host1");
    expect(await ready.refused("status.yml")).toContain(
      "NOBODY SERVES: No host is active: ansible-playbook activate.yml --limit HOST",
    );
  });
});

/** What perl-xcat's postrm does on an upgrade: an xcatd past systemd, in the caller's control group. */
const RESTARTXCATD =
  "setsid /opt/xcat/sbin/xcatd < /dev/null > /dev/null 2>&1; pgrep -f '/opt/xcat/sbin/xcatd|^xcatd'";
/** On a standby it would end at once: it finds no tables. */
const SHOW_TABLES = "mv /etc/xcat/cfgloc /root/cfgloc";

describe("an xcatd that was started past systemd on the standby", () => {
  scenario(
    "is told as running, ended by standby.yml, and then by itself; a failover works",
    async (context) => {
      const ready = await ReadyPair.start("status-stray", context.onTestFinished);
      const { host1, host2 } = ready;
      await host2.ask(`systemctl stop xcatha-stray.path; ${SHOW_TABLES}`);
      await host2.ask(RESTARTXCATD);
      const said = await ready.refused("status.yml");
      expect(said).toMatch(
        /BROKEN RULE: host2 runs services of the pair without being active: xcatd past systemd, process \d+/,
      );
      expect(said).toContain("ansible-playbook deactivate.yml --limit host2");
      expect(await ready.refused("activate.yml", "--limit", "host2")).toMatch(
        /host1 is still active/,
      );
      await ready.play("standby.yml", "--limit", "host2");
      await ready.expectPair(host1, host2);
      expect((await host2.exec("ss -Hltn '( sport >= 3001 and sport <= 3003 )'")).stdout).toBe("");
      expect(saidBy(await ready.play("status.yml"))).toContain("Nothing is wrong.");

      await host2.ask(`${SHOW_TABLES}; ${RESTARTXCATD}; true`);
      await poll("the xcatd that nobody knows to be ended", 30, async () => {
        const { stdout } = await host2.exec("ss -Hltn '( sport >= 3001 and sport <= 3003 )'");
        const { code } = await host2.exec("pgrep -f '/opt/xcat/sbin/xcatd|^xcatd'");
        return stdout === "" && code === 1 ? true : undefined;
      });
      await ready.play("failover.yml");
      await ready.expectPair(host2, host1);
    },
  );
});

describe("certificates that xcatconfig -c renewed on the active host", () => {
  const VERIFY = (directory: string) =>
    `openssl verify -CAfile /HA-data/etc/xcat/ca/ca-cert.pem ${directory}/client-cert.pem`;

  scenario(
    "are told, are on the shared data before anything stops, and serve after a failover",
    async (context) => {
      const ready = await ReadyPair.start("status-renewed", context.onTestFinished);
      const { host1, host2 } = ready;
      // Of a link, the real one takes the link away.
      await host1.ask(
        "rm /root/.xcat; PATH=/opt/xcat/sbin:/opt/xcat/bin:$PATH xcatconfig -c < /dev/null",
      );
      await host1.ask("test -d /root/.xcat -a ! -L /root/.xcat");
      expect((await host1.exec(VERIFY("/HA-data/root/.xcat"))).code).not.toBe(0);
      const said = await ready.refused("status.yml");
      expect(said).toContain(
        "host1 is active, but its /root/.xcat is not the one on the shared data",
      );

      await ready.play("failover.yml");
      await ready.expectPair(host2, host1);
      await host2.ask(VERIFY("/root/.xcat"));
      expect(saidBy(await ready.play("status.yml"))).toContain("Nothing is wrong.");
      // What stood there before is kept.
      expect(await host2.ask("ls -d /HA-data/root/.xcat.xcatha-*")).toContain(
        "/HA-data/root/.xcat.xcatha-",
      );
    },
  );

  scenario("are brought over by activate.yml as well, which stops nothing", async (context) => {
    const ready = await ReadyPair.start("status-again", context.onTestFinished);
    const { host1, host2 } = ready;
    const main = () => host1.ask("systemctl show -P MainPID postgresql@15-main");
    await host1.ask(
      "rm /root/.xcat; PATH=/opt/xcat/sbin:/opt/xcat/bin:$PATH xcatconfig -c < /dev/null",
    );
    const before = await main();
    await ready.play("activate.yml", "--limit", "host1");
    expect(await main()).toBe(before);
    await ready.expectPair(host1, host2);
    await host1.ask(VERIFY("/root/.xcat"));
  });
});
