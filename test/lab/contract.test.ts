import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type CommandResult, poll } from "./harness/command.js";
import type { Host } from "./harness/host.js";
import { createLab, type Lab } from "./harness/lab.js";
import { ADDRESSES } from "./harness/network.js";
import { REAL_XCAT } from "./harness/paths.js";
import { VIRTUAL_HOSTNAME } from "./pair.js";

/** Commands of xCAT's are found by absolute path or with this: nothing else puts them on the way. */
const XCAT = "export PATH=/opt/xcat/bin:/opt/xcat/sbin:$PATH XCATROOT=/opt/xcat;";
const INSTALL = "apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq";
const DOMAIN = "lab.example.com";
const PASSWORD = "Contract5Secret";
const NETWORK = "10_77_0_0-255_255_255_0";
const SAID_BY_CHDEF = "1 object definitions have been created or modified.";

// What the playbooks rely on of xCAT, the same on the stand-in and on xCAT's own packages (XCATHA_LAB_XCAT): a
// difference is a fault of the stand-in. One story in order: each test starts where the one before ended.
describe.sequential("xCAT on a management node", () => {
  let lab: Lab;
  let host: Host;

  /** Runs commands with xCAT's environment and nothing in standard input; 124 is the code of what did not end. */
  const call = (commands: string, seconds = 60): Promise<CommandResult> =>
    host.exec(
      `${XCAT} timeout -k 1 ${seconds} bash -c "$(cat <<'EOC'\n${commands}\nEOC\n)" < /dev/null`,
      {
        timeoutSeconds: seconds + 30,
      },
    );

  /** As `call`, of commands that have to succeed; gives what they printed. */
  async function ask(commands: string, seconds = 60): Promise<string> {
    const { code, stdout, stderr } = await call(commands, seconds);
    expect(code, `${commands}\n${stdout}${stderr}`).toBe(0);
    return stdout.trimEnd();
  }

  const said = ({ stdout, stderr }: CommandResult): string => `${stdout}${stderr}`;
  const xcatdAnswers = () =>
    poll("xcatd answers", 60, async () =>
      (await call("lsxcatd -v", 10)).code === 0 ? true : undefined,
    );
  const unit = (property: string) => ask(`systemctl show -P ${property} xcatd`);

  beforeAll(async () => {
    lab = await createLab({
      id: REAL_XCAT === undefined ? "contract-it" : "contract-real",
      hosts: ["host1"],
      root: "services",
    });
    host = lab.host("host1");
    await host.ask(`hostname ${VIRTUAL_HOSTNAME}
      ip address add ${ADDRESSES.virtual}/24 dev eth0
      sed -i '/^127.0.1.1/d' /etc/hosts
      echo '${ADDRESSES.virtual} ${VIRTUAL_HOSTNAME} xcatmn' >> /etc/hosts
      echo '${host.address} host1.${DOMAIN} host1' >> /etc/hosts`);
  });
  afterAll(() => lab.destroy());

  describe("its installation", () => {
    test("ends well, starts xcatd, and enables what it needs", async () => {
      await host.ask(`${INSTALL} xcat`, { timeoutSeconds: 900 });
      expect(await ask("systemctl is-active xcatd apache2")).toBe("active\nactive");
      expect(await ask("systemctl is-enabled xcatd named apache2")).toBe(
        "enabled\nenabled\nenabled",
      );
    });

    test("brings nfs-kernel-server as a dependency, and Kea as a recommendation", async () => {
      for (const name of ["nfs-kernel-server", "kea-dhcp4-server", "kea-ctrl-agent"]) {
        expect(await ask(`dpkg --status ${name}`), name).toContain("Status: install ok installed");
      }
    });

    test("leaves xCAT's data where the playbooks share it", async () => {
      await ask(`cd /etc/xcat && ls site.sqlite ca/ca-cert.pem cert/server-cred.pem hostkeys/ssh_host_rsa_key
        ls /root/.xcat/client-cred.pem /root/.xcat/ca.pem /root/.ssh/id_rsa /tftpboot
        ls /install/postscripts/syslog /etc/xCATMN /etc/profile.d/xcat.sh /usr/sbin/xcatd`);
      expect(await ask("stat -c %a /etc/xcat/site.sqlite")).toBe("600");
      expect(await ask("grep -cE '^/(tftpboot|install) ' /etc/exports")).toBe("2");
      expect((await host.exec("ls /etc/xcat/cfgloc")).code).not.toBe(0);
    });

    test("puts no command on the usual path", async () => {
      expect((await host.exec("command -v lsxcatd tabdump chdef")).code).not.toBe(0);
    });

    test("takes domain, master and name server from the hostname", async () => {
      const rows = await ask("tabdump site");
      expect(rows.split("\n")[0]).toBe("#key,value,comments,disable");
      for (const row of [
        `"domain","${DOMAIN}",,`,
        `"master","${ADDRESSES.virtual}",,`,
        `"nameservers","${ADDRESSES.virtual}",,`,
        '"xcatdport","3001",,',
      ]) {
        expect(rows.split("\n")).toContain(row);
      }
    });

    test("makes certificates for the hostname of now, which the policy trusts", async () => {
      const certificate = "openssl x509 -in /etc/xcat/cert/server-cert.pem -noout";
      expect(await ask(`${certificate} -subject`)).toBe(`subject=CN = ${VIRTUAL_HOSTNAME}`);
      expect(await ask(`${certificate} -ext subjectAltName`)).toContain(
        `DNS:${VIRTUAL_HOSTNAME}, DNS:xcatmn`,
      );
      expect(await ask("tabdump policy")).toContain(`"1.2","${VIRTUAL_HOSTNAME}",,,,,,"trusted",,`);
    });
  });

  describe("its clients", () => {
    const leftBy = (command: string, environment: string) =>
      ask(`printf 'first\\nsecond\\n' | { ${environment} bash -c '${command}' > /dev/null; cat; }`);

    test.each([
      "tabdump site",
      "lsxcatd -d",
      "lsdef -t site -i domain",
      "gettab key=domain site.value",
      "nodels",
      "chdef -t site domain=lab.example.com",
      "makehosts",
      "makenetworks",
      "makeconservercf",
      "XCATBYPASS=1 tabdump site",
    ])("%s reads its standard input to the end", async (command) => {
      for (const environment of ["env -u TERM", "env TERM=vt100"]) {
        expect(await leftBy(command, environment), environment).toBe("");
      }
    });

    test("chtab alone leaves its standard input to others", async () => {
      expect(await leftBy("chtab key=contract site.value=1", "env -u TERM")).toBe("first\nsecond");
    });

    test("wait for a silent standard input without TERM, and not for a closed one", async () => {
      const seconds = async (input: string): Promise<number> =>
        Number(
          await ask(
            `start=$EPOCHREALTIME; env -u TERM nodels ${input}; end=$EPOCHREALTIME; echo $(( (\${end/./} - \${start/./}) / 1000 ))`,
          ),
        );
      const closed = await seconds("< /dev/null");
      const silent = await seconds("< <(sleep 5)");
      expect(silent - closed).toBeGreaterThan(700);
    });

    test("tell the version, the kind of node and the database", async () => {
      expect(await ask("lsxcatd -v")).toMatch(/^Version \d+\.\d+\.\d+ \(git commit [^)]+\)$/);
      expect(await ask("lsxcatd -d")).toBe("dbengine=SQLite");
      expect(await ask("lsxcatd -a | tail -2")).toBe("This is a Management Node\ndbengine=SQLite");
    });

    test("chdef says the same whether it changed something or not", async () => {
      const change = `chdef -t site nameservers=${ADDRESSES.virtual}`;
      expect(await ask(change)).toBe(SAID_BY_CHDEF);
      expect(await ask(change)).toBe(SAID_BY_CHDEF);
      expect(await ask("chdef -t site dhcpbackend=isc")).toBe(SAID_BY_CHDEF);
      expect(await ask("lsdef -t site -i domain,nameservers")).toBe(
        `Object name: clustersite\n    domain=${DOMAIN}\n    nameservers=${ADDRESSES.virtual}`,
      );
    });

    test("chtab says nothing, gettab gives the value alone, and an empty one is the absence", async () => {
      expect(await ask("chtab key=contract site.value=2")).toBe("");
      expect(await ask("gettab key=contract site.value")).toBe("2");
      expect(await ask("chtab -d key=contract site")).toBe("");
      expect(await ask("gettab key=contract site.value")).toBe("");
    });

    test("lsdef of what is not there ends with 1", async () => {
      const none = await call("lsdef nosuchnode");
      expect(none.code).toBe(1);
      expect(said(none)).toContain("Could not find an object named 'nosuchnode' of type 'node'.");
    });

    test("mkdef makes nodes, in each of their tables, and nodels lists them", async () => {
      await ask(`mkdef -t node cn1 groups=all ip=10.77.0.51 mac=02:00:00:00:01:51
        mkdef -t node cn2 groups=all ip=10.77.0.52 mac=02:00:00:00:01:52`);
      expect(await ask("nodels")).toBe("cn1\ncn2");
      expect(await ask("tabdump nodelist")).toMatch(
        /^#node,groups,.*\n"cn1","all",.*\n"cn2","all",/,
      );
      expect(await ask("tabdump hosts")).toContain('"cn1","10.77.0.51"');
      expect(await ask("tabdump mac")).toContain('"cn1",,"02:00:00:00:01:51"');
      expect(await ask("rmdef -t node cn2 && nodels")).toContain("cn1");
      expect(await ask("nodels")).toBe("cn1");
    });

    test("tabdump alone lists the tables", async () => {
      const tables = (await ask("tabdump")).split("\n");
      for (const table of ["auditlog", "networks", "nodelist", "noderes", "policy", "site"]) {
        expect(tables).toContain(table);
      }
    });

    test("makehosts writes the short name first", async () => {
      await ask("makehosts");
      expect((await ask("grep cn1 /etc/hosts")).trimEnd()).toBe(`10.77.0.51 cn1 cn1.${DOMAIN}`);
    });

    test("a network is found and changed by its name", async () => {
      expect(await ask("tabdump networks")).toContain(
        `"${NETWORK}","10.77.0.0","255.255.255.0","eth0",`,
      );
      expect(await ask(`lsdef -t network -o ${NETWORK} -i tftpserver`)).toContain(
        "tftpserver=<xcatmaster>",
      );
    });
  });

  describe("its network services", () => {
    const nextServer = () =>
      ask("grep -o 'next-server.*' /etc/dhcp/dhcpd.conf | tr -s ' ' | sort -u");

    test("makedns -n writes named's configuration anew, under the hostname of now, and starts it", async () => {
      expect(await ask("makedns -n", 200)).toMatch(/\nDNS setup is completed$/);
      expect(await ask("systemctl is-active named")).toBe("active");
      expect(await ask("grep -c xcat_key /etc/bind/named.conf")).not.toBe("0");
      expect(await ask(`dig +short @127.0.0.1 ${DOMAIN} SOA`)).toMatch(
        new RegExp(`^${VIRTUAL_HOSTNAME}\\. `),
      );
      expect(await ask(`dig +short @127.0.0.1 cn1.${DOMAIN}`)).toBe("10.77.0.51");
      await ask("systemctl stop named; makedns", 200);
      expect(await ask("systemctl is-active named")).toBe("active");
    });

    test("makedhcp -n names the host itself where a network has no server of its own", async () => {
      await ask("makedhcp -n", 120);
      expect(await ask("systemctl is-active isc-dhcp-server")).toBe("active");
      expect(await nextServer()).toBe(`next-server ${host.address};`);
      await ask("ls /etc/dhcp/dhcpd.conf.xcatbak");
      expect(await ask(`chdef -t network -o ${NETWORK} tftpserver=${ADDRESSES.virtual}`)).toBe(
        SAID_BY_CHDEF,
      );
      await ask("makedhcp -n", 120);
      expect(await nextServer()).toBe(`next-server ${ADDRESSES.virtual};`);
    });

    test("makedhcp -a makes the reservations, and refuses where dhcpd is stopped", async () => {
      await ask("makedhcp -a", 120);
      expect(await ask("grep -c 02:00:00:00:01:51 /var/lib/dhcp/dhcpd.leases")).not.toBe("0");
      const refused = await call("systemctl stop isc-dhcp-server; makedhcp -a");
      expect(refused.code).toBe(1);
      expect(said(refused)).toMatch(/dhcp server is not running\. +please start the dhcp server/);
    });

    test("consoles: nothing without a node that has one; then /etc/conserver.cf, and goconserver's is missed", async () => {
      await ask("rm -f /etc/conserver.cf; makeconservercf && makegocons");
      await ask("chdef cn1 mgt=ipmi cons=ipmi bmc=10.77.0.61");
      await ask("makeconservercf");
      expect(await ask("grep -c 'console cn1 {' /etc/conserver.cf")).toBe("1");
      const none = await call("makegocons");
      expect(none.code).toBe(1);
      expect(said(none)).toContain("goconserver is not installed");
      await ask("chdef cn1 cons= mgt=");
    });
  });

  describe("xcatd", () => {
    const listening = () => ask("ss -Hltnu | awk '{print $1, $5}'");

    test("is a forking unit that comes back, has no order after a database, and takes ten minutes to start", async () => {
      expect(await unit("Type")).toBe("forking");
      expect(await unit("PIDFile")).toBe("/run/xcatd.pid");
      expect(await unit("Restart")).toBe("on-failure");
      expect(await unit("TimeoutStartUSec")).toBe("10min");
      expect(await unit("TimeoutStopUSec")).toBe("30s");
      expect(await unit("KillMode")).toBe("mixed");
      expect(await unit("After")).not.toMatch(/postgres|maria|mysql/);
    });

    test("listens on its ports, and runs a tftp server inside its unit", async () => {
      const ports = await listening();
      expect(ports).toMatch(/^tcp (0\.0\.0\.0|\*):3001$/m);
      expect(ports).toMatch(/^udp (0\.0\.0\.0|\*):3001$/m);
      expect(ports).toMatch(/^tcp (0\.0\.0\.0|\*):3002$/m);
      expect(ports).toMatch(/^tcp 127\.0\.0\.1:3003$/m);
      expect(await ask("cat /proc/$(pgrep -o in.tftpd)/cgroup")).toContain("xcatd.service");
    });

    test("stopped: clients end with 111 and say so; XCATBYPASS reads the tables", async () => {
      await ask("systemctl stop xcatd");
      expect(await listening()).not.toMatch(/:300[123]$/m);
      const refused = await call("nodels");
      expect(refused.code).toBe(111);
      expect(said(refused)).toContain(
        "Unable to open socket connection to xcatd daemon on localhost:3001.",
      );
      const past = await ask("XCATBYPASS=1 tabdump nodelist");
      expect(past).toContain('"cn1","all"');
      // Before its own output, on standard output: plugins whose libraries are missing.
      expect(past).toMatch(/^(Error loading module .*\.\.\.skipping\n)*#node,/);
      await ask("systemctl start xcatd && nodels");
    });

    test("killed, comes back by itself", async () => {
      const before = await unit("MainPID");
      await ask(`kill -9 ${before}`);
      await poll("xcatd is back", 30, async () => {
        const now = (await call("systemctl show -P MainPID xcatd")).stdout.trim();
        return now !== "0" && now !== before && (await call("nodels", 5)).code === 0
          ? true
          : undefined;
      });
    });

    test("that stands still is active for systemd, lets clients wait, and goes on", async () => {
      await ask("kill -STOP $(systemctl show -P MainPID xcatd)");
      expect((await call("tabdump site", 3)).code).toBe(124);
      expect(await ask("systemctl is-active xcatd")).toBe("active");
      await ask("kill -CONT $(systemctl show -P MainPID xcatd)");
      await ask("tabdump site");
    });

    test("restartxcatd starts it past its unit", async () => {
      await ask("systemctl stop xcatd");
      expect(await ask("restartxcatd")).toMatch(/Restarting xCATd .*OK/);
      expect((await call("systemctl is-active xcatd")).stdout.trim()).not.toBe("active");
      expect(await ask("nodels")).toBe("cn1");
      expect(await ask("cat /proc/$(cat /run/xcatd.pid)/cgroup")).not.toContain("xcatd.service");
      await ask("kill $(cat /run/xcatd.pid)");
      await poll("the ports are free", 30, async () =>
        (await listening()).includes(":3001") ? undefined : true,
      );
      await ask("systemctl start xcatd && nodels");
    });

    test("on empty tables dies, after it has made their files", async () => {
      await ask(`systemctl stop xcatd
        mkdir /root/aside && mv /etc/xcat/*.sqlite /root/aside/`);
      const start = await call("timeout 60 systemctl start xcatd", 90);
      expect(start.code).not.toBe(0);
      expect(await ask("journalctl -u xcatd --no-pager | grep -c 'Need xcatdport'")).not.toBe("0");
      expect(await ask("ls /etc/xcat/site.sqlite")).toBe("/etc/xcat/site.sqlite");
      // XCATBYPASS takes what stands in /etc/xcat for xCAT.
      expect(await ask("XCATBYPASS=1 tabdump nodelist")).not.toContain("cn1");
      await ask(`systemctl stop xcatd; rm -f /etc/xcat/*.sqlite; mv /root/aside/*.sqlite /etc/xcat/
        systemctl reset-failed xcatd; systemctl start xcatd`);
      expect(await ask("nodels")).toBe("cn1");
    });
  });

  describe("its certificates", () => {
    test("xcatconfig -c makes a new authority for the hostname of now, and takes the link /root/.xcat away", async () => {
      await ask(`mkdir -p /srv/shared && mv /root/.xcat /srv/shared/xcat && ln -s /srv/shared/xcat /root/.xcat
        cp /etc/xcat/ca/ca-cert.pem /root/ca-before.pem
        hostname renamed.${DOMAIN}
        echo '10.77.0.77 renamed.${DOMAIN} renamed' >> /etc/hosts
        xcatconfig -c`);
      expect((await call("test -L /root/.xcat")).code).toBe(1);
      await ask("ls /root/.xcat/client-cred.pem /srv/shared/xcat/client-cred.pem");
      const certificate = "openssl x509 -in /etc/xcat/cert/server-cert.pem -noout";
      expect(await ask(`${certificate} -subject`)).toBe(`subject=CN = renamed.${DOMAIN}`);
      expect((await call("cmp /root/ca-before.pem /etc/xcat/ca/ca-cert.pem")).code).toBe(1);
      await xcatdAnswers();
      const policy = await ask("tabdump policy");
      expect(policy).toContain(`"1.2","renamed.${DOMAIN}",,,,,,"trusted",,`);
      expect(policy).not.toContain(`"${VIRTUAL_HOSTNAME}"`);
      // The old credentials do not verify any more.
      const old = await call(
        "cp -a /root/.xcat /root/new && cp -f /srv/shared/xcat/* /root/.xcat/ && nodels; code=$?; cp -f /root/new/* /root/.xcat/; exit $code",
      );
      expect(old.code).not.toBe(0);
      expect(await ask("nodels")).toBe("cn1");
      expect(await ask("tabdump site")).toContain(`"master","${ADDRESSES.virtual}"`);
    });
  });

  describe("its database", () => {
    const CFGLOC = `Pg:dbname=xcatdb;host=${ADDRESSES.virtual}|xcatadm|${PASSWORD}`;
    const write = (text: string) => ask(`(umask 077; printf '%s' '${text}' > /etc/xcat/cfgloc)`);

    test("dumpxCATdb writes every table but the logs; its restore reads them", async () => {
      await ask("dumpxCATdb -p /root/dump", 300);
      const tables = (await ask("tabdump")).split("\n");
      const files = (await ask("cd /root/dump && ls *.csv")).split("\n");
      const kept = tables.filter((table) => !["auditlog", "eventlog"].includes(table));
      expect(files).toEqual(expect.arrayContaining(kept.map((table) => `${table}.csv`)));
      expect(await ask("cat /root/dump/nodelist.csv")).toBe(await ask("tabdump nodelist"));
    });

    test("pgsqlsetup without xCAT's path finds no dumpxCATdb, and does nothing", async () => {
      const { code, stdout, stderr } = await host.exec(
        `XCATROOT=/opt/xcat XCATPGPW=${PASSWORD} timeout 60 /opt/xcat/bin/pgsqlsetup -i < /dev/null`,
      );
      expect(code).toBe(1);
      expect(stdout + stderr).toContain("dumpxCATdb: not found");
      expect(await ask("nodels")).toBe("cn1");
    });

    test("pgsqlsetup knows no PostgreSQL of Debian's: it ends with 1, with xcatd stopped", async () => {
      expect(await ask("grep -c /usr/lib/postgresql/9.1/bin /opt/xcat/bin/pgsqlsetup")).not.toBe(
        "0",
      );
      const run = await call(`XCATPGPW=${PASSWORD} pgsqlsetup -i -a ${host.address}`, 600);
      expect(run.code, said(run)).toBe(1);
      expect((await call("systemctl is-active xcatd")).stdout.trim()).toBe("inactive");
      expect((await call("ls /etc/xcat/cfgloc")).code).not.toBe(0);
      await ask("systemctl start xcatd && nodels");
    });

    test("an empty cfgloc means SQLite", async () => {
      await ask("systemctl stop xcatd");
      await write("");
      expect(await ask("XCATBYPASS=1 tabdump nodelist")).toContain('"cn1"');
      await ask("rm /etc/xcat/cfgloc");
    });

    test("its steps by hand work: role, database, cfgloc, restore past xcatd, start", async () => {
      await ask(`set -e
        systemctl start postgresql@15-main
        cd /
        runuser -u postgres -- psql -q -c "CREATE ROLE xcatadm LOGIN PASSWORD '${PASSWORD}'"
        runuser -u postgres -- createdb -O xcatadm xcatdb
        echo "listen_addresses = 'localhost,${ADDRESSES.virtual}'" >> /etc/postgresql/15/main/postgresql.conf
        printf 'host all all %s/32 md5\\n' ${ADDRESSES.virtual} ${host.address} >> /etc/postgresql/15/main/pg_hba.conf
        systemctl restart postgresql@15-main`);
      await write(CFGLOC);
      await ask("XCATBYPASS=1 restorexCATdb -p /root/dump", 1000);
      await ask("systemctl start xcatd");
      expect(await ask("lsxcatd -d")).toBe(
        [
          `cfgloc=Pg:dbname=xcatdb;host=${ADDRESSES.virtual}|xcatadm`,
          "dbengine=Pg",
          "dbname=xcatdb",
          `dbhost=${ADDRESSES.virtual}`,
          "dbadmin=xcatadm",
        ].join("\n"),
      );
      expect(await ask("nodels")).toBe("cn1");
      expect(await ask("tabdump nodelist")).toBe(await ask("cat /root/dump/nodelist.csv"));
    });

    test("pgsqlsetup again sees the word Pg in cfgloc, and does nothing", async () => {
      const run = await call(`XCATPGPW=${PASSWORD} pgsqlsetup -i`, 60);
      expect(run.code).toBe(0);
      expect(said(run)).toContain("will not take place");
    });

    test("gone: clients end with 1, XCATBYPASS with 0 and no rows, and xcatd's start waits", async () => {
      await ask("systemctl stop postgresql@15-main");
      const denied = await call("tabdump site", 60);
      expect(denied.code).toBe(1);
      expect(said(denied)).toContain("Permission denied for request");
      // Each of its tables is tried for seconds, which makes minutes on a busy machine.
      const past = await call("XCATBYPASS=1 tabdump site", 300);
      expect(past.code).toBe(0);
      expect(past.stdout).not.toContain('"master"');
      await ask("systemctl stop xcatd", 60);
      expect((await call("systemctl start xcatd", 8)).code).toBe(124);
      expect((await call("systemctl is-active xcatd")).stdout.trim()).toBe("activating");
      await ask("systemctl start postgresql@15-main");
      await xcatdAnswers();
      expect(await ask("nodels")).toBe("cn1");
    });
  });

  describe("an upgrade of its packages", () => {
    const reinstall = (seconds = 300) =>
      host.exec(
        `DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --reinstall $(dpkg-query -W -f '\${Package} ' 'xcat' 'perl-xcat' 2>/dev/null)`,
        { timeoutSeconds: seconds },
      );
    const guard = (unitName: string) =>
      ask(`mkdir -p /etc/systemd/system/${unitName}.service.d
        printf '[Unit]\\nAssertPathExists=/run/allowed\\n' > /etc/systemd/system/${unitName}.service.d/guard.conf
        systemctl daemon-reload`);

    test("keeps rows and certificates, and enables nothing", async () => {
      await ask("systemctl disable -q xcatd named apache2 isc-dhcp-server");
      const [before, policy] = [
        await ask("tabdump site | sort"),
        await ask("tabdump policy | sort"),
      ];
      const run = await reinstall();
      expect(run.code, said(run)).toBe(0);
      await xcatdAnswers();
      expect((await call("systemctl is-enabled xcatd named apache2")).stdout).toBe(
        "disabled\ndisabled\ndisabled\n",
      );
      expect(await ask("tabdump site | sort")).toBe(before);
      expect(await ask("tabdump policy | sort")).toBe(policy);
    });

    test("with a cfgloc that names a folder of no tables: none are read, xcatd does not start, and it ends with 0", async () => {
      await ask(
        `systemctl stop xcatd; kill $(pgrep -f '[s]bin/xcatd|^xcatd'); while ss -Hltn | grep -q ':300[12] '; do sleep 0.2; done
        mv /etc/xcat/cfgloc /root/cfgloc; mkdir /root/none; echo SQLite:/root/none > /etc/xcat/cfgloc`,
      );
      expect((await call("XCATBYPASS=1 tabdump nodelist", 60)).stdout).not.toContain("cn1");
      expect((await call("XCATBYPASS=1 tabdump site", 300)).stdout).not.toContain('"master"');
      const run = await reinstall();
      expect(run.code, said(run)).toBe(0);
      expect((await call("systemctl start xcatd", 60)).code).toBe(1);
      expect((await host.exec("ss -Hltn | grep ':300[12] '")).stdout).toBe("");
      expect((await call("XCATBYPASS=1 tabdump site", 300)).stdout).not.toContain('"master"');
      await ask("systemctl stop xcatd; mv /root/cfgloc /etc/xcat/cfgloc; systemctl start xcatd");
      await xcatdAnswers();
      expect(await ask("tabdump nodelist")).toContain("cn1");
    });

    test("where nothing may start: xcatd runs past its unit all the same, and apt fails at the web server", async () => {
      await ask(
        "systemctl stop xcatd apache2; for p in $(pgrep -x xcatd:); do kill $p; done; true",
      );
      await guard("xcatd");
      await guard("apache2");
      const keys = await ask("sha256sum /etc/xcat/hostkeys/ssh_host_rsa_key");
      const run = await reinstall();
      expect(run.code, said(run)).toBe(100);
      expect(await ask("ss -Hltn | grep -c ':3001 '")).toBe("1");
      expect((await call("systemctl is-active xcatd")).stdout.trim()).not.toBe("active");
      expect(await ask("dpkg --status xcat")).toContain("Status: install ok half-configured");

      // What goes on later installs afresh.
      await ask("touch /run/allowed");
      await ask("dpkg --configure -a", 120);
      expect(await ask("sha256sum /etc/xcat/hostkeys/ssh_host_rsa_key")).not.toBe(keys);
      expect(await ask("tabdump site")).toContain(`"master","${ADDRESSES.virtual}"`);
    });
  });
});
