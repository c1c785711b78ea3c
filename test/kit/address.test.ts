import { afterEach, beforeEach, describe, expect, test } from "vitest";
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

  test("of this host itself is nobody else's", () => {
    network([STRANGER], 0);
    host.command("ip", "echo '2: eth0 inet 10.0.0.9/24 scope global secondary eth0'");
    expect(probe().code).toBe(0);
  });
});
