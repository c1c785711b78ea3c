import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { Sandbox } from "./program.js";

const OWN = `127.0.0.1 localhost
# BEGIN xcatha pair hamn
10.0.0.1 host1.example.com host1
10.0.0.9 hamn.example.com hamn
# END xcatha pair hamn
`;

describe("the names of /etc/hosts", () => {
  let host: Sandbox;
  const hosts = () => host.path("hosts");
  const kept = () => host.path("HA-data/.xcatha/hosts");
  const names = (...args: readonly string[]) =>
    host.run("names", args, "", { XCATHA_HOSTS: hosts() });
  const read = (path: string) => readFileSync(path, "utf8");
  const as = (name: string) =>
    host.configure({
      HOST: name,
      OWN_HOSTNAME: `${name}.example.com`,
      OWN_ADDRESS: name === "host1" ? "10.0.0.1" : "10.0.0.2",
      NIC: "eth0",
      PEER: name === "host1" ? "host2" : "host1",
      PEER_HOSTNAME: name === "host1" ? "host2.example.com" : "host1.example.com",
      PEER_ADDRESS: name === "host1" ? "10.0.0.2" : "10.0.0.1",
      PEER_NIC: "eth0",
      VIRTUAL_ADDRESS: "10.0.0.9",
      VIRTUAL_NETWORK: "10.0.0.0",
      VIRTUAL_PREFIX: "24",
      VIRTUAL_HOSTNAME: "hamn",
      DOMAIN: "example.com",
      SHARED: host.path("HA-data"),
      DNS_UNIT: "named",
      TIMEOUT_NETWORK: "5",
    });

  beforeEach(() => {
    host = new Sandbox({});
    as("host2");
    mkdirSync(host.path("HA-data/.xcatha/owner"), { recursive: true });
    writeFileSync(host.path("HA-data/.xcatha/owner/0000000001"), "host: host2\n");
    host.command("nodels", "true");
    writeFileSync(hosts(), OWN);
  });
  afterEach(() => host[Symbol.dispose]());

  test("that the last active host left take the place of older lines, and a copy is kept", () => {
    writeFileSync(kept(), "# left by host1\n10.0.0.50 switch sw\n");
    writeFileSync(hosts(), `${OWN}10.0.0.51 switch # moved since\n10.9.9.9 theirs\n`);
    expect(names("take")).toEqual({ code: 0, stdout: "", stderr: "" });
    expect(read(hosts())).toBe(`${OWN}10.9.9.9 theirs\n10.0.0.50 switch sw\n`);
    expect(
      readdirSync(host.directory).filter((name) => name.startsWith("hosts.xcatha-")),
    ).toHaveLength(1);
  });

  test("of each virtual IP are those of the pair's own lines alone", () => {
    const own = OWN.replace("# END", "10.1.0.9 hamn-ib0.example.com hamn-ib0\n# END");
    host.execute(["sh", "-c", `echo VIRTUAL_ADDRESS_2=10.1.0.9 >> ${host.path("host.conf")}`]);
    writeFileSync(kept(), "# left by host1\n10.1.0.8 hamn-ib0\n10.0.0.8 hamn\n10.0.0.50 switch\n");
    writeFileSync(hosts(), own);
    expect(names("take")).toEqual({ code: 0, stdout: "", stderr: "" });
    expect(read(hosts())).toBe(`${own}10.0.0.50 switch\n`);
  });

  test("that it had while it served, before a crash, are added where they are missing", () => {
    writeFileSync(kept(), "# served by host1\n10.0.0.50 switch\n10.0.0.60 rack\n");
    writeFileSync(hosts(), `${OWN}10.0.0.51 switch\n`);
    names("take");
    expect(read(hosts())).toBe(`${OWN}10.0.0.51 switch\n10.0.0.60 rack\n`);
  });

  /** What the keeper had, and this host has, beside the pair's own; what this host has afterwards. */
  test.each([
    [
      "of a node in two networks, after a crash",
      "served",
      ["10.1.0.5 cn1", "10.2.0.5 cn1"],
      ["10.1.0.5 cn1"],
      ["10.1.0.5 cn1", "10.2.0.5 cn1"],
    ],
    [
      "of a node in two networks",
      "left",
      ["10.1.0.5 cn1", "10.2.0.5 cn1"],
      ["10.2.0.5 cn1", "10.1.0.4 cn1"],
      ["10.2.0.5 cn1", "10.1.0.5 cn1"],
    ],
    [
      "of a node that has another address here, after a crash",
      "served",
      ["10.1.0.5 cn1", "10.2.0.5 cn1"],
      ["10.1.0.6 cn1"],
      ["10.1.0.6 cn1"],
    ],
    ["of a host in a second network", "left", ["172.20.0.1 host1"], [], ["172.20.0.1 host1"]],
    [
      "of a host in a second network, after a crash",
      "served",
      ["172.20.0.1 host1"],
      [],
      ["172.20.0.1 host1"],
    ],
    ["of the virtual IP, which has the pair's line alone", "left", ["172.20.0.9 hamn"], [], []],
  ])("%s are compared by whole lines (%s)", (_, occasion, theirs, here, after) => {
    writeFileSync(kept(), [`# ${occasion} by host1`, ...theirs, ""].join("\n"));
    writeFileSync(hosts(), `${OWN}${here.map((line) => `${line}\n`).join("")}`);
    expect(names("take").code).toBe(0);
    expect(read(hosts())).toBe(`${OWN}${after.map((line) => `${line}\n`).join("")}`);
  });

  describe("on the loopback", () => {
    const before = `127.0.0.1 localhost HAMN other # mine\n127.0.1.1 host2.example.com host2\n::1 localhost hamn\n127.0.1.2 host22\n${OWN}`;
    const after = `127.0.0.1 localhost other # mine\n::1 localhost\n127.0.1.2 host22\n${OWN}`;

    test.each([["loopback"], ["take"]])("are taken off by %s, and a copy is kept", (verb) => {
      writeFileSync(hosts(), before);
      expect(names(verb).stdout).toMatch(/^changed: the pair's names are taken off/);
      expect(read(hosts())).toBe(after);
      const copies = readdirSync(host.directory).filter((name) => name.startsWith("hosts.xcatha-"));
      expect(copies.map((name) => read(host.path(name)))).toEqual([before]);
      expect(names(verb)).toEqual({ code: 0, stdout: "", stderr: "" });
    });

    test("are only told by a check", () => {
      writeFileSync(hosts(), before);
      expect(names("loopback", "--check").stdout).toMatch(/^changed:/);
      expect(read(hosts())).toBe(before);
    });

    test("a host without /etc/hosts has none", () => {
      host.execute(["rm", hosts()]);
      expect(names("loopback")).toEqual({ code: 0, stdout: "", stderr: "" });
    });
  });

  test("of the pair itself and of the loopback are never replaced", () => {
    writeFileSync(kept(), "# left by host1\n10.7.7.7 host1 hamn\n");
    names("take");
    expect(read(hosts())).toBe(OWN);
  });

  test("that this host wrote itself change nothing", () => {
    writeFileSync(kept(), "# left by host2\n10.0.0.50 switch\n");
    names("take");
    expect(read(hosts())).toBe(OWN);
  });

  test("of nodes that are in xCAT's tables alone are made, a hundred at once", () => {
    host.command("nodels", "seq -f cn%03g 150; echo hamn");
    host.command("makehosts", `echo "$1" >> ${host.path("made")}`);
    names("take");
    const made = read(host.path("made")).trim().split("\n");
    expect(made.map((line) => line.split(",").length)).toEqual([100, 50]);
    expect(made.join()).not.toContain("hamn");
  });

  test("are left for the peer by the owner alone", () => {
    writeFileSync(hosts(), `${OWN}10.0.0.50   switch\tsw # in rack 7\n`);
    expect(names("leave").code).toBe(0);
    expect(read(kept())).toBe("# left by host2\n10.0.0.50 switch sw\n");
    as("host1");
    names("leave");
    expect(read(kept())).toMatch(/^# left by host2/);
  });

  test("that cannot be kept are a sentence, not a traceback", () => {
    host.execute(["rm", "-r", host.path("HA-data/.xcatha")]);
    writeFileSync(host.path("HA-data/.xcatha"), "");
    expect(names("take").stderr).toMatch(/^The names could not be kept: .*\n$/);
  });
});
