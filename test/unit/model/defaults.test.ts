import { describe, expect, test } from "vitest";
import { readModel } from "../../../src/model/read-model.js";
import { modelText, pairOf } from "./models.js";

describe("a block of anchors", () => {
  test("may stand under a key that begins with x-, and leaves no trace", () => {
    const text = modelText().replace("hosts:\n", "x-nic: &nic eth1\nx-more: [1, {a: b}]\nhosts:\n");
    const read = readModel({ file: "a.yml", text: text.replace("nic: eth0", "nic: *nic") });
    expect(read).toMatchObject({ ok: true, value: pairOf({ "/virtual/nic": "eth1" }) });
  });
});

describe("the networks of a list of virtual IPs", () => {
  const pair = pairOf({
    "/hosts/0/addresses": [{ address: "10.30.0.70" }, { address: "10.20.0.70", nic: "ib1" }],
    "/hosts/0/hostname": "host1.example.org",
    "/hosts/1/addresses": [{ address: "10.20.0.5" }, { address: "10.30.0.5" }],
    "/virtual": [
      { address: "10.5.106.50", prefix: 24, nic: "eth0", hostname: "hamn.example.org" },
      { address: "10.20.0.50", prefix: 16, nic: "bond0.100" },
      { address: "10.30.0.50", netmask: "255.255.255.0", nic: "Bond0.100", hostname: "hamn-boot" },
    ],
  });

  test("have names by their NICs, and each host has its address there, in any order", () => {
    expect(pair.virtual).toMatchObject({ address: "10.5.106.50", hostname: "hamn.example.org" });
    expect(pair.name).toBe("hamn");
    expect(pair.further).toEqual([
      {
        address: "10.20.0.50",
        netmask: "255.255.0.0",
        prefix: 16,
        hostname: "hamn-bond0-100.example.org",
      },
      { address: "10.30.0.50", netmask: "255.255.255.0", prefix: 24, hostname: "hamn-boot" },
    ]);
    expect(pair.hosts.map(({ further }) => further)).toEqual([
      [
        { address: "10.20.0.70", nic: "ib1", hostname: "host1-bond0-100.example.org" },
        { address: "10.30.0.70", nic: "Bond0.100", hostname: "host1-bond0-100-3.example.org" },
      ],
      [
        { address: "10.20.0.5", nic: "bond0.100", hostname: "host2-bond0-100" },
        { address: "10.30.0.5", nic: "Bond0.100", hostname: "host2-bond0-100-3" },
      ],
    ]);
  });
});

describe("defaults", () => {
  test("fill in the smallest model", () => {
    expect(pairOf()).toEqual({
      name: "hamn",
      platform: "el9",
      hosts: [
        {
          name: "host1",
          address: "10.5.106.70",
          connection: "10.5.106.70",
          further: [],
          nic: "eth0",
          hostname: "host1",
          user: "root",
          port: 22,
          become: false,
          fencing: null,
        },
        {
          name: "host2",
          address: "10.5.106.5",
          connection: "10.5.106.5",
          further: [],
          nic: "eth0",
          hostname: "host2",
          user: "root",
          port: 22,
          become: false,
          fencing: null,
        },
      ],
      virtual: { address: "10.5.106.50", netmask: "255.255.255.0", prefix: 24, hostname: "hamn" },
      further: [],
      shared: { path: "/HA-data", method: "symlink", device: null, add: [], drop: [], files: [] },
      database: "postgresql",
      console: "goconserver",
      dhcp: "isc",
      dns: true,
      ntp: "chrony",
      nfs: true,
      http: true,
      tftp: true,
      site: { domain: "cluster.internal" },
      names: { keep: [] },
      xcat: {
        version: "2.18.2",
        source: {
          kind: "go-xcat",
          script:
            "https://raw.githubusercontent.com/xcat2/xcat-core/master/xCAT-server/share/xcat/tools/go-xcat",
          core: null,
          dep: null,
        },
      },
      hostname: { change: true },
      services: [],
      backup: null,
      timeouts: {
        connect: 10,
        start: 60,
        stop: 60,
        database: 60,
        xcatd: 90,
        install: 1800,
        migrate: 900,
        copy: 14400,
        fence: 300,
      },
    });
  });

  test("give way to what the model says", () => {
    const pair = pairOf({
      "/name": "west",
      "/platform": "ubuntu24",
      "/hosts/0/nic": "eno1",
      "/hosts/0/user": "admin",
      "/hosts/1/become": true,
      "/hosts/1/port": 2222,
      "/virtual/netmask": undefined,
      "/virtual/prefix": 20,
      "/shared": {
        path: "/d",
        method: "bind",
        device: "/dev/sdb1",
        directories: { add: ["/a"], drop: ["/install"] },
      },
      "/database": "mysql",
      "/console": "none",
      "/dns": false,
      "/ntp": "none",
      "/xcat": { version: "2.17", source: "packages" },
      "/hostname/change": false,
      "/services": [{ unit: "a" }, { unit: "b", place: "before-xcat" }],
      "/timeouts/xcatd": 120,
    });
    expect(pair).toMatchObject({
      name: "west",
      database: "mariadb",
      console: "none",
      dhcp: "kea",
      dns: false,
      ntp: "none",
      virtual: { netmask: "255.255.240.0", prefix: 20 },
      shared: { path: "/d", method: "bind", device: "/dev/sdb1", add: ["/a"], drop: ["/install"] },
      xcat: { version: "2.17", source: { kind: "packages" } },
      hostname: { change: false },
      services: [
        { unit: "a", place: "after-xcat" },
        { unit: "b", place: "before-xcat" },
      ],
      timeouts: { xcatd: 120, stop: 60 },
    });
    expect(pair.hosts[0]).toMatchObject({ nic: "eno1", user: "admin", become: true, port: 22 });
    expect(pair.hosts[1]).toMatchObject({ nic: "eth0", user: "root", become: true, port: 2222 });
  });

  test.each([
    ["hamn", "hamn"],
    ["HA-MN.example.com", "ha_mn"],
    ["2mn", "_2mn"],
  ])("name the pair of %s %s", (hostname, name) => {
    expect(pairOf({ "/virtual/hostname": hostname }).name).toBe(name);
  });

  test.each([
    [{ "/site/domain": "a.test", "/virtual/hostname": "hamn.b.test" }, "a.test"],
    [{ "/virtual/hostname": "hamn.b.test", "/hosts/0/hostname": "mn1.c.test" }, "b.test"],
    [{ "/hosts/1/hostname": "mn2.c.test" }, "c.test"],
    [{}, "cluster.internal"],
  ])("derive the domain from %j", (edits, domain) => {
    expect(pairOf(edits).site.domain).toBe(domain);
  });

  test("leave a pair that nobody can change", () => {
    const pair = pairOf();
    expect(
      Object.isFrozen(pair) && Object.isFrozen(pair.hosts[0]) && Object.isFrozen(pair.shared.add),
    ).toBe(true);
  });
});
