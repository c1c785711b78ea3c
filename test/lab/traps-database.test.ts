import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { clearSwitches, defineNodes, installXcat, setSwitch, tablesOf, xcat } from "./earlier.js";
import { poll } from "./harness/command.js";
import { activityOf, entriesOf, postgresRows } from "./harness/evidence.js";
import type { Host } from "./harness/host.js";
import { createLab, type Lab } from "./harness/lab.js";
import { ADDRESSES } from "./harness/network.js";
import { modelOf, Pair, tailOf, VIRTUAL_HOSTNAME } from "./pair.js";
import { commandLines, killPlaybook, runRole, setPassword } from "./role-run.js";

const PASSWORD = "Traps4Secret2Rows";

/** Back to SQLite, on a PostgreSQL that never heard of xCAT. */
const RESET = `
  set -e
  systemctl stop xcatd
  rm -rf /etc/xcat/cfgloc* /var/lib/xcatha /root/xcat-dbback*
  systemctl stop postgresql@15-main
  rm -rf /etc/postgresql /var/lib/postgresql
  cp -a /root/pristine/etc /etc/postgresql
  cp -a /root/pristine/var /var/lib/postgresql
  systemctl disable -q postgresql
  systemctl reset-failed
  systemctl start xcatd
`;

/** A restorexCATdb that loses a node and says nothing. */
const LOSSY_RESTORE = `
  set -e
  mkdir -p /root/real
  ln -sfn /opt/xcat/libexec/xcat-command /root/real/restorexCATdb
  rm /opt/xcat/sbin/restorexCATdb
  printf '#!/bin/sh\\nsed -i /cn2/d "$2/nodelist.csv"\\nexec /root/real/restorexCATdb "$@"\\n' > /opt/xcat/sbin/restorexCATdb
  chmod 755 /opt/xcat/sbin/restorexCATdb
`;

describe.sequential("moving xCAT's tables from SQLite to PostgreSQL", () => {
  let lab: Lab;
  let pair: Pair;
  let host: Host;
  let before: string;

  const move = (...args: readonly string[]) => runRole(pair, "switch_db", "host1", ...args);

  async function expectOnSqlite(): Promise<void> {
    expect(await xcat(host, "lsxcatd -d")).toBe("dbengine=SQLite");
    expect(await tablesOf(host)).toBe(before);
  }

  async function expectOnPostgresql(): Promise<void> {
    expect(await xcat(host, "lsxcatd -d")).toContain(`dbhost=${ADDRESSES.virtual}`);
    expect(await tablesOf(host)).toBe(before);
    const nodes = await postgresRows(host, "SELECT node FROM nodelist ORDER BY node");
    expect(nodes).toEqual(["cn1", "cn2", "cn3"]);
    // PostgreSQL 15 lets only the owner of a database make tables in it.
    const owner = "SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = 'xcatdb'";
    expect(await postgresRows(host, owner)).toEqual(["xcatadm"]);
    await xcat(host, "mkdef -t node cn9 groups=all && rmdef -t node cn9");
    expect(await entriesOf(host, "/var/lib/xcatha")).not.toContain("switch-db.unfinished");
  }

  beforeAll(async () => {
    lab = await createLab({ id: "traps-database", root: "services" });
    host = lab.host("host1");
    pair = new Pair(lab, "2.14");
    await Promise.all([pair.generate(modelOf(lab)), installXcat(host)]);
    await setPassword(pair, PASSWORD);
    // What install-xcat.yml leaves on the host that is set up first.
    await host.ask(`ip address add ${ADDRESSES.virtual}/24 dev eth0
      hostname ${VIRTUAL_HOSTNAME}
      echo ${ADDRESSES.virtual} ${VIRTUAL_HOSTNAME} >> /etc/hosts
      mkdir /root/pristine
      cp -a /etc/postgresql /root/pristine/etc
      cp -a /var/lib/postgresql /root/pristine/var`);
    await xcat(host, `chdef -t site master=${ADDRESSES.virtual}`);
    await defineNodes(host);
    before = await tablesOf(host);
  });
  afterAll(() => lab.destroy());
  beforeEach(async () => {
    await clearSwitches(host);
    if ((await entriesOf(host, "/var/lib/xcatha")) !== undefined) await host.ask(RESET);
  });

  test("a dump that was not written stops the move before it begins", async () => {
    await setSwitch(host, "hollow-dumpxCATdb");
    const run = await move();
    expect(run.code, tailOf(run)).not.toBe(0);
    expect(run.stdout).toContain("dumpxCATdb reported success, but left no");
    await expectOnSqlite();
  });

  test("when neither pgsqlsetup nor its steps move the tables, xCAT runs as before", async () => {
    await setSwitch(host, "hollow-pgsqlsetup");
    await setSwitch(host, "fail-restorexCATdb");
    const run = await move();
    expect(run.code, tailOf(run)).not.toBe(0);
    expect(run.stdout).toContain("xCAT does not answer on postgresql");
    expect(run.stdout).toContain("xCAT runs again on the database that it had, with every row.");
    await expectOnSqlite();
  });

  test("rows that went missing on the way are noticed, and xCAT runs as before", async () => {
    await host.ask(LOSSY_RESTORE);
    const run = await move();
    await host.ask("ln -sfn ../libexec/xcat-command /opt/xcat/sbin/restorexCATdb");
    expect(run.code, tailOf(run)).not.toBe(0);
    expect(run.stdout).toContain("The table nodelist.csv is not what it was");
    await expectOnSqlite();
  });

  test("a pgsqlsetup that does nothing and ends with 0 is not believed", async () => {
    await setSwitch(host, "hollow-pgsqlsetup");
    const run = await move();
    expect(run.code, tailOf(run)).toBe(0);
    await expectOnPostgresql();
  });

  test("a pgsqlsetup that does not know the server's version is gone round; a user's own dump stays", async () => {
    await setSwitch(host, "pgsqlsetup-unknown-version");
    await host.ask("mkdir -p /root/xcat-dbback && echo mine > /root/xcat-dbback/site.csv");
    const run = await move();
    expect(run.code, tailOf(run)).toBe(0);
    await expectOnPostgresql();
    expect(await host.ask("cat /root/xcat-dbback.xcatha-*/site.csv")).toBe("mine");
  });

  test("a playbook killed while pgsqlsetup runs is taken up where it was, with what came after", async () => {
    await setSwitch(host, "delay-pgsqlsetup", "2");
    const killed = move();
    await poll("pgsqlsetup runs", 60, async () =>
      (await host.exec("pgrep -f '[/]pgsqlsetup -i'")).code === 0 ? true : undefined,
    );
    killPlaybook(pair);
    expect((await killed).code).not.toBe(0);
    const run = await move();
    expect(run.code, tailOf(run)).toBe(0);
    await expectOnPostgresql();
  });

  test("the password is shown nowhere, and stands in xCAT's cfgloc alone", async () => {
    const shown = new Set<string>();
    const watch = setInterval(() => {
      for (const words of commandLines().values()) {
        if (words.some((word) => word.includes(PASSWORD))) shown.add(words[0] ?? "");
      }
    }, 40);
    const run = await move("-vvv", "--diff");
    clearInterval(watch);
    expect(run.code, tailOf(run)).toBe(0);
    expect([...shown]).toEqual([]);
    expect(run.stdout + run.stderr).not.toContain(PASSWORD);
    expect(await activityOf(host, "xcatd")).toBe("active");
    const search = "grep -rlIs -f - /etc /var /root /tmp /run/log /home /install";
    const files = await host.ask(`${search} | xargs stat -c '%a %n'`, { input: `${PASSWORD}\n` });
    expect(files).toMatch(/^600 \/etc\/xcat\/cfgloc$/);
    const journal = await host.exec("journalctl --no-pager | grep -f /dev/fd/3 3<&0", {
      input: PASSWORD,
    });
    expect(journal.stdout).toBe("");
    await expectOnPostgresql();
  });
});
