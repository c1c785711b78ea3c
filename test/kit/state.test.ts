import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import {
  appendFileSync,
  mkdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { createServer, type Server } from "node:net";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { stateModules } from "../../src/plan/kit/state-settings.js";
import { makeCertificates } from "./authority.js";
import { programsFolder, Sandbox } from "./program.js";

const UNITS = "postgresql xcatd named dhcpd httpd";

/** The program's own settings, on a host that plays the active one. */
const settingsIn = (directory: string) => ({
  VIRTUAL_ADDRESS: "127.0.0.1",
  DOMAIN: "cluster.example.com",
  SHARED: join(directory, "HA-data"),
  METHOD: "symlink",
  LINKS: "/install /etc/xcat",
  FILES: "/etc/exports /etc/auto.nodes",
  PORTS: "3001/tcp 53/udp",
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
  NFS_UNIT: "",
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
      ...["HA-data/.xcatha/owner", "HA-data/etc/xcat"],
      ...["root/etc", "root/sys/class/net/eth0", "root/sys/class/net/lo"],
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
      'verb=$1; shift; for unit; do [ "$unit" = xcatha-owner.service ] && cat "$XCATHA_ROOT/owner" 2>/dev/null && exit; [ "$verb:$unit" = is-active:named ] && echo active || { [ "$verb:$unit" = is-enabled:dhcpd ] && echo enabled || echo inactive; }; done; exit 3',
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

  /** What systemd says of the owner's unit. */
  const owner = (state: string) => writeFileSync(root("owner"), state);

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
    expect(state()).not.toHaveProperty("certificate_fault");
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

  test("which system it is, who asks, its NICs, and whether the shared path is there", () => {
    const release =
      'NAME="Rocky Linux"\nID="rocky"\nVERSION_ID="9.4"\nPRETTY_NAME="Rocky Linux 9.4 (B)"\n';
    writeFileSync(root("etc/os-release"), release);
    expect(state()).toMatchObject({
      system: "Rocky Linux 9.4 (B)",
      system_id: "rocky",
      system_version: "9.4",
      user: String(process.getuid?.()),
      nics: "eth0 lo",
      there: "yes",
    });
    // As Debian writes it.
    writeFileSync(root("etc/os-release"), "ID=debian\nVERSION_ID='12'\nA line of no meaning\n");
    rmSync(sandbox.path("HA-data"), { recursive: true });
    const bare = state();
    expect(bare).toMatchObject({
      system: "",
      system_id: "debian",
      system_version: "12",
      there: "",
    });
    expect(bare["unanswered"]).toEqual({});
  });

  test("whether it asks the virtual IP for names", () => {
    const asks = (text: string) => {
      writeFileSync(root("etc/resolv.conf"), text);
      return state()["resolver"];
    };
    expect(asks("nameserver 10.0.0.1\nnameserver 127.0.0.1\n")).toBe("");
    expect(asks("# Generated by NetworkManager\nnameserver 10.0.0.1\n")).toBe(
      "it is none of the first 3 servers in /etc/resolv.conf, which NetworkManager writes",
    );
  });

  test("which virtual IPs it holds, and which not, in each network", () => {
    const asked = { VIRTUAL_ADDRESS_2: "10.1.0.9", VIRTUAL_ADDRESS_3: "10.2.0.9" };
    const conf = Object.entries(asked).map(([key, value]) => `${key}="${value}"\n`);
    appendFileSync(sandbox.path("host.conf"), conf.join(""));
    sandbox.command(
      "ip",
      `case "$*" in *10.1.0.9/32) echo "3: ib0 inet 10.1.0.9/16 scope global ib0" ;; esac`,
    );
    mkdirSync(root("etc/netplan"));
    writeFileSync(root("etc/netplan/01.yaml"), "addresses: [10.2.0.9/24]\n");
    expect(state()).toMatchObject({
      virtual_ip: "ib0",
      virtual_ip_missing: "127.0.0.1 10.2.0.9",
      virtual_ip_at_boot: "/etc/netplan/01.yaml",
    });
  });

  test("the files by which it would take the virtual IP at boot", () => {
    expect(state()["virtual_ip_at_boot"]).toBe("");
    mkdirSync(root("etc/netplan"));
    writeFileSync(root("etc/netplan/01.yaml"), "addresses: [127.0.0.1/24]\n");
    expect(state()["virtual_ip_at_boot"]).toBe("/etc/netplan/01.yaml");
  });

  test.each([
    ["active", "yes"],
    ["activating", "yes"],
    ["deactivating", "yes"],
    ["failed", ""],
  ])("is activated as its owner's unit says, not by an epoch that was handed: %s", (now, word) => {
    owner(now);
    mkdirSync(root("run/xcatha"), { recursive: true });
    writeFileSync(root("run/xcatha/epoch"), "7\n");
    expect(state()["activated"]).toBe(word);
  });

  test("nothing of the database's password", () => {
    expect(JSON.stringify(state())).not.toContain("secret");
  });

  describe("of an earlier model", () => {
    const before = (changes: Readonly<Record<string, string>>) => {
      const settings = { ...settingsIn(sandbox.directory), ...changes };
      const lines = Object.entries(settings).map(([key, value]) => `${key}="${value}"\n`);
      writeFileSync(sandbox.path("host.conf.41.2026-11-01@10:00:00~"), lines.join(""));
    };
    const left = () => state()["left_of_earlier"];

    test("nothing is left where it said the same, or what it said is gone", () => {
      expect(left()).toEqual([]);
      before({ LINKS: "/install /etc/xcat /opt/gone", UNITS: `${UNITS} gone` });
      expect(left()).toEqual([]);
    });

    test("its virtual IP is named, with the command", () => {
      before({ VIRTUAL_ADDRESS: "10.0.0.49" });
      sandbox.command(
        "ip",
        '[[ "$*" = *10.0.0.49/32* ]] && echo "2: eth0    inet 10.0.0.49/24 scope global secondary eth0"',
      );
      expect(left()).toEqual([
        "it still holds 10.0.0.49, the virtual IP of an earlier model. When nobody asks there any more: ip address del 10.0.0.49/24 dev eth0",
      ]);
    });

    test("a directory that it shared is named, and the way back is right", () => {
      before({ LINKS: "/install /etc/xcat /opt/site" });
      const [path, data] = [root("opt/site"), sandbox.path("HA-data/opt/site")];
      mkdirSync(data, { recursive: true });
      mkdirSync(root("opt"));
      writeFileSync(join(data, "kept"), "");
      symlinkSync(data, path);
      const [sentence = ""] = left() as readonly string[];
      expect(sentence).toMatch(/^\/opt\/site still leads to \S+, which the model does not share/);
      const way = /alone: (.*), then (.*)$/.exec(sentence)?.slice(1).join(" && ") ?? "";
      const here = way.replaceAll(/ \/opt\/site(?= |$)/g, ` ${path}`);
      expect(sandbox.execute(["bash", "-c", here]).code).toBe(0);
      expect(readFileSync(join(path, "kept"), "utf8")).toBe("");
      expect(left()).toEqual([]);
    });

    test("a service of its own is named while it runs or is bound, once", () => {
      before({ UNITS: `${UNITS} myserver` });
      writeFileSync(
        sandbox.path("host.conf.42.2026-11-02@10:00:00~"),
        readFileSync(sandbox.path("host.conf.41.2026-11-01@10:00:00~"), "utf8"),
      );
      sandbox.command(
        "systemctl",
        'verb=$1; shift; for unit; do [ "$unit" = myserver ] && { [ "$verb" = is-active ] && echo active || echo disabled; } || echo inactive; done',
      );
      expect(left()).toEqual([
        expect.stringMatching(/^myserver is no service .* To keep it: systemctl enable myserver\./),
      ]);
      const folder = root("etc/systemd/system/myserver.service.d");
      mkdirSync(folder, { recursive: true });
      writeFileSync(join(folder, "50-xcatha.conf"), "");
      expect(left()).toEqual([
        expect.stringMatching(/50-xcatha\.conf still binds it to the pair: rm /),
      ]);
    });

    test("its nightly dumps are named, unless the model asks for them", () => {
      mkdirSync(root("etc/systemd/system"), { recursive: true });
      writeFileSync(root("etc/systemd/system/xcatha-dump.timer"), "");
      expect(left()).toEqual([
        expect.stringMatching(
          /every night, .*disable --now xcatha-dump\.timer, then rm \S+timer\. /,
        ),
      ]);
      sandbox.configure({ ...settingsIn(sandbox.directory), DUMPS: "/var/dumps" });
      expect(left()).toEqual([]);
    });
  });

  test("no shared data at all is an answer", () => {
    sandbox.configure({ ...settingsIn(sandbox.directory), SHARED: "/nowhere" });
    expect(state()).toMatchObject({ mounted: "1", marker: "", owner: "", unanswered: {} });
  });

  test("the files that go with the service, as they are here and as they are kept", () => {
    writeFileSync(root("etc/exports"), "/install *(rw)\n");
    mkdirSync(sandbox.path("HA-data/.xcatha/files"));
    writeFileSync(
      sandbox.path("HA-data/.xcatha/files/index"),
      JSON.stringify({ "/etc/exports": { by: "host1", digest: "d1", of: {} } }),
    );
    expect(state()).toMatchObject({
      files: {
        "/etc/exports": createHash("sha256").update("/install *(rw)\n").digest("hex"),
        "/etc/auto.nodes": "",
      },
      kept: { "/etc/exports": "d1" },
    });
  });

  test("the ports that its firewalld keeps closed, when a search is asked for", () => {
    const own = { NIC: "eth0", VIRTUAL_NETWORK: "10.0.0.0", VIRTUAL_PREFIX: "24" };
    sandbox.command(
      "firewall-cmd",
      `case "$*" in --state) echo running ;; --get-zone*) echo public ;; *list-all) printf 'public\\n  ports: 53/udp\\n' ;; esac`,
    );
    sandbox.configure({ ...settingsIn(sandbox.directory), ...own });
    expect(state()["firewall"]).toEqual({});
    sandbox.configure({ ...settingsIn(sandbox.directory), ...own, SEARCH: "yes" });
    expect(state()).toMatchObject({ firewall: { zone: "public", ports: ["3001/tcp"] }, names: [] });
    sandbox.command("firewall-cmd", "exec sleep 30");
    expect(state()).toMatchObject({
      firewall: {},
      names: ["It is not known which ports firewalld keeps closed: firewall-cmd does not answer"],
    });
  });

  test("links: only those that lead to the shared data", () => {
    symlinkSync(sandbox.path("HA-data/etc/xcat"), root("etc/xcat"));
    symlinkSync("/elsewhere", root("install"));
    expect(state()["linked"]).toBe("/etc/xcat");
  });

  /** What it says in a mount namespace of its own, after a script has mounted there. */
  const stateAfter = (script: string, changes: Readonly<Record<string, string>>) => {
    sandbox.configure({ ...settingsIn(sandbox.directory), ...changes });
    const { code, stdout, stderr } = sandbox.execute(
      ["unshare", "--mount", "bash", "-ec", `${script}; "$state"`],
      "",
      {
        XCATHA_ROOT: root(),
        state: `${sandbox.program}/state`,
        shared: sandbox.path("HA-data"),
        path: sandbox.path("local/etc"),
      },
    );
    expect([code, stderr]).toEqual([0, ""]);
    return JSON.parse(stdout);
  };
  const bound = () => ({ METHOD: "bind", LINKS: sandbox.path("local/etc") });
  const DIRECTORIES = 'mkdir -p "$path" "$shared$path"';

  test.each([
    ["bound from the shared data", 'mount --bind "$shared$path" "$path"', true],
    [
      "bound over a disk of the host's own",
      'mount -t tmpfs disk "$path"; mount --bind "$shared$path" "$path"',
      true,
    ],
    ["a disk of the host's own", 'mount -t tmpfs disk "$path"', false],
    ["bound from elsewhere on the same disk", 'mount --bind "$shared" "$path"', false],
    [
      "a disk of the host's own over what was bound",
      'mount --bind "$shared$path" "$path"; mount -t tmpfs disk "$path"',
      false,
    ],
  ])("links by mounts: %s", (_, script, linked) => {
    expect(stateAfter(`${DIRECTORIES}; ${script}`, bound())["linked"]).toBe(
      linked ? bound().LINKS : "",
    );
  });

  test("links by mounts, on shared data that is mounted", () => {
    expect(
      stateAfter(
        `mount -t tmpfs shared "$shared"; ${DIRECTORIES}; mount --bind "$shared$path" "$path"`,
        bound(),
      )["linked"],
    ).toBe(bound().LINKS);
  });

  test("a disk that /etc/fstab mounts over a shared directory, and one that it would", () => {
    writeFileSync(root("etc/fstab"), `/dev/vdb ${bound().LINKS} ext4 defaults 0 2\n`);
    const linked = { LINKS: bound().LINKS };
    expect(stateAfter(DIRECTORIES, linked)).toMatchObject({ fstab: bound().LINKS, covered: "" });
    expect(stateAfter(`${DIRECTORIES}; mount -t tmpfs disk "$shared$path"`, linked)).toMatchObject({
      fstab: bound().LINKS,
      covered: bound().LINKS,
    });
    expect(stateAfter(DIRECTORIES, bound())).toMatchObject({ fstab: "", covered: "" });
  });

  test("a command that hangs is given up, and the rest is told", () => {
    sandbox.command("systemctl", "exec sleep 60");
    const answer = state();
    expect(answer["unanswered"]).toEqual({
      host: "systemctl does not answer",
      units: "systemctl does not answer",
    });
    expect(answer["marker"]).toBe("hamn");
    expect(answer["seconds"]).toBeLessThan(18);
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
    const child = await sandbox.start("xcatd: SSL listener", { args: ["xcatd", "-p", "x"] });
    const answer = state();
    expect(answer["running"]).toBe("named xcatd");
    expect(answer["past_systemd"]).toEqual({ xcatd: [child.pid] });
  });

  describe("of its services, when it is active", () => {
    const activate = (settings: Readonly<Record<string, string>> = {}) => {
      owner("active");
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

    test("what names a host is searched for when it is asked for, and only then", () => {
      activate();
      const own = { HOST: "host1", OWN_HOSTNAME: "host1", OWN_ADDRESS: "10.0.0.1", NIC: "eth0" };
      const peer = { PEER: "host2", PEER_HOSTNAME: "host2", PEER_ADDRESS: "10.0.0.2" };
      const more = {
        VIRTUAL_NETWORK: "10.0.0.0",
        VIRTUAL_PREFIX: "24",
        VIRTUAL_HOSTNAME: "hamn",
        TIMEOUT_XCATD: "3",
      };
      activate({ ...own, ...peer, ...more });
      mkdirSync(root("install/autoinst"), { recursive: true });
      writeFileSync(root("install/autoinst/cn1"), "MASTER_IP=10.0.0.2\n");
      sandbox.command("tabdump", '[ "$1" = site ] && echo "#key,value,comments,disable" || exit 1');
      expect(state()["names"]).toEqual([]);
      activate({ ...own, ...peer, ...more, SEARCH: "yes" });
      activate({ ...own, ...peer, ...more, SEARCH: "yes", NFS_UNIT: "nfs-server" });
      writeFileSync(root("etc/exports"), "/install *(rw,fsid=1)\n");
      expect(state()["names"].at(-1)).toBe(
        "NFS does not export /install, which /etc/exports names: exportfs -r says why",
      );
      activate({ ...own, ...peer, ...more, SEARCH: "yes" });
      expect(state()["names"]).toEqual([
        expect.stringMatching(
          /^It is not known what names a host in tables: tabdump failed \(.*\) within 3 s\.$/,
        ),
        expect.stringMatching(/^cn1 of \/install\/autoinst names host2 \(10\.0\.0\.2\): /),
        expect.stringMatching(
          /^It is not known what xCAT's service nodes are: tabdump servicenode failed \(.*\) within 10 s\.$/,
        ),
      ]);
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

    test.each([
      ["valid for long", 90, { certificate_fault: "", certificates_ending: [] }],
      [
        "that end within 60 days",
        59,
        {
          certificate_fault: "",
          certificates_ending: ["etc/xcat/cert/server-cred.pem", "root/.xcat/client-cred.pem"].map(
            (path) => [expect.stringMatching(new RegExp(`${path}$`)), expect.any(String)],
          ),
        },
      ],
      [
        "that have ended",
        -1,
        {
          certificate_fault: expect.stringMatching(/server-cred\.pem is not valid .* has expired$/),
          certificates_ending: [],
        },
      ],
    ])("certificates %s", (_, days, said) => {
      activate();
      makeCertificates(sandbox, { etc: root("etc/xcat"), home: root("root/.xcat") }, { days });
      const found = state();
      expect(found).toMatchObject(said);
      const day = new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
      for (const [, until] of found["certificates_ending"]) expect(until).toBe(day);
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
      modules: stateModules.map((name) => [name, read(`${name}.py`)]),
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
