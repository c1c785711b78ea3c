import { mkdirSync, readFileSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { Sandbox } from "./program.js";

describe("what xCAT's tables say for a network service", () => {
  let host: Sandbox;
  const make = (what: string) => host.run("make", [what], "", { XCATHA_NET: host.path("net") });
  const site = (interfaces: string, key = "dhcpinterfaces") =>
    host.command(
      "tabdump",
      `printf '%s\\n' '#key,value,comments,disable' '"${key}","${interfaces}",,'`,
    );
  const called = () => readFileSync(host.path("host.conf.called"), "utf8").trim().split("\n");
  const log = 'echo "$(basename "$0") $*" >> "$XCATHA_CONF.called"';

  beforeEach(() => {
    host = new Sandbox({
      HOST: "host2",
      OWN_HOSTNAME: "host2",
      OWN_ADDRESS: "10.0.0.2",
      NIC: "eno1",
      PEER: "host1",
      PEER_HOSTNAME: "host1",
      PEER_ADDRESS: "10.0.0.1",
      PEER_NIC: "eth0",
      VIRTUAL_ADDRESS: "10.0.0.9",
      VIRTUAL_NETWORK: "10.0.0.0",
      VIRTUAL_PREFIX: "24",
      VIRTUAL_HOSTNAME: "hamn",
      DOMAIN: "example.com",
      DNS_UNIT: "named",
      DHCP_UNIT: "dhcpd",
      CONSOLE: "goconserver",
      CONSOLE_UNIT: "goconserver",
      TIMEOUT_NETWORK: "2",
      TIMEOUT_START: "5",
    });
    host.command("systemctl", `${log}; [ "$1" = is-active ] && echo inactive; true`);
    host.command("makedns", `${log}; echo DNS setup is completed`);
    for (const nic of ["eno1", "eno2"]) mkdirSync(host.path("net", nic), { recursive: true });
    host.command("tabdump", "echo '#key,value,comments,disable'");
    host.command("nodels", '[ "$1" = mns ] && echo host2 || { echo Error; exit 1; }');
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

  test.each([
    ["host1|eth0;host2|eno1"],
    ["HOST2.example.com|eno1:noboot,eno2"],
    ["10.0.0.2|eno1 eno2"],
    ["hamn|eno1"],
    ["mns|eno1;service|bond0"],
    ["eno1,!remote!"],
  ])("is written for DHCP when it listens on this host's NICs: %s", (interfaces) => {
    site(interfaces);
    expect(make("dhcp")).toMatchObject({ code: 0, stderr: "" });
  });

  test.each([
    [
      "host1|eth0",
      "has no entry for host2, so that DHCP would answer on every NIC",
      "host1|eth0;host2|eno1",
    ],
    [
      "service|bond0",
      "has no entry for host2, so that DHCP would answer on every NIC",
      "host2|eno1;host1|eth0;service|bond0",
    ],
    ["eth0", "names eth0, which host2 does not have", "host2|eno1;host1|eth0"],
    ["host2|eno1,eno7", "names eno7, which host2 does not have", "host2|eno1;host1|eth0,eno7"],
  ])("is not written for DHCP that would listen elsewhere: %s", (value, wrong, proposal) => {
    for (const key of ["dhcpinterfaces", "dhcpinterface"]) {
      site(value, key);
      expect(make("dhcp")).toEqual({
        code: 1,
        stdout: "",
        stderr: `site.${key} (${value}) ${wrong}. DHCP was left as it is. Name the NICs of both hosts, then start it: chdef -t site ${key}='${proposal}' && systemctl restart xcatha-dhcp.service\n`,
      });
    }
    expect(
      host.execute(["grep", "-cE", "makedhcp|start dhcpd", host.path("host.conf.called")]).stdout,
    ).toBe("");
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
