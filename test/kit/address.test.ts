import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { planOf } from "../../src/plan/index.js";
import { ownUnits } from "../../src/plan/kit/own-units.js";
import { type Edits, pairOf } from "../unit/model/models.js";
import { Sandbox } from "./program.js";

const PEER = "02:00:00:00:00:11";
const STRANGER = "02:00:00:00:00:99";

describe("the virtual IP", () => {
  let host: Sandbox;
  /** What answers ARP: for the virtual IP, and the peer's own address. */
  const network = (answers: readonly string[], ping = 1) => {
    const replies = answers.map((mac) => `echo "Unicast reply from 10.0.0.9 [${mac}] 0.7ms"`);
    host.command(
      "arping",
      `case "$*" in
        *10.0.0.12) echo "Unicast reply from 10.0.0.12 [${PEER}]  0.7ms" ;;
        *-D*) exit ${answers.length > 0 ? 1 : 0} ;;
        *) ${[...replies, "true"].join("; ")} ;;
      esac`,
    );
    host.command("ping", `exit ${ping}`);
  };
  const probe = (...more: readonly string[]) => host.run("address", ["probe", ...more]);

  beforeEach(() => {
    host = new Sandbox({ VIRTUAL_ADDRESS: "10.0.0.9", NIC: "eth0", PEER_ADDRESS: "10.0.0.12" });
    host.command("ip", "true");
  });
  afterEach(() => host[Symbol.dispose]());

  test.each([
    ["nobody holds it", [], 1, ""],
    [
      "somebody answers ARP alone",
      [STRANGER],
      1,
      "10.0.0.9 is held by another machine: it answers ARP.\n",
    ],
    ["somebody answers ping alone", [], 0, "10.0.0.9 answers ping.\n"],
  ] as const)("may be taken only when %s", (_, answers, ping, said) => {
    network(answers, ping);
    expect(probe()).toEqual({ code: said === "" ? 0 : 1, stdout: "", stderr: said });
  });

  test.each([
    ["the peer alone", [PEER], ""],
    ["the peer and a stranger", [PEER, STRANGER], `${STRANGER} answers ARP.`],
    ["a stranger alone", [STRANGER], `${STRANGER} answers ARP.`],
  ])("may be held, while the peer serves, by %s", (_, answers, said) => {
    network(answers, 0);
    const { code, stderr } = probe("--but-peer");
    expect(code).toBe(said === "" ? 0 : 1);
    expect(stderr).toContain(said);
  });

  test("is refused in any of its networks", () => {
    host.configure({
      VIRTUAL_ADDRESS: "10.0.0.9",
      NIC: "eth0",
      PEER_ADDRESS: "10.0.0.12",
      VIRTUAL_ADDRESS_2: "10.1.0.9",
      NIC_2: "ib0",
      PEER_ADDRESS_2: "10.1.0.12",
    });
    host.command("ping", "exit 1");
    host.command(
      "arping",
      `case "$*" in *-D*-I\\ ib0\\ 10.1.0.9) exit 1 ;; *-I\\ ib0*) echo "[${STRANGER}]" ;; esac`,
    );
    const said = "10.1.0.9 is held by another machine: it answers ARP.\n";
    expect(probe()).toEqual({ code: 1, stdout: "", stderr: said });
    expect(probe("--but-peer").code).toBe(0);
    host.command("arping", `[[ "$*" = *10.1.0.9 ]] && echo "[${STRANGER}]"; exit 0`);
    expect(probe("--but-peer").stderr).toBe(
      `10.1.0.9 is held by another machine: ${STRANGER} answers ARP.\n`,
    );
  });

  test("of this host itself is nobody else's", () => {
    network([STRANGER], 0);
    host.command("ip", "echo '2: eth0 inet 10.0.0.9/24 scope global secondary eth0'");
    expect(probe().code).toBe(0);
  });
});

/** Lines of a shell that has a network and a name of its own, with a NIC `eth9.1` that answers ARP. */
const OWN_NETWORK = `set -e
hostname host1
ip link add eth9.1 type veth peer name eth8
ip link set eth9.1 up; ip link set eth8 up
echo 0 > /proc/sys/net/ipv4/conf/eth9.1/promote_secondaries
addresses() { ip -4 -o address show dev eth9.1 | awk '{ print $4 }' | paste -sd' '; }
`;
const inOwnNetwork = (script: string) => [
  "unshare",
  "--net",
  "--uts",
  "bash",
  "-c",
  OWN_NETWORK + script,
];

describe("the virtual IP and the name while this host owns the pair", () => {
  let host: Sandbox;
  const record = (epoch: number, name: string) =>
    writeFileSync(host.path(`HA-data/.xcatha/owner/000000000${epoch}`), `host: ${name}\n`);
  /** What is held after something was done to a host that held all, and what was said of it. */
  const after = (happens: string) => {
    const { stdout, stderr } = host.execute(
      inOwnNetwork(`
ip address add 10.0.0.5/24 dev eth9.1; ip address add 10.0.0.9/24 dev eth9.1; hostname xcatmn
rm -f "$D/looked"
"$PROGRAM/address" hold > "$D/said" & hold=$!
trap 'kill $hold' EXIT
until [ -s "$D/looked" ]; do sleep 0.1; done
${happens}
# Until it has spoken.
until [ -s "$D/said" ]; do sleep 0.1; done
echo "$(addresses) $(hostname)"; cat "$D/said"`),
      "",
      {
        D: host.directory,
        PROGRAM: host.program,
        XCATHA_RUN: host.path("run"),
        XCATHA_PARTS: host.path("parts.list"),
      },
    );
    expect(stderr).toBe("");
    const [held, ...said] = stdout.trim().split("\n");
    return { held, said: said.join("\n") };
  };
  const flushed = "ip address flush dev eth9.1; ip address add 10.0.0.5/24 dev eth9.1";

  beforeEach(() => {
    host = new Sandbox({});
    host.configure({
      HOST: "host1",
      SHARED: host.path("HA-data"),
      VIRTUAL_ADDRESS: "10.0.0.9",
      VIRTUAL_PREFIX: "24",
      VIRTUAL_HOSTNAME: "xcatmn",
      NIC: "eth9.1",
    });
    for (const folder of ["HA-data/.xcatha/owner", "run"])
      mkdirSync(host.path(folder), { recursive: true });
    writeFileSync(host.path("run/epoch"), "1\n");
    writeFileSync(
      host.path("parts.list"),
      "vital xcatha-hostname.service 20 has the virtual hostname\n",
    );
    record(1, "host1");
    host.command("arping", "exit 0");
    host.command("ping", "exit 1");
    host.command("hostnamectl", 'echo "$*" >> "$D/hostnamed"; exit 1');
    host.command("ip", '[[ "$*" = *"show to"* ]] && echo >> "$D/looked"; exec /usr/sbin/ip "$@"');
  });
  afterEach(() => host[Symbol.dispose]());

  test("are put back when something took them away, the address behind the host's own", () => {
    expect(after(flushed)).toEqual({
      held: "10.0.0.5/24 10.0.0.9/24 xcatmn",
      said: "10.0.0.9/24 had been taken off eth9.1, and was put back.",
    });
    expect(after("hostname host1")).toEqual({
      held: "10.0.0.5/24 10.0.0.9/24 xcatmn",
      said: "The hostname had been changed to host1, and is xcatmn again.",
    });
    // At the start, and again.
    expect(readFileSync(host.path("hostnamed"), "utf8")).toMatch(
      /^(--transient set-hostname xcatmn\n){3}$/,
    );
  });

  test("are put back in each network", () => {
    host.configure({
      HOST: "host1",
      SHARED: host.path("HA-data"),
      VIRTUAL_ADDRESS: "10.0.0.9",
      VIRTUAL_PREFIX: "24",
      VIRTUAL_HOSTNAME: "xcatmn",
      NIC: "eth9.1",
      VIRTUAL_ADDRESS_2: "10.1.0.9",
      VIRTUAL_PREFIX_2: "16",
      NIC_2: "eth8",
    });
    const { held, said } = after(`ip address add 10.1.0.5/16 dev eth8
      ${flushed}
      until (( $(wc -l < "$D/said") > 1 )); do sleep 0.1; done
      ip -4 -o address show dev eth8 | awk '{ print $4 }' > "$D/second"`);
    expect(held).toBe("10.0.0.5/24 10.0.0.9/24 xcatmn");
    expect(readFileSync(host.path("second"), "utf8")).toBe("10.1.0.5/16\n10.1.0.9/16\n");
    expect(said.split("\n").sort()).toEqual([
      "10.0.0.9/24 had been taken off eth9.1, and was put back.",
      "10.1.0.9/16 had been taken off eth8, and was put back.",
    ]);
  });

  test.each<[string, () => unknown, string]>([
    [
      "the record names another",
      () => record(2, "host2"),
      "The pair belongs to host2 since epoch 2; host1 was handed epoch 1.",
    ],
    [
      "the record cannot be read",
      () => host.execute(["rm", "-r", host.path("HA-data")]),
      "The owner record cannot be read:",
    ],
    [
      "the host stops, and its epoch is spent",
      () => host.execute(["rm", host.path("run/epoch")]),
      "host1 was not activated since it booted.",
    ],
    [
      "another machine holds it by now",
      () => host.command("arping", "exit 1"),
      "10.0.0.9 is held by another machine: it answers ARP.",
    ],
  ])("are not put back when %s, which is said once", (_, change, why) => {
    change();
    const { held, said } = after(`${flushed}
      until [ -s "$D/said" ]; do sleep 0.1; done
      looked=$(wc -l < "$D/looked")
      until (( $(wc -l < "$D/looked") > looked + 3 )); do sleep 0.1; done`);
    expect(held).toBe("10.0.0.5/24 xcatmn");
    expect(said).toMatch(/^10\.0\.0\.9 is missing on this host, and was not put back: .*$/);
    expect(said).toContain(why);
  });
});

describe("a machine in a further network that holds the virtual IP there", () => {
  /** What the probe says on a host whose second NIC leads to a machine with these addresses. */
  const probed = (addresses: readonly string[], ...args: readonly string[]) => {
    using host = new Sandbox({
      VIRTUAL_ADDRESS: "10.0.0.9",
      NIC: "eth9.1",
      PEER_ADDRESS: "10.0.0.12",
      VIRTUAL_ADDRESS_2: "10.1.0.9",
      NIC_2: "ib9",
      PEER_ADDRESS_2: "10.1.0.12",
    });
    const { code, stderr } = host.execute(
      inOwnNetwork(`
ip address add 10.0.0.5/24 dev eth9.1
unshare --net sleep 60 & far=$!
trap 'kill $far' EXIT
until [ "$(readlink /proc/$far/ns/net)" != "$(readlink /proc/self/ns/net)" ]; do sleep 0.1; done
ip link add ib9 type veth peer name far9 netns $far
ip link set ib9 up; ip address add 10.1.0.5/16 dev ib9
nsenter -t $far -n ip link set far9 up
for address in ${addresses.join(" ")}; do nsenter -t $far -n ip address add $address/16 dev far9; done
"$PROGRAM/address" probe ${args.join(" ")}`),
      "",
      { PROGRAM: host.program },
    );
    return { code, stderr };
  };

  test("is found by ping and ARP", () => {
    expect(probed(["10.1.0.9"])).toEqual({
      code: 1,
      stderr: "10.1.0.9 answers ping. 10.1.0.9 is held by another machine: it answers ARP.\n",
    });
    expect(probed(["10.1.0.12"])).toEqual({ code: 0, stderr: "" });
  });

  test("is the peer, while it serves, if it has the peer's address there too", () => {
    expect(probed(["10.1.0.9", "10.1.0.12"], "--but-peer")).toEqual({ code: 0, stderr: "" });
    expect(probed(["10.1.0.9"], "--but-peer").stderr).toMatch(
      /^10\.1\.0\.9 is held by another machine: [0-9A-F:]{17} answers ARP\.\n$/,
    );
  });
});

/** A pair that serves two networks. */
const TWO = {
  "/hosts/0/addresses": [{ address: "10.20.0.70" }],
  "/hosts/1/addresses": [{ address: "10.20.0.5" }],
  "/virtual": [
    { address: "10.5.106.50", prefix: 24, nic: "eth0", hostname: "hamn" },
    { address: "10.20.0.50", prefix: 16, nic: "ib0" },
  ],
};

/** What the units of these virtual IPs do on such a host, one after the other. */
const commandsOf = (
  edits: Edits,
  name: RegExp,
  keys: RegExp,
  settings: Readonly<Record<string, string>>,
) =>
  ownUnits(planOf(pairOf(edits)).site)
    .filter(({ path }) => name.test(path))
    .flatMap(({ service = [] }) => service)
    .filter(([key]) => keys.test(key))
    .map(([, command]) =>
      command.replace(/^-/, "").replaceAll(/\$\{(\w+)\}/g, (_, key) => settings[key] ?? ""),
    );

test("the units of two networks hold both addresses, tell both networks, and give both up", () => {
  const settings: Readonly<Record<string, string>> = {
    VIRTUAL_ADDRESS: "10.0.0.9",
    VIRTUAL_PREFIX: "24",
    NIC: "eth9.1",
    VIRTUAL_ADDRESS_2: "10.1.0.9",
    VIRTUAL_PREFIX_2: "16",
    NIC_2: "eth8",
  };
  const lines = (name: RegExp, keys: RegExp) => commandsOf(TWO, name, keys, settings).join("\n");
  using host = new Sandbox(settings);
  const { stdout, stderr } = host.execute(
    inOwnNetwork(`
ip address add 10.0.0.5/24 dev eth9.1; ip address add 10.1.0.5/16 dev eth8
both() { ip -4 -o address show scope global | awk '{ print $2, $4 }'; }
${lines(/address/, /^ExecStart/)}
both; echo
${lines(/address/, /^ExecStop/)}
both`),
  );
  expect(stderr).toBe("");
  const [held, given] = stdout.split("\n\n");
  expect(held?.split("\n").sort()).toEqual([
    "eth8 10.1.0.5/16",
    "eth8 10.1.0.9/16",
    "eth9.1 10.0.0.5/24",
    "eth9.1 10.0.0.9/24",
  ]);
  expect(given?.trim().split("\n").sort()).toEqual(["eth8 10.1.0.5/16", "eth9.1 10.0.0.5/24"]);
  expect(lines(/announce/, /^ExecStart/)).toBe(
    "/usr/bin/arping -q -U -c 5 -I eth9.1 10.0.0.9\n/usr/bin/arping -q -U -c 5 -I eth8 10.1.0.9",
  );
});

describe("the host's own address, which came second on the NIC", () => {
  const settings: Readonly<Record<string, string>> = {
    VIRTUAL_ADDRESS: "10.0.0.9",
    VIRTUAL_PREFIX: "24",
    NIC: "eth9.1",
  };
  const left = (commands: string) => {
    using host = new Sandbox(settings);
    const { stdout, stderr } = host.execute(
      inOwnNetwork(`
ip address add 10.0.0.9/24 dev eth9.1; ip address add 10.0.0.5/24 dev eth9.1
${commands}
addresses`),
      "",
      { PROGRAM: host.program },
    );
    expect(stderr).toBe("");
    return stdout.trim();
  };

  test("goes with the virtual IP when that is merely deleted", () => {
    expect(left("ip address del 10.0.0.9/24 dev eth9.1")).toBe("");
  });

  test("stays when the unit of the virtual IP starts and stops", () => {
    const unit = ownUnits(planOf(pairOf({})).site).find(
      ({ path }) => path === "xcatha-address.service",
    );
    const commands = (unit?.service ?? [])
      .filter(([key]) => key.startsWith("Exec"))
      .map(([, command]) =>
        command.replace(/^-/, "").replaceAll(/\$\{(\w+)\}/g, (_, key) => settings[key] ?? ""),
      );
    expect(commands.length).toBeGreaterThan(2);
    expect(left(commands.join("\n"))).toBe("10.0.0.5/24");
  });

  test("stays when what is left of the pair is taken away", () => {
    const program =
      "import sys; sys.path.insert(0, sys.argv[1]); import host; host.take_away('eth9.1', '10.0.0.9/24')";
    expect(left(`python3 -c "${program}" "$PROGRAM"`)).toBe("10.0.0.5/24");
  });
});
