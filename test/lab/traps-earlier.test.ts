import { afterEach, describe, expect, test } from "vitest";
import { defineNodes, installXcat, setSwitch, tablesOf, xcat } from "./earlier.js";
import { poll } from "./harness/command.js";
import { isPortOpen, resolve } from "./harness/evidence.js";
import type { Host } from "./harness/host.js";
import { createLab, type Lab } from "./harness/lab.js";
import { ADDRESSES } from "./harness/network.js";
import { changesOf, modelOf, NO_CHANGE, Pair, tailOf, VIRTUAL_HOSTNAME } from "./pair.js";
import { saidBy } from "./ready-pair.js";
import { scenarioInFull } from "./selection.js";

/** The password of a database that was there before; the vault has another one. */
const EARLIER = "EarlierSecret7";

/** xCAT moved to a database by hand, at the host's own address. */
const MOVED_BY_HAND = {
  postgresql: `
    set -e
    systemctl start postgresql@15-main
    cd /
    runuser -u postgres -- psql -q -c "CREATE ROLE xcatadm LOGIN PASSWORD '${EARLIER}'"
    runuser -u postgres -- createdb -O xcatadm xcatdb
    echo "listen_addresses = 'localhost,10.77.0.11'" >> /etc/postgresql/15/main/postgresql.conf
    echo 'host all all 10.77.0.11/32 md5' >> /etc/postgresql/15/main/pg_hba.conf
    systemctl restart postgresql@15-main
    systemctl enable -q postgresql
    dumpxCATdb -p /root/moved < /dev/null
    systemctl stop xcatd
    (umask 077; echo 'Pg:dbname=xcatdb;host=10.77.0.11|xcatadm|${EARLIER}' > /etc/xcat/cfgloc)
    XCATBYPASS=1 restorexCATdb -p /root/moved < /dev/null
    systemctl start xcatd
    lsxcatd -d | grep -q '^dbhost=10.77.0.11$'
    mkdef -t node cn4 groups=all
  `,
  mariadb: `
    set -e
    XCATMYSQLADMIN_PW=${EARLIER} XCATMYSQLROOT_PW=${EARLIER} mysqlsetup -i
    lsxcatd -d | grep -q '^dbhost=10.77.0.11$'
    mkdef -t node cn4 groups=all
  `,
};

const AUTHORITY = "sha256sum < /etc/xcat/ca/ca-cert.pem";

type Database = keyof typeof MOVED_BY_HAND;

const PORTS = { postgresql: 5432, mariadb: 3306 };

describe.sequential("xCAT was installed earlier, under the host's own name, with nodes defined", () => {
  let lab: Lab;
  let pair: Pair;
  let host: Host;
  let authority: string;

  async function start(id: string, database: Database = "postgresql"): Promise<void> {
    lab = await createLab({ id, root: "services" });
    host = lab.host("host1");
    pair = new Pair(lab, "2.14");
    await Promise.all([
      pair.generate(modelOf(lab, `database: ${database}\n`)),
      ...lab.hosts.map(installXcat),
    ]);
    authority = await host.ask(AUTHORITY);
    await defineNodes(host);
    const own = host.address;
    await xcat(
      host,
      `chdef -t site nameservers=${own},10.77.0.1 domain=lab.example.com &&
      chtab node=cn2 noderes.xcatmaster=${own} noderes.nfsserver=10.77.0.1`,
    );
  }

  async function setUp(): Promise<void> {
    const run = await pair.run("setup.yml");
    expect(run.code, tailOf(run)).toBe(0);
  }

  /** The tables as they have to be afterwards: the old master's address replaced, and nothing else. */
  async function expectTables(before: string): Promise<void> {
    const after = await tablesOf(host);
    const virtual = ADDRESSES.virtual;
    // xCAT gives no router for <xcatmaster> on a host that does not forward.
    const forwards = (await host.ask("cat /proc/sys/net/ipv4/ip_forward")).trim() === "1";
    const expected = before
      .replaceAll(`"${host.address}"`, `"${ADDRESSES.virtual}"`)
      .replace(`"${host.address},10.77.0.1"`, `"${ADDRESSES.virtual},10.77.0.1"`)
      .replace(
        // What DHCP would else fill in with the active host's own address.
        /("10_77_0_0-.*?"),"<xcatmaster>",,"<xcatmaster>",,,/,
        `$1,"${forwards ? virtual : "<xcatmaster>"}",,"${virtual}",,"${virtual}","${virtual}"`,
      );
    const added = after.split("\n").filter((row) => !expected.split("\n").includes(row));
    const missing = expected.split("\n").filter((row) => !after.split("\n").includes(row));
    expect(missing).toEqual([]);
    // What the pair needs and was not there: trust, the DHCP server by name, and makedhcp's own key.
    expect(added.map((row) => row.replace(/^"1\.4\d+"/, '"1.4n"')).sort()).toEqual([
      '"1.4n","host2",,,,,,"trusted",,',
      `"1.4n","${VIRTUAL_HOSTNAME}",,,,,,"trusted",,`,
      // Nodes without a master get one by their weakest row, from which autoinst files are made.
      expect.stringMatching(/^"all",.*"10\.77\.0\.10"/),
      '"dhcpbackend","isc",,',
      expect.stringMatching(/^"omapi","xcat_key",/),
    ]);
  }

  async function expectServed(database: Database = "postgresql"): Promise<void> {
    // The site's own certificates are kept: service nodes and users still have credentials that fit.
    const certificate = "openssl x509 -in /etc/xcat/cert/server-cert.pem -noout -subject";
    expect(await host.ask(certificate)).toBe("subject=CN = host1");
    expect(await host.ask(AUTHORITY)).toBe(authority);
    const dhcp = await host.ask("grep next-server /etc/dhcp/dhcpd.conf | sort -u");
    expect(dhcp.replace(/\s+/g, " ").trim()).toBe(`next-server ${ADDRESSES.virtual};`);
    const [soa = ""] = await resolve(lab, ADDRESSES.virtual, "lab.example.com", "SOA");
    expect(soa.split(" ")[0]).toBe(`${VIRTUAL_HOSTNAME}.`);
    expect(await xcat(host, "lsxcatd -d")).toContain(`dbhost=${ADDRESSES.virtual}`);
    expect(await isPortOpen(lab, ADDRESSES.virtual, PORTS[database])).toBe(true);
  }

  async function expectNoChange(): Promise<void> {
    const again = await pair.run("setup.yml");
    expect(again.code, tailOf(again)).toBe(0);
    expect(changesOf(again)).toEqual(NO_CHANGE);
  }

  async function expectFailover(): Promise<void> {
    const run = await pair.run("failover.yml");
    expect(run.code, tailOf(run)).toBe(0);
    expect(await xcat(lab.host("host2"), "nodels")).toBe("cn1\ncn2\ncn3\ncn4");
  }

  afterEach(() => lab.destroy());

  test("on SQLite: setup.yml takes it over, even when the host dies while the tables move", async () => {
    await start("traps-sqlite");
    const before = await tablesOf(host);
    await setSwitch(host, "delay-restorexCATdb", "60");
    const interrupted = pair.run("setup.yml");
    await poll("the tables are on their way", 600, async () =>
      (await host.exec("pgrep -f '[/]restorexCATdb -p'")).code === 0 ? true : undefined,
    );
    await host.crash();
    expect((await interrupted).code).not.toBe(0);
    // xcatd, which still starts at boot, waits for the database on an address that is not there.
    await host.boot("ssh");
    await host.ask("rm -r /etc/xcat-standin");
    await setUp();
    await expectTables(before);
    await expectServed();
  });

  test("on PostgreSQL under its own address: setup.yml lets the pair in and keeps the password", async () => {
    await start("traps-postgresql");
    await xcat(host, MOVED_BY_HAND.postgresql);
    const before = await tablesOf(host);
    await setUp();
    await expectTables(before);
    await expectServed();
    const cfgloc = await host.ask("cat /etc/xcat/cfgloc");
    expect(cfgloc).toBe(`Pg:dbname=xcatdb;host=${ADDRESSES.virtual}|xcatadm|${EARLIER}`);
    const rules = await host.ask("grep '^host' /etc/postgresql/15/main/pg_hba.conf");
    for (const address of [ADDRESSES.virtual, ...lab.hosts.map(({ address }) => address)]) {
      expect(rules).toMatch(new RegExp(`\\s${address}/32\\s`));
    }
  });

  scenarioInFull("on SQLite: setup.yml moves it to MariaDB", async () => {
    await start("traps-to-mariadb", "mariadb");
    const before = await tablesOf(host);
    await setUp();
    await expectTables(before);
    await expectServed("mariadb");
    await expectNoChange();
  });

  scenarioInFull("on MariaDB under its own address: setup.yml lets the pair in", async () => {
    await start("traps-mariadb", "mariadb");
    await xcat(host, MOVED_BY_HAND.mariadb);
    const before = await tablesOf(host);
    await setUp();
    await expectTables(before);
    await expectServed("mariadb");
    const cfgloc = await host.ask("cat /etc/xcat/cfgloc");
    expect(cfgloc).toBe(`mysql:dbname=xcatdb;host=${ADDRESSES.virtual}|xcatadmin|${EARLIER}`);
    await expectNoChange();
    await expectFailover();
  });

  scenarioInFull("on a MariaDB that does not let root in: setup.yml says what to do", async () => {
    await start("traps-mariadb-root", "mariadb");
    await xcat(host, MOVED_BY_HAND.mariadb);
    await host.ask(
      `mysql -e "ALTER USER root@localhost IDENTIFIED VIA mysql_native_password USING PASSWORD('OnlyTheirs7')"`,
    );
    const cfgloc = await host.ask("cat /etc/xcat/cfgloc");
    const run = await pair.run("setup.yml");
    expect(run.code, tailOf(run)).not.toBe(0);
    const said = saidBy(run);
    expect(said).toContain("so xCAT keeps the one that it has.");
    expect(said).toContain("Put the password of MariaDB's root into /root/.my.cnf");
    expect(said).not.toContain(EARLIER);
    expect(await host.ask("cat /etc/xcat/cfgloc")).toBe(cfgloc);
    expect(await xcat(host, "nodels")).toBe("cn1\ncn2\ncn3\ncn4");

    await host.ask("umask 077; printf '[mysql]\\npassword=OnlyTheirs7\\n' > /root/.my.cnf");
    await setUp();
    await expectServed("mariadb");
    await expectNoChange();
    await expectFailover();
  });
});
