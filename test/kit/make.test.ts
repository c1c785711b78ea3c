import { readFileSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { Sandbox } from "./program.js";

describe("what xCAT's tables say for a network service", () => {
  let host: Sandbox;
  const make = (what: string) => host.run("make", [what]);
  const called = () => readFileSync(host.path("host.conf.called"), "utf8").trim().split("\n");
  const log = 'echo "$(basename "$0") $*" >> "$XCATHA_CONF.called"';

  beforeEach(() => {
    host = new Sandbox({
      DNS_UNIT: "named",
      DHCP_UNIT: "dhcpd",
      CONSOLE: "goconserver",
      CONSOLE_UNIT: "goconserver",
      TIMEOUT_NETWORK: "2",
      TIMEOUT_START: "5",
    });
    host.command("systemctl", `${log}; [ "$1" = is-active ] && echo inactive; true`);
    host.command("makedns", `${log}; echo DNS setup is completed`);
    for (const name of ["makedhcp", "makegocons"]) host.command(name, log);
  });
  afterEach(() => host[Symbol.dispose]());

  test("is written for DNS, and named runs afterwards", () => {
    expect(make("dns").code).toBe(0);
    expect(called()).toEqual(["makedns -n", "systemctl is-active named", "systemctl start named"]);
  });

  test("is written for DHCP, which runs before it is told the nodes", () => {
    expect(make("dhcp").code).toBe(0);
    expect(called().filter((line) => !line.includes("is-active"))).toEqual([
      "makedhcp -n",
      "systemctl start dhcpd",
      "makedhcp -a",
    ]);
  });

  // rc 0 proves nothing.
  test.each([
    [
      "ends with 0 and is not completed",
      "echo No reply received",
      /did not say that it is completed/,
    ],
    [
      "ends with 0 and prints an error",
      "echo 'Error: no domain' >&2",
      /makedns -n: Error: no domain/,
    ],
    [
      "ends with 0 and prints an error of the host",
      "echo '[mn1]: Error: named did not start'; echo more",
      /makedns -n: \[mn1\]: Error: named did not start/,
    ],
    ["fails", "echo broken >&2; exit 4", /makedns -n: broken \(exit code 4\)/],
    ["does not end", "exec sleep 60", /makedns -n: not done in 2 s/],
  ])("is not believed to be written when makedns %s", (_, script, said) => {
    host.command("makedns", script);
    const { code, stderr } = make("dns");
    expect(code).toBe(1);
    expect(stderr).toMatch(said);
  });
});
