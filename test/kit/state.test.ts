import { spawn } from "node:child_process";
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { programsFolder, Sandbox } from "./program.js";

const UNITS = "postgresql xcatd named dhcpd httpd";

/** The program's own settings, on a host that plays the active one. */
const settingsIn = (directory: string) => ({
  VIRTUAL_ADDRESS: "127.0.0.1",
  DOMAIN: "cluster.example.com",
  SHARED: join(directory, "HA-data"),
  METHOD: "symlink",
  LINKS: "/install /etc/xcat",
  UNITS,
  BOOT_UNITS: UNITS,
  DATABASE: "postgresql",
  DATABASE_UNIT: "postgresql",
  DATABASE_PORT: "5432",
  DATABASE_DIRECTORY: "/var/lib/pgsql/data",
  DNS_UNIT: "",
  DHCP_UNIT: "",
  CONSOLE_UNIT: "",
  HTTP_UNIT: "",
  PACKAGE_MANAGER: "dnf",
  XCAT_PACKAGE: "xCAT",
  PACKAGES: "xCAT",
});

describe("what a host says of itself", () => {
  let sandbox: Sandbox;
  const servers: Server[] = [];
  const root = (...names: string[]) => sandbox.path("root", ...names);

  beforeEach(() => {
    sandbox = new Sandbox({});
    sandbox.configure(settingsIn(sandbox.directory));
    for (const folder of [
      "HA-data/.xcatha/owner",
      "HA-data/etc/xcat",
      "root/run/xcatha",
      "root/etc",
    ])
      mkdirSync(sandbox.path(folder), { recursive: true });
    writeFileSync(sandbox.path("HA-data/.xcatha/pair"), "pair: hamn\nidentity: 1-2\n");
    writeFileSync(sandbox.path("HA-data/.xcatha/owner/0000000006"), "host: host2\n");
    writeFileSync(sandbox.path("HA-data/.xcatha/owner/0000000007"), "host: host1\n");
    writeFileSync(
      sandbox.path("HA-data/etc/xcat/cfgloc"),
      "Pg:dbname=xcatdb;host=1|xcatadm|secret",
    );
    sandbox.command(
      "systemctl",
      'verb=$1; shift; for unit; do [ "$verb:$unit" = is-active:named ] && echo active || { [ "$verb:$unit" = is-enabled:dhcpd ] && echo enabled || echo inactive; }; done; exit 3',
    );
    sandbox.command("ip", "echo '2: eth0    inet 127.0.0.1/24 scope global secondary eth0'");
    sandbox.command("hostname", "echo xcatmn");
    sandbox.command("date", "echo 1000");
    sandbox.command("rpm", '[[ "$*" = *NAME* ]] && echo xCAT=2.18.2-1 || echo 2.18.2');
    sandbox.command("tabdump", "echo '#key,value,comments,disable'");
    sandbox.command("pg_isready", "exit 0");
  });
  afterEach(() => {
    for (const server of servers.splice(0)) server.close();
    sandbox[Symbol.dispose]();
  });

  const state = (environment: Readonly<Record<string, string>> = {}) => {
    const begun = Date.now();
    const { code, stdout, stderr } = sandbox.run("state", [], "", {
      XCATHA_ROOT: root(),
      ...environment,
    });
    expect([code, stderr]).toEqual([0, ""]);
    return { seconds: (Date.now() - begun) / 1000, ...JSON.parse(stdout) };
  };

  test("a standby: what it is, and whom the record names", () => {
    expect(state()).toMatchObject({
      activated: "",
      hostname: "xcatmn",
      clock: "1000",
      virtual_ip: "eth0",
      running: "named",
      boot: "dhcpd",
      linked: "",
      version: "2.18.2",
      packages: "xCAT=2.18.2-1",
      marker: "hamn",
      identity: "1-2",
      epoch: "0000000007",
      owner: "host1",
      engine: "postgresql",
      writable: "yes",
      full: "",
      services: {},
      past_systemd: {},
      unanswered: {},
    });
  });

  test("nothing of the database's password", () => {
    expect(JSON.stringify(state())).not.toContain("secret");
  });

  test("no shared data at all is an answer", () => {
    sandbox.configure({ ...settingsIn(sandbox.directory), SHARED: "/nowhere" });
    expect(state()).toMatchObject({ mounted: "1", marker: "", owner: "", unanswered: {} });
  });

  test("links: only those that lead to the shared data", () => {
    symlinkSync(sandbox.path("HA-data/etc/xcat"), root("etc/xcat"));
    symlinkSync("/elsewhere", root("install"));
    expect(state()["linked"]).toBe("/etc/xcat");
  });

  test("a command that hangs is given up, and the rest is told", () => {
    sandbox.command("systemctl", "exec sleep 60");
    const answer = state();
    expect(answer["unanswered"]).toEqual({ units: "systemctl does not answer" });
    expect(answer["hostname"]).toBe("xcatmn");
    expect(answer["seconds"]).toBeLessThan(14);
  });

  test("a shared directory that hangs holds up nothing else", () => {
    // Opening a fifo waits for a writer, as a dead file server makes wait.
    sandbox.execute(["sh", "-c", 'rm "$0"; mkfifo "$0"', sandbox.path("HA-data/.xcatha/pair")]);
    const answer = state();
    expect(answer["unanswered"]).toEqual({ "shared data": "no answer within 5 s" });
    expect([answer["hostname"], answer["running"]]).toEqual(["xcatmn", "named"]);
    expect(answer["seconds"]).toBeLessThan(10);
  });

  test("an xcatd that no unit started is running, and past systemd", async () => {
    const child = await sandbox.start("xcatd: SSL listener", ["xcatd", "-p", "x"]);
    const answer = state();
    expect(answer["running"]).toBe("named xcatd");
    expect(answer["past_systemd"]).toEqual({ xcatd: [child.pid] });
  });

  describe("of its services, when it is active", () => {
    const activate = (settings: Readonly<Record<string, string>> = {}) => {
      writeFileSync(root("run/xcatha/active"), "");
      const none = { DATABASE: "sqlite", DATABASE_UNIT: "" };
      sandbox.configure({ ...settingsIn(sandbox.directory), ...none, ...settings });
    };
    const service = (unit: string, environment?: Readonly<Record<string, string>>) =>
      state(environment)["services"][unit];
    const listen = (answer: string) =>
      new Promise<string>((resolve) => {
        const server = createServer((socket) => {
          socket.on("error", () => {});
          socket.on("data", () => (answer === "" ? undefined : socket.end(answer)));
        });
        servers.push(server);
        server.listen(0, "127.0.0.1", () => {
          const at = server.address();
          resolve(String(at !== null && typeof at === "object" ? at.port : 0));
        });
      });

    test("xcatd that reads a table is well", async () => {
      activate();
      await sandbox.start("xcatd: SSL listener");
      expect(service("xcatd")).toBeNull();
    });

    test("xcatd that is not there does not run, whatever another test's host runs", async () => {
      using other = new Sandbox({});
      await other.start("xcatd: SSL listener");
      activate();
      expect(service("xcatd")).toBe("does not run");
    });

    test("xcatd that was stopped by a signal does not answer, and nobody waits for it", async () => {
      activate();
      sandbox.command("tabdump", "exec sleep 60");
      const child = await sandbox.start("xcatd: SSL listener");
      child.kill("SIGSTOP");
      const answer = state();
      expect(answer["services"]["xcatd"]).toMatch(/does not answer .*SIGSTOP/);
      expect(answer["seconds"]).toBeLessThan(8);
    });

    test("xcatd whose tables cannot be read, although tabdump ends with 0", async () => {
      activate();
      await sandbox.start("xcatd: SSL listener");
      sandbox.command("tabdump", "echo 'Permission denied for request'");
      expect(service("xcatd")).toMatch(/cannot read its tables: .*Permission denied/);
    });

    test("xcatd whose tables are locked, within a bound", async () => {
      activate();
      await sandbox.start("xcatd: SSL listener");
      sandbox.command("tabdump", "exec sleep 60");
      const answer = state();
      expect(answer["services"]["xcatd"]).toMatch(
        /cannot read its tables: tabdump site did not answer/,
      );
      expect(answer["seconds"]).toBeLessThan(18);
    });

    test("the web server: an answer of any kind, a hang, nothing", () => {
      activate({ HTTP_UNIT: "httpd" });
      expect(service("httpd", { XCATHA_PORT_HTTP: "1" })).toMatch(
        /does not answer on 127\.0\.0\.1:1 /,
      );
    });

    test("dhcpd that lives without its port", async () => {
      activate({ DHCP_UNIT: "dhcpd" });
      expect(service("dhcpd")).toBe("does not run");
    });

    test("named: nobody answers", async () => {
      activate({ DNS_UNIT: "named" });
      expect(service("named", { XCATHA_PORT_DNS: "1" })).toBe("does not run");
    });

    test.each([
      ["HTTP/1.1 403 Forbidden\r\n\r\n", null],
      ["", expect.stringMatching(/timed out/)],
    ])("a web server that says %j", async (said, expected) => {
      activate({ HTTP_UNIT: "httpd" });
      const port = await listen(said);
      // The server lives in this process, which must not wait for the program.
      const child = spawn(join(programsFolder, "state"), {
        env: {
          ...process.env,
          PATH: `${sandbox.path("bin")}:${process.env["PATH"]}`,
          XCATHA_CONF: sandbox.path("host.conf"),
          XCATHA_PROC: sandbox.path("proc"),
          XCATHA_ROOT: root(),
          XCATHA_PORT_HTTP: port,
        },
      });
      const parts: string[] = [];
      child.stdout.on("data", (part) => parts.push(String(part)));
      await new Promise((resolve) => child.on("close", resolve));
      expect(JSON.parse(parts.join("")).services.httpd).toEqual(expected);
    });
  });
});

describe("a host that has none of the programs", () => {
  test("is asked by what is sent along, and nothing is left there", () => {
    using sandbox = new Sandbox({});
    const read = (name: string) => readFileSync(join(programsFolder, name), "utf8");
    const given = {
      modules: ["kit", "questions", "xcatdb", "processes", "services"].map((name) => [
        name,
        read(`${name}.py`),
      ]),
      program: read("state"),
      settings: { ...settingsIn(sandbox.directory), ASKED: "12.5" },
    };
    const { code, stdout, stderr } = sandbox.execute(
      ["python3", "-B", "-c", read("carried")],
      JSON.stringify(given),
      { XCATHA_ROOT: sandbox.path("root"), XCATHA_CONF: "/nowhere" },
    );
    expect([code, stderr]).toEqual([0, ""]);
    expect(JSON.parse(stdout)).toMatchObject({ asked: 12.5, activated: "", installed: "" });
  });
});
