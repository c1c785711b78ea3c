import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { clearSwitches, defineNodes, installXcat, setSwitch, tablesOf, xcat } from "./earlier.js";
import { poll } from "./harness/command.js";
import { activityOf, entriesOf, postgresRows } from "./harness/evidence.js";
import type { Host } from "./harness/host.js";
import { createLab, type Lab } from "./harness/lab.js";
import { ADDRESSES } from "./harness/network.js";
import { modelOf, Pair, tailOf, VIRTUAL_HOSTNAME } from "./pair.js";
import { saidBy } from "./ready-pair.js";
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
  command=/opt/xcat/sbin/restorexCATdb
  mkdir -p /root/real
  target=$(readlink -f $command)
  mv $command /root/real/original
  [ "$target" != $command ] || target=/root/real/original
  ln -sfn "$target" /root/real/restorexCATdb
  cat > $command <<'END'
#!/bin/sh
rm -rf /root/lossy && cp -a "$2" /root/lossy && sed -i /cn2/d /root/lossy/nodelist.csv
exec /root/real/restorexCATdb -p /root/lossy
END
  chmod 755 $command
`;

/** xCAT's own setup commands leave a mark when they are called. */
const WATCH_SETUP = `
  for name in pgsqlsetup mysqlsetup; do
    rm /opt/xcat/bin/$name
    printf '#!/bin/sh\\ntouch /root/setup-was-called\\nexit 1\\n' > /opt/xcat/bin/$name
    chmod 755 /opt/xcat/bin/$name
  done
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
    expect(await host.exec("test -e /root/setup-was-called")).toMatchObject({ code: 1 });
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
    await host.ask(WATCH_SETUP);
    before = await tablesOf(host);
  });
  afterAll(() => lab.destroy());
  beforeEach(async () => {
    await clearSwitches(host);
    if ((await entriesOf(host, "/var/lib/xcatha")) !== undefined) await host.ask(RESET);
  });

  test("tables that were not restored are noticed, and xCAT runs as before", async () => {
    await setSwitch(host, "fail-restorexCATdb");
    const run = await move();
    expect(run.code, tailOf(run)).not.toBe(0);
    expect(saidBy(run)).toContain("Not every row arrived on postgresql");
    expect(saidBy(run)).toContain("xCAT runs again on the database that it had, with every row.");
    await expectOnSqlite();
  });

  test("rows that went missing on the way are noticed, and xCAT runs as before", async () => {
    await host.ask(LOSSY_RESTORE);
    const run = await move();
    await host.ask("mv -f /root/real/original /opt/xcat/sbin/restorexCATdb");
    expect(run.code, tailOf(run)).not.toBe(0);
    expect(saidBy(run)).toContain("Tables that are not what they were: nodelist.");
    await expectOnSqlite();
  });

  test("xCAT's own setup command is not needed; a user's own dump stays", async () => {
    await host.ask("mkdir -p /root/xcat-dbback && echo mine > /root/xcat-dbback/site.csv");
    const run = await move();
    expect(run.code, tailOf(run)).toBe(0);
    await expectOnPostgresql();
    expect(await host.ask("cat /root/xcat-dbback/site.csv")).toBe("mine");
  });

  test("a playbook killed while the tables move is taken up where it was, with what came after", async () => {
    await setSwitch(host, "delay-restorexCATdb", "2");
    const killed = move();
    await poll("restorexCATdb runs", 600, async () =>
      (await host.exec("pgrep -f '[/]restorexCATdb -p'")).code === 0 ? true : undefined,
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

  test("back to SQLite: every row is there before xcatd starts, and a failure leaves PostgreSQL whole", async () => {
    expect((await move()).code).toBe(0);
    await pair.generate(modelOf(lab, "database: sqlite\n"));
    await setSwitch(host, "fail-restorexCATdb");
    const failed = await move();
    expect(failed.code, tailOf(failed)).not.toBe(0);
    expect(saidBy(failed)).toContain(
      "xCAT runs again on the database that it had, with every row.",
    );
    await expectOnPostgresql();
    await clearSwitches(host);
    const run = await move();
    expect(run.code, tailOf(run)).toBe(0);
    await expectOnSqlite();
  });
});
