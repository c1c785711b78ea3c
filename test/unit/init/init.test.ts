import { describe, expect, test } from "vitest";
import { complete, optionFaults } from "../../../src/cli/answers.js";
import { type Answers, answerFault, documentOf, questionIds } from "../../../src/init/answers.js";
import {
  type Machine,
  parseHosts,
  parseMounts,
  parseOsRelease,
} from "../../../src/init/machine.js";
import { modelText } from "../../../src/init/model-text.js";
import { questions } from "../../../src/init/questions.js";
import { readModel } from "../../../src/model/read-model.js";

const bare: Machine = { name: "here", addresses: [], hosts: [], osRelease: {}, sharedMounts: [] };

/** A first host of a pair, as an administrator has prepared it. */
const prepared: Machine = {
  name: "mn1",
  addresses: [
    { nic: "ib0", address: "172.16.0.1", netmask: "255.255.0.0" },
    { nic: "eth2", address: "10.5.106.70", netmask: "255.255.254.0" },
  ],
  hosts: parseHosts(`127.0.0.1 localhost
::1 localhost
10.5.106.70 mn1.example.org mn1   # this one
10.5.107.5  mn2.example.org mn2
10.5.106.50 xcat.example.org
192.168.7.7 elsewhere
`),
  osRelease: parseOsRelease('NAME="Rocky Linux"\nID="rocky"\nVERSION_ID="9.4"\nID_LIKE="rhel"\n'),
  sharedMounts: parseMounts(
    "proc /proc proc rw 0 0\n/dev/sda1 / ext4 rw 0 0\nnas:/x /HA nfs4 rw 0 0\n",
  ),
};

const answered: Required<Answers> = {
  host1: "mn1=10.5.106.70",
  host2: "mn2=10.5.106.5",
  shared: "/HA-data",
  nic: "eth0",
  vip: "10.5.106.50",
  netmask: "255.255.255.0",
  platform: "el9",
  hostname: "xcat",
  database: "postgresql",
  fencing: "none",
};

const pairOf = (text: string) => readModel({ file: "xcatha.yml", text });

test("a question fits into a line of a small terminal", () => {
  for (const { asks } of Object.values(questions)) expect(asks.length).toBeLessThanOrEqual(72);
});

describe("the defaults", () => {
  test("come from what the machine shows", () => {
    const { host1 = "" } = answered;
    expect(complete({ host1 }, prepared)).toEqual({
      complete: {
        host1,
        host2: "mn2.example.org=10.5.107.5",
        shared: "/HA",
        nic: "eth2",
        vip: "10.5.106.50",
        netmask: "255.255.254.0",
        platform: "el9",
        hostname: "xcat.example.org",
        database: "postgresql",
        fencing: "none",
      },
    });
  });

  test("name this machine as the first host, and another one of its subnet as the second", () => {
    const ethernet = { ...prepared, addresses: prepared.addresses.slice(1) };
    expect(complete({}, ethernet)).toMatchObject({
      complete: { host1: "mn1=10.5.106.70", host2: "mn2.example.org=10.5.107.5" },
    });
  });

  test("are none where nothing shows them: the options are named", () => {
    const result = complete({}, bare);
    expect("missing" in result && result.missing.map(({ file }) => file)).toEqual([
      "--host1",
      "--host2",
      "--vip",
    ]);
  });

  test("are none where the rules would refuse them", () => {
    const machine = { ...prepared, sharedMounts: ["/etc"] };
    expect("missing" in complete({ host1: answered.host1 }, machine)).toBe(true);
  });
});

describe("an answer", () => {
  test.each<[keyof Answers, string, Answers, string]>([
    ["host1", "", {}, "answer-missing"],
    ["host1", "mn1", {}, "answer-missing"],
    ["host1", "mn1=10.5.106", {}, "address-malformed"],
    ["host1", "mn_1=10.5.106.70", {}, "hostname-illegal"],
    ["host2", "mn1=10.5.106.5", { host1: "mn1=10.5.106.70" }, "hostnames-equal"],
    ["shared", "/etc", {}, "shared-path-dangerous"],
    ["shared", "data", {}, "shared-path-malformed"],
    ["nic", "a nic", {}, "nic-illegal"],
    ["vip", "10.5.106.70", { host1: "mn1=10.5.106.70" }, "virtual-ip-is-host"],
    ["netmask", "255.0.255.0", {}, "netmask-malformed"],
    ["netmask", "31", {}, "number-out-of-range"],
    [
      "netmask",
      "30",
      { host1: "a=10.0.0.1", host2: "b=10.0.0.9", vip: "10.0.0.2" },
      "host-outside-subnet",
    ],
    ["platform", "rhel9", {}, "value-unknown"],
    ["hostname", "mn1", { host1: "mn1=10.5.106.70" }, "hostnames-equal"],
    ["hostname", "all", {}, "pair-name-illegal"],
    ["database", "oracle", {}, "value-unknown"],
    ["vip", "{{ a }}", {}, "jinja-in-value"],
    ["fencing", "power HOST", { host1: "mn1=10.5.106.70" }, ""],
    ["fencing", "ipmitool -H mn1-bmc power", {}, "answer-missing"],
    ["fencing", "echo HOST | grep", { host1: "mn1=10.5.106.70" }, "fencing-command-illegal"],
    [
      "fencing",
      "ipmitool -H HOST-bmc -P secret power",
      { ...answered, fencing: "none" },
      "fencing-command-secret",
    ],
  ])("to %s of %j after %j is refused at once: %s", (id, answer, before, code) => {
    expect(answerFault(id, answer, before)?.code ?? "").toBe(code);
  });

  test("that is right is taken, whatever is still missing", () => {
    let before: Answers = {};
    for (const id of questionIds) {
      expect(answerFault(id, answered[id], before)).toBeUndefined();
      before = { ...before, [id]: answered[id] };
    }
    expect(optionFaults(answered)).toEqual([]);
  });

  test.each(["mn1=10.5.106.70", "mn1 10.5.106.70", " mn1 = 10.5.106.70 ", "mn1, 10.5.106.70"])(
    "names a host as %j",
    (host1) => {
      expect(documentOf({ ...answered, host1 }).hosts[0]).toEqual({
        name: "mn1",
        address: "10.5.106.70",
      });
    },
  );

  test("gives both hosts a fencing command with their names, or none", () => {
    const fencing = "ipmitool -H HOST-bmc -f /etc/xcatha/HOST power";
    expect(documentOf({ ...answered, fencing }).hosts.map((host) => host.fencing)).toEqual([
      {
        status: "ipmitool -H mn1-bmc -f /etc/xcatha/mn1 power status",
        off: "ipmitool -H mn1-bmc -f /etc/xcatha/mn1 power off",
      },
      {
        status: "ipmitool -H mn2-bmc -f /etc/xcatha/mn2 power status",
        off: "ipmitool -H mn2-bmc -f /etc/xcatha/mn2 power off",
      },
    ]);
    expect(documentOf(answered).hosts.map((host) => host.fencing)).toEqual([undefined, undefined]);
    expect(pairOf(modelText(documentOf({ ...answered, fencing })))).toMatchObject({ ok: true });
  });

  test.each(["24", "/24"])("gives the netmask as %s bits", (netmask) => {
    expect(documentOf({ ...answered, netmask }).virtual).toMatchObject({ prefix: 24 });
  });
});

describe("the model that is written", () => {
  const text = modelText(documentOf(answered));

  test("is right, opens with the editor's schema, and has a comment for each key", () => {
    expect(pairOf(text)).toMatchObject({ ok: true, value: { name: "xcat" } });
    expect(text).toMatch(/^# yaml-language-server: \$schema=\.\/xcatha\.schema\.json\n/);
    expect(text).toMatch(/\n# [^\n]*\nplatform: el9\n/);
    expect(text).toMatch(/[^\n]\n$/);
    expect(text.split("\n").filter((line) => line.length > 100)).toEqual([]);
  });

  test("is right with every comment that holds a key taken for a key", () => {
    const [, others = ""] = text.split("# All else has a default.");
    const keys = others
      .split("\n")
      .map((line) => /^# ((?:\w+| {2,}[\w-].*| {2}- .*):.*| {2}.*)$/.exec(line)?.[1])
      .filter((line) => line !== undefined);
    expect(keys.filter((line) => /^\w/.test(line)).length).toBeGreaterThan(12);
    const result = pairOf(`${text}\n${keys.join("\n")}\n`);
    expect(result.ok ? [] : result.diagnostics).toEqual([]);
  });
});
