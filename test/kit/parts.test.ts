import type { ChildProcess } from "node:child_process";
import { appendFileSync, writeFileSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { FakeXcat } from "./fake-xcat.js";

const PARTS = `vital xcatha-owner.service 2 owns the pair
vital xcatha-address.service 2 holds the virtual IP
vital xcatd.service 2 runs xcatd
other xcatha-console.service 2 has written the consoles
other httpd.service 2 runs Apache
`;
const UNITS = PARTS.split("\n").flatMap((line) => line.split(" ")[1] ?? []);

describe("the parts of xcatha.target", () => {
  let host: FakeXcat;
  const parts = (...args: readonly string[]) =>
    host.run("parts", args, "", {
      ...host.environment,
      XCATHA_PARTS: host.path("parts.list"),
    });
  const unit = (name: string, state: string) =>
    writeFileSync(host.path(`unit-${name}`), `${state}\n`);
  /** What systemd was asked to change. */
  const acts = () => host.called.match(/^systemctl (start|stop|restart|reset-failed) .*/gm) ?? [];
  const serves = () => {
    for (const name of ["xcatha.target", "xcatd", ...UNITS]) unit(name, "active");
  };

  beforeEach(() => {
    host = new FakeXcat({
      UNITS: "xcatd goconserver httpd",
      LINKS: "",
      METHOD: "symlink",
      DATABASE: "sqlite",
      DATABASE_UNIT: "",
      DATABASE_DIRECTORY: "",
      DNS_UNIT: "",
      DHCP_UNIT: "",
      CONSOLE: "goconserver",
      CONSOLE_UNIT: "goconserver",
      HTTP_UNIT: "",
      OUTLAST: "5",
      TIMEOUT_START: "2",
      TIMEOUT_XCATD: "5",
    });
    writeFileSync(host.path("parts.list"), PARTS);
    host.table("sqlite", "site", '#key,value,comments,disable\n"master","127.0.0.1",,\n');
    // Each unit is what its file says; what is started runs, unless it cannot.
    host.command(
      "systemctl",
      `echo "systemctl $*" >> "$D/called"
      set_to() { for one; do case $one in
        -*) ;; xcatha.target) for part in ${UNITS.join(" ")}; do set_one "$part"; done; set_one "$one" ;;
        *) set_one "$one" ;;
      esac; done; }
      set_one() { if [ -e "$D/broken-$1" ]; then echo failed; else echo "$state"; fi > "$D/unit-$1"; }
      verb=$1; shift
      case $verb in
        is-active) for one; do cat "$D/unit-$one" 2>/dev/null || echo inactive; done ;;
        start | restart) state=active; set_to "$@" ;;
        stop) state=inactive; set_to "$@" ;;
        show) cat "$D/invocation" 2>/dev/null; true ;;
      esac`,
    );
    host.command("journalctl", `echo "last words of \${@: -1}"`);
    host.command("ip", 'cat "$D/address" 2>/dev/null; true');
    writeFileSync(host.path("address"), "2: eth0 inet 127.0.0.1/24 scope global eth0\n");
    writeFileSync(host.path("called"), "");
  });
  afterEach(() => {
    host[Symbol.dispose]();
  });

  test("start together, and systemd is not waited for", () => {
    expect(parts("start", "--check").stdout).toBe("changed: xcatha.target is started\n");
    expect(acts()).toEqual([]);
    expect(parts("start")).toEqual({
      code: 0,
      stdout: "changed: xcatha.target is started\n",
      stderr: "",
    });
    expect(acts()).toEqual(["systemctl start --no-block xcatha.target"]);
  });

  test("start where nothing runs apart from them: units are stopped, an xcatd past systemd is ended", async () => {
    unit("httpd", "active");
    const xcatd = await host.start("xcatd: SSL listener");
    const gone = new Promise((resolve) => xcatd.on("exit", (_code, signal) => resolve(signal)));
    expect(parts("start").code).toBe(0);
    expect(await gone).toBe("SIGTERM");
    expect(acts()).toEqual(["systemctl stop httpd", "systemctl start --no-block xcatha.target"]);
  });

  describe("of the active host", () => {
    let goconserver: ChildProcess;

    beforeEach(async () => {
      serves();
      goconserver = await host.start("goconserver");
    });

    const withoutConsole = () =>
      host.execute(["sed", "-i", "s/^CONSOLE_UNIT=.*/CONSOLE_UNIT=/", host.path("host.conf")]);

    test("are left alone when they answer", () => {
      withoutConsole();
      expect(parts("start")).toEqual({ code: 0, stdout: "", stderr: "" });
      expect(acts()).toEqual(["systemctl start --no-block xcatha.target"]);
    });

    test("are not restarted because one is late once", () => {
      withoutConsole();
      host.command(
        "tabdump",
        `[ -e "$D/asked" ] || { touch "$D/asked"; exit 1; }; echo '#key,value'; echo '"master","127.0.0.1"'`,
      );
      expect(parts("start").stdout).toBe("");
    });

    test("are started where they are down", () => {
      withoutConsole();
      unit("httpd.service", "failed");
      expect(parts("start").stdout).toBe("changed: httpd.service is started\n");
      expect(acts()).toEqual([
        "systemctl reset-failed httpd.service",
        "systemctl start --no-block xcatha.target httpd.service",
      ]);
    });

    test("are started again when they are not what they claim to be", () => {
      withoutConsole();
      writeFileSync(host.path("address"), "");
      expect(parts("start").stdout).toBe(
        "changed: xcatha-address.service is started again\nchanged: xcatha-address.service is started\n",
      );
      expect(acts().slice(0, 2)).toEqual([
        "systemctl stop xcatha-address.service",
        "systemctl start --no-block xcatha.target xcatha-address.service",
      ]);
    });

    test("are started again when a further network's virtual IP is gone", () => {
      withoutConsole();
      host.execute(["sh", "-c", `echo VIRTUAL_ADDRESS_2=10.1.0.9 >> ${host.path("host.conf")}`]);
      appendFileSync(
        host.path("parts.list"),
        "vital xcatha-address-2.service 2 holds the virtual IP of network 2\n",
      );
      unit("xcatha-address-2.service", "active");
      host.command(
        "ip",
        `case "$*" in *10.1.0.9*) ;; *) echo "2: eth0 inet 127.0.0.1/24 scope global eth0" ;; esac`,
      );
      expect(parts("start").stdout).toBe(
        "changed: xcatha-address-2.service is started again\nchanged: xcatha-address-2.service is started\n",
      );
      unit("xcatha-address-2.service", "active");
      expect(parts("vital").stdout).toContain(
        "host1 holds the virtual IP of network 2, 10.1.0.9\n",
      );
    });

    test("are started again when they cannot answer any more, with what is written of the tables", () => {
      goconserver.kill("SIGSTOP");
      const said =
        "changed: goconserver does not answer (stopped by SIGSTOP), and is started again\n";
      expect(parts("start", "--check").stdout).toBe(said);
      expect(acts()).toEqual([]);
      expect(parts("start").stdout).toBe(said);
      expect(acts().slice(1)).toEqual([
        "systemctl stop goconserver",
        "systemctl restart --no-block xcatha-console.service",
      ]);
    });

    test("have xcatd restarted, which no longer answers, and tell its last words if that is in vain", () => {
      withoutConsole();
      host.command("tabdump", "exit 1");
      const { code, stdout, stderr } = parts("start");
      expect([code, stdout]).toEqual([1, "changed: restart xcatd\n"]);
      expect(stderr).toMatch(
        /^xcatd does not answer on 127\.0\.0\.1:3001 after \d+ s; its unit is active\.\nlast words of xcatd\n$/,
      );
    });
  });

  test("are told one by one as they are there, the vital ones first", () => {
    serves();
    expect(parts("vital")).toEqual({
      code: 0,
      stdout: "host1 owns the pair\nhost1 holds the virtual IP\nhost1 runs xcatd\n",
      stderr: "",
    });
    expect(parts("rest").stdout).toBe("host1 has written the consoles\nhost1 runs Apache\n");
  });

  test.each([
    ["failed", /^xcatd\.service is failed after \d s\.\nlast words of xcatd\.service\n$/],
    ["activating", /^xcatd\.service is still activating after \d s\.\nlast words/],
    ["inactive", /^xcatd\.service is inactive after \d s\.\nlast words/],
  ])("without which nothing is served end the wait: %s", (state, said) => {
    serves();
    unit("xcatd.service", state);
    const { code, stdout, stderr } = parts("vital");
    expect([code, stdout]).toEqual([1, "host1 owns the pair\nhost1 holds the virtual IP\n"]);
    expect(stderr).toMatch(said);
  });

  test("are not enough when xCAT is served from elsewhere", () => {
    serves();
    host.table("sqlite", "site", '#key,value,comments,disable\n"master","10.77.0.11",,\n');
    expect(parts("vital").stderr).toBe(
      "xCAT is not served from 127.0.0.1: xCAT's site.master is not 127.0.0.1: run setup.yml.\nlast words of xcatd\n",
    );
  });

  test("without which xCAT is served are all waited for, and named when they are not there", () => {
    serves();
    unit("xcatha-console.service", "failed");
    const { code, stdout, stderr } = parts("rest");
    expect([code, stdout]).toEqual([1, "host1 runs Apache\n"]);
    expect(stderr).toMatch(
      /^It is not so that host1 has written the consoles: xcatha-console\.service is failed after \d s\. last words of xcatha-console\.service\n$/,
    );
  });

  test("that failed are told with their own words, not with those of systemd, which come last", () => {
    serves();
    unit("xcatha-console.service", "failed");
    writeFileSync(host.path("invocation"), "7b1c\n");
    host.command(
      "journalctl",
      `case "$*" in
        *_SYSTEMD_INVOCATION_ID=7b1c) echo "makegocons: goconserver is not installed. (exit code 1)" ;;
        *) for line in 1 2 3 4 5; do echo "systemd's line $line"; done ;;
      esac`,
    );
    expect(parts("rest").stderr).toMatch(
      /^It is not so that host1 has written the consoles: .* after \d s\. makegocons: goconserver is not installed\. \(exit code 1\)\n$/,
    );
  });
});
