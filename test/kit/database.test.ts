import { existsSync, readdirSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { FakeXcat } from "./fake-xcat.js";

const PASSWORD = "Traps4Secret2Rows";
const CFGLOC = `Pg:dbname=xcatdb;host=127.0.0.1|xcatadm|${PASSWORD}\n`;

describe("a move of xCAT's tables", () => {
  let host: FakeXcat;
  const database = (verb: string, ...more: readonly string[]) =>
    host.run("database", [verb, ...more], `${PASSWORD}\n`, host.environment);
  const toSqlite = () => {
    host.execute(["sed", "-i", 's/^DATABASE=.*/DATABASE="sqlite"/', host.path("host.conf")]);
    host.execute(["bash", "-c", 'mv "$0"/sqlite/*.csv "$0"/Pg/', host.directory]);
    writeFileSync(host.path("etc/cfgloc"), CFGLOC);
  };

  beforeEach(() => {
    host = new FakeXcat();
  });
  afterEach(() => host[Symbol.dispose]());

  test("to PostgreSQL brings every row, and xcatd starts only after them", () => {
    expect(database("look").stdout).toBe("needed\n");
    const run = database("move");
    expect(run).toEqual({
      code: 0,
      stdout: "changed: xCAT's tables move from sqlite to postgresql\n",
      stderr: "",
    });
    expect(host.read("etc/cfgloc")).toBe(CFGLOC);
    expect(host.read("Pg/nodelist.csv")).toBe(host.read("sqlite/nodelist.csv"));
    expect(host.isServed).toBe(true);
    const words = host.called.split("\n");
    const at = (call: string) => words.findIndex((line) => line.startsWith(call));
    expect(at("systemctl stop xcatd")).toBeLessThan(at("tabdump"));
    expect(at("restorexCATdb")).toBeLessThan(at("systemctl start --no-block xcatd"));
    expect(database("look").stdout).toBe("");
    expect(database("verify").code).toBe(0);
    expect(existsSync(host.path("state/switch-db.unfinished"))).toBe(false);
  });

  test("calls neither pgsqlsetup nor mysqlsetup, and shows the password to nobody", () => {
    database("move");
    expect(host.called).not.toMatch(/pgsqlsetup|mysqlsetup/);
    expect(host.called).not.toContain(PASSWORD);
  });

  test("to SQLite ends with xcatd running: the tables are there before it starts", () => {
    toSqlite();
    const run = database("move");
    expect(run).toMatchObject({ code: 0, stderr: "" });
    expect(existsSync(host.path("etc/cfgloc"))).toBe(false);
    expect(host.read("sqlite/nodelist.csv")).toBe(host.read("Pg/nodelist.csv"));
    expect(host.isServed).toBe(true);
  });

  test("that loses a row goes back, and says which table", () => {
    host.command(
      "restorexCATdb",
      'cat > /dev/null; cp "$2"/*.csv "$D/Pg/"; sed -i /cn2/d "$D/Pg/nodelist.csv"',
    );
    const { code, stderr } = database("move");
    expect(code).toBe(1);
    expect(stderr).toContain("Tables that are not what they were: nodelist.");
    expect(stderr).toContain("xCAT runs again on the database that it had, with every row.");
    expect(existsSync(host.path("etc/cfgloc"))).toBe(false);
    expect(host.isServed).toBe(true);
    expect(existsSync(host.path("state/switch-db.unfinished"))).toBe(false);
  });

  test("that wrote into the old tables on its way mends them before xCAT goes back", () => {
    const old = host.read("sqlite/nodelist.csv");
    host.command(
      "restorexCATdb",
      `cat > /dev/null
      if [ -e "$D/spoilt" ]; then cp "$2"/*.csv "$D/sqlite/"; else touch "$D/spoilt"; sed -i /cn2/d "$D/sqlite/nodelist.csv"; exit 1; fi`,
    );
    const { code, stderr } = database("move");
    expect(code).toBe(1);
    expect(stderr).toContain("xCAT runs again on the database that it had, with every row.");
    expect(host.read("sqlite/nodelist.csv")).toBe(old);
  });

  test("whose old tables cannot be mended says so, and where they are", () => {
    host.command("restorexCATdb", 'cat > /dev/null; sed -i /cn2/d "$D/sqlite/nodelist.csv"');
    const { code, stderr } = database("move");
    expect(code).toBe(1);
    expect(stderr).toContain("xCAT could not go back to the database that it had: ");
    expect(stderr).toMatch(/Its tables are in \S+\/state\/tables\.xcatha-\S+-0\.\n$/);
    expect(stderr).not.toContain("with every row");
  });

  test("whose dump cannot be made stops before it begins: xCAT runs as before", () => {
    host.execute([
      "sed",
      "-i",
      's/^TIMEOUT_MIGRATE=.*/TIMEOUT_MIGRATE="1"/',
      host.path("host.conf"),
    ]);
    const tabdump = host.read("bin/tabdump");
    host.command("tabdump", `[ -z "$XCATBYPASS" ] || exit 1\n${tabdump}`);
    expect(database("move")).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(
        /^tabdump failed .*\. xCAT runs again on the database that it had/,
      ),
    });
    expect(host.isServed).toBe(true);
  });

  test("that was interrupted before the rows arrived is taken back; after them, it is completed", () => {
    host.command("restorexCATdb", "kill -9 $PPID");
    expect(database("move").code).not.toBe(0);
    expect(host.read("etc/cfgloc")).toBe(CFGLOC);
    expect(database("resume").stdout).toBe(
      "changed: an interrupted move of xCAT's tables is taken back\n",
    );
    expect(existsSync(host.path("etc/cfgloc"))).toBe(false);
    expect(host.isServed).toBe(true);
    expect(database("resume")).toEqual({ code: 0, stdout: "", stderr: "" });

    const { stdout } = host.execute(["cat", host.path("bin/systemctl")]);
    host.command(
      "restorexCATdb",
      'cat > /dev/null; cp "$2"/*.csv "$D/Pg/"; printf "#!/bin/bash\\nkill -9 \\$PPID\\n" > "$D/bin/systemctl"',
    );
    expect(database("move").code).not.toBe(0);
    writeFileSync(host.path("bin/systemctl"), stdout);
    expect(database("resume").stdout).toBe(
      "changed: an interrupted move of xCAT's tables is completed\n",
    );
    expect(host.read("etc/cfgloc")).toBe(CFGLOC);
    expect(host.isServed).toBe(true);
  });

  test("asks until it is answered, and tells a time-out from a wrong value", () => {
    writeFileSync(host.path("etc/cfgloc"), CFGLOC);
    host.execute(["bash", "-c", 'cp "$0"/sqlite/*.csv "$0"/Pg/', host.directory]);
    host.command("lsxcatd", '[ -e "$D/asked" ] || { touch "$D/asked"; exit 1; }; echo dbengine=Pg');
    expect(database("verify")).toEqual({ code: 0, stdout: "", stderr: "" });

    host.execute(["sed", "-i", 's/^TIMEOUT_XCATD=.*/TIMEOUT_XCATD="1"/', host.path("host.conf")]);
    host.command("lsxcatd", "sleep 60");
    expect(database("verify").stderr).toMatch(
      /^xCAT does not answer on Pg after \d+ s; xcatd's unit is active: lsxcatd -d did not answer\.\n$/,
    );
    host.command("lsxcatd", "echo dbengine=mysql");
    expect(database("verify").stderr).toContain(
      "lsxcatd -d gave no fitting answer (dbengine=mysql).\n",
    );
  });

  test("is only told by a check", () => {
    expect(database("move", "--check").stdout).toBe(
      "changed: xCAT's tables move from sqlite to postgresql\n",
    );
    expect(existsSync(host.path("called"))).toBe(false);
    expect(existsSync(host.path("etc/cfgloc"))).toBe(false);
  });

  test("makes xCAT reach its database on the virtual IP, with the password that it has", () => {
    writeFileSync(host.path("etc/cfgloc"), "Pg:dbname=xcatdb;host=10.77.0.11|xcatadm|Earlier7\n");
    expect(database("address").stdout).toBe("changed: xCAT reaches its database on 127.0.0.1\n");
    expect(host.read("etc/cfgloc")).toBe("Pg:dbname=xcatdb;host=127.0.0.1|xcatadm|Earlier7\n");
    expect(database("address").stdout).toBe("");
    const kept = readdirSync(host.path("etc")).filter((name) => name.startsWith("cfgloc.xcatha-"));
    expect(kept).toHaveLength(1);
  });
});

describe("the database that xCAT moves to", () => {
  let host: FakeXcat;
  let server: Server;
  const database = (...args: readonly string[]) =>
    host.run("database", args, `${PASSWORD}\n`, host.environment);

  beforeEach(async () => {
    server = createServer();
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    const port = address !== null && typeof address === "object" ? address.port : 0;
    host = new FakeXcat({ DATABASE_PORT: String(port) });
    writeFileSync(host.path("etc/pg_hba.conf"), "local all postgres peer");
    writeFileSync(host.path("etc/postgresql.conf"), "#listen_addresses = 'localhost'\n");
  });
  afterEach(() => {
    server.close();
    host[Symbol.dispose]();
  });

  test("is owned by xCAT's role, whose password no argument shows", () => {
    expect(database("prepare")).toMatchObject({ code: 0, stderr: "" });
    expect(host.read("statements")).toContain(
      `ALTER ROLE xcatadm LOGIN PASSWORD '${PASSWORD}';\nSELECT 'CREATE DATABASE xcatdb OWNER xcatadm'`,
    );
    expect(host.called).not.toContain(PASSWORD);
  });

  test("lets the pair's three addresses in, once; what the files were is kept", () => {
    expect(database("prepare").stdout).toContain("changed: reload postgresql@15-main\n");
    expect(host.read("etc/pg_hba.conf")).toBe(
      `local all postgres peer\n${["127.0.0.1", "10.77.0.11", "10.77.0.12"]
        .map((one) => `host    xcatdb          xcatadm         ${one}/32            md5\n`)
        .join("")}`,
    );
    expect(host.read("etc/postgresql.conf")).toMatch(
      /^#.*\nlisten_addresses = 'localhost,127\.0\.0\.1' {2}# by xcatha: the virtual IP\n$/,
    );
    writeFileSync(host.path("etc/cfgloc"), CFGLOC);
    expect(database("prepare")).toEqual({ code: 0, stdout: "", stderr: "" });
    expect(readdirSync(host.path("etc")).join(" ")).toMatch(
      /pg_hba\.conf\.xcatha-\S+ postgresql\.conf postgresql\.conf\.xcatha-/,
    );
  });

  test("is refused a password that cfgloc or a statement could not hold", () => {
    const run = host.run("database", ["prepare"], "Lab'Secret42\n", host.environment);
    expect(run).toEqual({
      code: 1,
      stdout: "",
      stderr: "The password must be 8 to 64 letters and digits. Nothing was changed.\n",
    });
  });

  test("that cannot be made says why, without the password", () => {
    host.command("runuser", `cat > /dev/null; echo "ERROR: near '${PASSWORD}'" >&2; exit 3`);
    const { code, stderr } = database("prepare");
    expect(code).toBe(1);
    expect(stderr).toBe("PostgreSQL did not make xCAT's role and database: ERROR: near '*'\n");
  });

  describe("MariaDB", () => {
    beforeEach(() => {
      host.execute(["sed", "-i", 's/^DATABASE=.*/DATABASE="mariadb"/', host.path("host.conf")]);
      host.command(
        "mysql",
        'echo "mysql $*" >> "$D/called"; text=$(cat); echo "$text" >> "$D/statements"; [[ $text != SELECT\\ Host* ]] || echo 10.77.0.12',
      );
    });

    test("lets the addresses in that it did not let in yet", () => {
      expect(database("prepare")).toMatchObject({ code: 0, stderr: "" });
      const statements = host.read("statements");
      expect(statements).toContain("CREATE DATABASE IF NOT EXISTS xcatdb");
      expect(statements).toContain(
        `CREATE USER IF NOT EXISTS 'xcatadmin'@'10.77.0.11' IDENTIFIED BY '${PASSWORD}';`,
      );
      expect(statements).not.toContain("'xcatadmin'@'10.77.0.12'");
      expect(host.called).not.toContain(PASSWORD);
    });

    test("whose root cannot be asked says what to do", () => {
      host.command("mysql", "cat > /dev/null; echo denied >&2; exit 1");
      const { code, stderr } = database("prepare");
      expect(code).toBe(1);
      expect(stderr).toContain("so xCAT keeps the one that it has.");
      expect(stderr).toContain("Put the password of MariaDB's root into /root/.my.cnf");
    });
  });
});
