import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { Sandbox } from "./program.js";

const RUN = `import json, sys
sys.path.insert(0, sys.argv[1])
import firewall, kit
print(json.dumps(firewall.closed(kit.settings())))`;

/** What firewall-cmd prints of a zone. */
const zone = (name: string, fields: Readonly<Record<string, string>>) =>
  `${name} (active)\n${Object.entries({ target: "default", services: "", ports: "", ...fields })
    .map(([key, value]) => `  ${key}: ${value}\n`)
    .join("")}`;

describe("ports that firewalld keeps closed", () => {
  let host: Sandbox;
  /** Asks with a firewall-cmd that prints these texts for these arguments. */
  const closed = (said: Readonly<Record<string, string>>) => {
    const all = {
      "--state": "running",
      "--get-zone-of-interface=eth0": "public",
      "--get-default-zone": "other",
      "--get-active-zones": "public\n  interfaces: eth0\n",
      "--info-service=dns": "dns\n  ports: 53/tcp 53/udp\n",
      "--info-service=nodes": "nodes\n  ports: 3001/udp\n  includes: dns",
      ...said,
    };
    host.command(
      "firewall-cmd",
      `case "$*" in\n${Object.entries(all)
        .map(([words, text]) => `'${words}') cat <<'END'\n${text}\nEND\n;;\n`)
        .join("")}*) exit 2 ;; esac`,
    );
    const { stdout, stderr } = host.execute(["python3", "-B", "-c", RUN, host.program]);
    expect(stderr).toBe("");
    return JSON.parse(stdout);
  };
  const public_ = (fields: Readonly<Record<string, string>>) => ({
    "--zone=public --list-all": zone("public", fields),
  });
  const shut = (...ports: string[]) => ({ zone: "public", ports });

  beforeEach(() => {
    host = new Sandbox({
      NIC: "eth0",
      VIRTUAL_NETWORK: "10.0.0.0",
      VIRTUAL_PREFIX: "24",
      PORTS: "3001/tcp 3001/udp 53/udp",
    });
  });
  afterEach(() => host[Symbol.dispose]());

  test.each<[string, Readonly<Record<string, string>>, object]>([
    ["all, as it is installed", public_({ services: "dns" }), shut("3001/tcp", "3001/udp")],
    [
      "none: ranges and services",
      public_({ services: "dns", ports: "3000-3002/tcp 3001/udp" }),
      {},
    ],
    ["none: a service that holds another", public_({ services: "nodes", ports: "3001/tcp" }), {}],
    ["of one protocol", public_({ services: "dns", ports: "3001/tcp" }), shut("3001/udp")],
    ["none: a zone that takes all", public_({ target: "ACCEPT" }), {}],
    [
      "those that a rich rule rejects",
      public_({
        services: "dns",
        ports: "3001/tcp",
        "rich rules":
          '\n\trule family="ipv4" source address="10.0.0.0/24" port port="3001" protocol="udp" reject',
      }),
      shut("3001/udp"),
    ],
    [
      "none: rich rules that accept a port, and a service",
      public_({
        ports: "3001/tcp",
        "rich rules":
          '\n\trule family="ipv4" source address="10.0.0.0/24" port port="3001" protocol="udp" accept\n\trule family="ipv4" service name="dns" accept',
      }),
      {},
    ],
    [
      "none: a rich rule that accepts all of an address",
      public_({ "rich rules": '\n\trule family="ipv4" source address="10.0.0.0/24" accept' }),
      {},
    ],
    [
      "none: the zone of the nodes' addresses opens them",
      {
        ...public_({ services: "dns" }),
        "--get-active-zones": "nodes\n  sources: 10.0.0.0/25\npublic\n  interfaces: eth0\n",
        "--zone=nodes --list-all": zone("nodes", { ports: "3001/tcp 3001/udp" }),
      },
      {},
    ],
    ["none: it does not run", { "--state": "not running" }, {}],
  ])("are named: %s", (_, said, expected) => {
    expect(closed(said)).toEqual(expected);
  });

  test("are those of the default zone, where the NIC is in none", () => {
    host.command(
      "firewall-cmd",
      `case "$*" in --state) echo running ;; --get-default-zone) echo other ;; --get-active-zones) ;;
      "--zone=other --list-all") printf 'other\\n  target: default\\n  ports: 3001/tcp\\n' ;; *) exit 2 ;; esac`,
    );
    const { stdout } = host.execute(["python3", "-B", "-c", RUN, host.program]);
    expect(JSON.parse(stdout)).toEqual({ zone: "other", ports: ["3001/udp", "53/udp"] });
  });

  test("are none on a host without firewalld", () => {
    const { stdout } = host.execute(["python3", "-B", "-c", RUN, host.program], "", {
      PATH: "/usr/bin:/bin",
    });
    expect(JSON.parse(stdout)).toEqual({});
  });
});
