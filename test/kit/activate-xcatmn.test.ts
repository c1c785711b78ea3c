import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { Sandbox } from "./program.js";

describe("activate-xcatmn, typed when the control machine is gone too", () => {
  let host: Sandbox;
  let settings: Record<string, string>;
  const data = (...names: readonly string[]) => host.path("HA-data", ...names);
  const activate = (...args: readonly string[]) => {
    host.configure(settings);
    return host.run("activate-xcatmn", args, "", {
      XCATHA_RUN: host.path("run"),
      XCATHA_ROOT: host.path("root"),
    });
  };
  const owner = (name: string) =>
    writeFileSync(data(".xcatha/owner/0000000004"), `host: ${name}\n`);
  /** What the peer's own program says when it is asked by ssh. */
  const peer = (code: number, said = "") => host.command("ssh", `echo "${said}"; exit ${code}`);

  beforeEach(() => {
    host = new Sandbox({});
    settings = {
      HOST: "host2",
      PEER: "host1",
      PEER_ADDRESS: "10.0.0.11",
      PAIR: "hamn",
      NIC: "lo",
      SHARED: data(),
      DEVICE: "",
      METHOD: "symlink",
      LINKS: "/etc/xcat",
      VIRTUAL_ADDRESS: "127.0.0.1",
      VIRTUAL_HOSTNAME: "localhost",
      DOMAIN: "cluster.example.com",
      UNITS: "xcatd",
      BOOT_UNITS: "xcatd",
      DATABASE: "postgresql",
      DATABASE_UNIT: "",
      DATABASE_DIRECTORY: "",
      DNS_UNIT: "",
      DHCP_UNIT: "",
      CONSOLE_UNIT: "",
      HTTP_UNIT: "",
      PACKAGE_MANAGER: "dnf",
      XCAT_PACKAGE: "xCAT",
      PACKAGES: "xCAT",
      OUTLAST: "0",
    };
    for (const folder of [data(".xcatha/owner"), data("etc/xcat")])
      mkdirSync(folder, { recursive: true });
    writeFileSync(data(".xcatha/pair"), "pair: hamn\nidentity: 1-2\n");
    writeFileSync(data(".xcatha/complete"), "/etc/xcat\n");
    writeFileSync(data(".xcatha/served"), "2.18.2\n");
    writeFileSync(data("etc/xcat/cfgloc"), "Pg:dbname=xcatdb;host=1|xcatadm|secret\n");
    owner("none");
    peer(0);
    host.command("systemctl", "shift; for one; do echo inactive; done; exit 3");
    host.command("ip", "true");
    host.command("ping", "exit 1");
    host.command("arping", "true");
    host.command("rpm", '[[ "$*" = *NAME* ]] && echo xCAT=2.18.2-1 || echo 2.18.2');
  });
  afterEach(() => host[Symbol.dispose]());

  test("says what it would do, and changes nothing", () => {
    const { code, stdout, stderr } = activate("--dry-run");
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toContain("would take the owner record after epoch 0000000004");
    expect(readdirSync(data(".xcatha/owner"))).toEqual(["0000000004"]);
  });

  // The same as activate.yml refuses.
  test.each<[string, () => unknown, RegExp]>([
    [
      "another pair's shared data",
      () => writeFileSync(data(".xcatha/pair"), "pair: theirs\n"),
      /is not this pair's shared data: it bears the marker of 'theirs'/,
    ],
    [
      "shared data that is not complete",
      () => writeFileSync(data(".xcatha/complete"), ""),
      /is not this pair's shared data: .* lacks: \/etc\/xcat\./,
    ],
    [
      "another database",
      () => writeFileSync(data("etc/xcat/cfgloc"), "mysql:dbname=xcatdb\n"),
      /holds xCAT on 'mariadb', and this host is set up for postgresql/,
    ],
    [
      "another xCAT",
      () => writeFileSync(data(".xcatha/served"), "2.17\n"),
      /has xCAT 2\.18\.2, but the pair was last served by 2\.17\..*--accept-version 2\.18\.2/,
    ],
    ["a host without its NIC", () => Object.assign(settings, { NIC: "nic9" }), /no NIC nic9/],
    ["a peer that serves", () => peer(1, "xcatd runs."), /^host1 is still active: xcatd runs\./],
    ["a peer that owns the pair", () => owner("host1"), /names host1, which answers/],
    [
      "a peer that may still write",
      () => {
        owner("host1");
        peer(255);
      },
      /names host1, which does not answer, .* activate-xcatmn --fenced host1/,
    ],
    [
      "a virtual IP that is held",
      () => host.command("arping", "exit 1"),
      /127\.0\.0\.1 is held by another machine/,
    ],
  ])("refuses %s", (_, change, said) => {
    change();
    const { code, stderr } = activate("--dry-run");
    expect(stderr).toMatch(said);
    expect(code).toBe(1);
    expect(readdirSync(data(".xcatha/owner"))).toEqual(["0000000004"]);
  });

  test("stops nothing here when another run took the record meanwhile", () => {
    const [calls, taken] = [host.path("calls"), data(".xcatha/owner/0000000005")];
    host.command("arping", `echo host: host2 > ${taken}`);
    host.command(
      "systemctl",
      `echo "$@" >> ${calls}; shift; for one; do echo inactive; done; exit 3`,
    );
    const { code, stderr } = activate();
    expect(stderr).toMatch(/^The owner record is at epoch 5 now, .* Nothing was changed\.\n$/);
    expect(code).toBe(1);
    expect(readFileSync(calls, "utf8")).not.toMatch(/^stop /m);
  });

  test("believes the words that were meant", () => {
    writeFileSync(data(".xcatha/served"), "2.17\n");
    owner("host1");
    peer(255);
    const { code, stderr } = activate(
      ...["--dry-run", "--accept-version", "2.18.2", "--fenced", "host1"],
    );
    expect([code, stderr]).toEqual([0, ""]);
  });
});
