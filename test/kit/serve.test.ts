import { writeFileSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { FakeXcat } from "./fake-xcat.js";

describe("the host that is set up", () => {
  let host: FakeXcat;
  let server: Server;
  const serve = (...args: readonly string[]) => host.run("serve", args, "", host.environment);
  const locate = (address: string) =>
    writeFileSync(host.path("etc/cfgloc"), `Pg:dbname=xcatdb;host=${address}|xcatadm|Secret42\n`);
  const setting = (key: string, value: string) =>
    host.execute(["sed", "-i", `s/^${key}=.*/${key}="${value}"/`, host.path("host.conf")]);

  beforeEach(async () => {
    server = createServer();
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    const port = address !== null && typeof address === "object" ? address.port : 0;
    host = new FakeXcat({ DATABASE_PORT: String(port) });
  });
  afterEach(() => {
    server.close();
    host[Symbol.dispose]();
  });

  test("starts an xcatd that does not run, and waits for its tables", () => {
    host.execute(["rm", host.path("xcatd")]);
    expect(serve("xcatd", "--check").stdout).toBe("changed: start xcatd\n");
    expect(serve("xcatd")).toEqual({ code: 0, stdout: "changed: start xcatd\n", stderr: "" });
    expect(serve("xcatd")).toEqual({ code: 0, stdout: "", stderr: "" });
  });

  test("is patient with an xcatd that is busy, and tells one that gives no answer", () => {
    host.command("lsxcatd", "sleep 60");
    setting("TIMEOUT_XCATD", "1");
    expect(serve("xcatd").stderr).toMatch(/xcatd's unit is active: lsxcatd -d did not answer\.\n$/);
  });

  test("restarts a database that does not listen where xCAT expects it", () => {
    locate("127.0.0.1");
    expect(serve("database")).toEqual({ code: 0, stdout: "", stderr: "" });
    setting("DATABASE_PORT", "1");
    setting("TIMEOUT_DATABASE", "1");
    expect(serve("database")).toMatchObject({
      code: 1,
      stdout: "changed: restart postgresql@15-main\n",
      stderr: expect.stringMatching(/^postgresql does not answer on 127\.0\.0\.1:1 after 1 s; its/),
    });
    writeFileSync(host.path("state/switch-db.unfinished"), "");
    expect(serve("database").code).toBe(0);
  });

  test("lets a database alone whose address it does not hold, or that is not the pair's", () => {
    setting("DATABASE_PORT", "1");
    locate("192.0.2.1");
    expect(serve("database")).toEqual({ code: 0, stdout: "", stderr: "" });
    host.execute(["rm", host.path("etc/cfgloc")]);
    expect(serve("database")).toEqual({ code: 0, stdout: "", stderr: "" });
  });
});

describe("the active host", () => {
  const UNIT = "postgresql@15-main";
  let host: FakeXcat;
  let server: Server;

  const serve = (...args: readonly string[]) => host.run("serve", args, "", host.environment);
  const setting = (key: string, value: string) =>
    host.execute(["sed", "-i", `s/^${key}=.*/${key}="${value}"/`, host.path("host.conf")]);
  const acts = () => host.called.match(/^systemctl (re)?start .*/gm) ?? [];

  beforeEach(async () => {
    server = createServer((socket) => socket.on("error", () => undefined));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    const port = address !== null && typeof address === "object" ? address.port : 0;
    host = new FakeXcat({
      DATABASE_PORT: String(port),
      TIMEOUT_DATABASE: "60",
      TIMEOUT_XCATD: "60",
    });
    host.command("pg_isready", 'exit "$(cat "$D/ready" 2>/dev/null || echo 0)"');
    // Each unit is what its file says; one that is started runs, unless it cannot.
    host.command(
      "systemctl",
      `echo "systemctl $*" >> "$D/called"
      case "$*" in
        is-active*) cat "$D/unit-$2" 2>/dev/null || echo inactive ;;
        *start*) [ -e "$D/broken" ] && echo failed > "$D/unit-$3" || echo active > "$D/unit-$3" ;;
      esac`,
    );
    host.command("journalctl", 'echo "the last words of $6"');
    writeFileSync(host.path("called"), "");
    writeFileSync(host.path("etc/cfgloc"), "Pg:dbname=xcatdb;host=127.0.0.1|xcatadm|Secret42\n");
    host.table("Pg", "site", '#key,value,comments,disable\n"master","127.0.0.1",,\n');
    setting("DATABASE_HBA", "");
  });
  afterEach(() => {
    server.close();
    host[Symbol.dispose]();
  });

  test("starts what does not run, and leaves alone what answers", () => {
    expect(serve("active-database", "--check").stdout).toBe(`changed: start ${UNIT}\n`);
    expect(acts()).toEqual([]);
    expect(serve("active-database")).toEqual({
      code: 0,
      stdout: `changed: start ${UNIT}\n`,
      stderr: "",
    });
    expect(serve("active-database")).toEqual({ code: 0, stdout: "", stderr: "" });
    expect(serve("active-xcatd").stdout).toBe("changed: start xcatd\n");
    expect(serve("active-xcatd")).toEqual({ code: 0, stdout: "", stderr: "" });
    expect(acts()).toEqual([
      `systemctl start --no-block ${UNIT}`,
      "systemctl start --no-block xcatd",
    ]);
  });

  test("does not restart a database because it is late once", () => {
    writeFileSync(host.path(`unit-${UNIT}`), "active\n");
    host.command("pg_isready", '[ -e "$D/asked" ] && exit 0; touch "$D/asked"; exit 2');
    expect(serve("active-database")).toEqual({ code: 0, stdout: "", stderr: "" });
    expect(acts()).toEqual([]);
  });

  test("restarts a database that listens elsewhere, at once", () => {
    writeFileSync(host.path(`unit-${UNIT}`), "active\n");
    setting("DATABASE_PORT", "1");
    setting("TIMEOUT_DATABASE", "2");
    writeFileSync(host.path("ready"), "2");
    const { code, stdout, stderr } = serve("active-database");
    expect([code, stdout]).toEqual([1, `changed: restart ${UNIT}\n`]);
    expect(stderr).toMatch(
      /^PostgreSQL does not answer on 127\.0\.0\.1:1 after \d+ s; its unit is active\.\nthe last words of postgresql@15-main\n$/,
    );
  });

  test("does not wait for a unit that has failed", () => {
    writeFileSync(host.path("broken"), "");
    host.command("tabdump", "exit 1");
    writeFileSync(host.path("ready"), "2");
    expect(serve("active-database").stderr).toMatch(/its unit is failed\.\n/);
    expect(serve("active-xcatd").stderr).toMatch(
      /^xcatd does not answer on 127\.0\.0\.1:3001 after \d s; its unit is failed\.\nthe last words of xcatd\n$/,
    );
  });

  test("does not restart an xcatd because it is late once", () => {
    writeFileSync(host.path("unit-xcatd"), "active\n");
    host.command(
      "tabdump",
      `[ -e "$D/asked" ] || { touch "$D/asked"; exit 1; }; echo '#key,value'; echo '"master","127.0.0.1"'`,
    );
    expect(serve("active-xcatd")).toEqual({ code: 0, stdout: "", stderr: "" });
    expect(acts()).toEqual([]);
  });

  test("restarts an xcatd that was stopped by a signal, and ends what runs past its unit", async () => {
    writeFileSync(host.path("unit-xcatd"), "active\n");
    const xcatd = await host.start("xcatd: SSL listener");
    xcatd.kill("SIGSTOP");
    expect(serve("active-xcatd", "--check").stdout).toBe(
      `changed: end what runs of xcatd past its unit: process ${xcatd.pid}\nchanged: restart xcatd\n`,
    );
    expect(xcatd.signalCode).toBeNull();
    const gone = new Promise((resolve) => xcatd.on("exit", (_code, signal) => resolve(signal)));
    expect(serve("active-xcatd").code).toBe(0);
    expect(await gone).toBe("SIGTERM");
    expect(acts()).toEqual(["systemctl restart --no-block xcatd"]);
  });
});
