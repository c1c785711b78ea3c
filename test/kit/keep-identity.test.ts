import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { Sandbox } from "./program.js";

const NETWORK = "/run/systemd/network/10-netplan-eth0.network";
const DROP_IN = "/etc/systemd/network/10-netplan-eth0.network.d/50-xcatha.conf";
const MANAGER = "/etc/NetworkManager/conf.d/50-xcatha.conf";

describe("what the network's own programs are told", () => {
  let host: Sandbox;
  const root = (path: string) => host.path("root", path);
  const write = (path: string, text: string) => {
    mkdirSync(dirname(root(path)), { recursive: true });
    writeFileSync(root(path), text);
  };
  const keep = (...args: readonly string[]) => {
    const { code, stdout, stderr } = host.run("keep-identity", args, "", {
      XCATHA_ROOT: host.path("root"),
      XCATHA_PARTS: host.path("parts.list"),
    });
    expect([code, stderr]).toEqual([0, ""]);
    return stdout;
  };
  const text = (path: string) =>
    existsSync(root(path)) ? readFileSync(root(path), "utf8") : undefined;
  const managedBy = (file: string) =>
    host.command(
      "networkctl",
      `echo "   Link File: /usr/lib/x.link"; echo "  Network File: ${file}"`,
    );

  beforeEach(() => {
    host = new Sandbox({ NIC: "eth0" });
    writeFileSync(
      host.path("parts.list"),
      "vital xcatha-hostname.service 20 has the virtual hostname\n",
    );
    managedBy("n/a");
  });
  afterEach(() => host[Symbol.dispose]());

  test("is nothing where neither manages the NIC", () => {
    expect(keep()).toBe("");
  });

  test("is, for networkd, to keep addresses that it did not bring, once", () => {
    managedBy(NETWORK);
    const said = `changed: ${DROP_IN} says KeepConfiguration=static\n`;
    expect(keep("--check")).toBe(said);
    expect(text(DROP_IN)).toBeUndefined();
    expect(keep()).toBe(said);
    expect(text(DROP_IN)).toBe("# Made by xcatha.\n[Network]\nKeepConfiguration=static\n");
    expect(keep()).toBe("");
  });

  test.each([
    ["says so in the file", NETWORK, "[Network]\nKeepConfiguration=yes\n", undefined],
    [
      "says so in a drop-in",
      "/etc/systemd/network/10-netplan-eth0.network.d/90-own.conf",
      "[Network]\nKeepConfiguration = static\n",
      undefined,
    ],
    ["keeps a lease", NETWORK, "[Network]\nKeepConfiguration=dhcp\n", "KeepConfiguration=yes"],
  ])("leaves a site's own word alone that %s", (_, path, own, becomes) => {
    managedBy(NETWORK);
    write(path, own);
    keep();
    expect(text(DROP_IN)?.split("\n")[2]).toBe(becomes);
    expect(text(path)).toBe(own);
  });

  test("is, for NetworkManager, to leave the hostname alone, while that moves", () => {
    mkdirSync(root("/etc/NetworkManager"), { recursive: true });
    expect(keep()).toBe(`changed: ${MANAGER} says hostname-mode=none\n`);
    expect(text(MANAGER)).toBe("# Made by xcatha.\n[main]\nhostname-mode=none\n");
    writeFileSync(
      host.path("parts.list"),
      "vital xcatha-address.service 20 holds the virtual IP\n",
    );
    expect(keep()).toBe(`changed: ${MANAGER} is taken away\n`);
    expect(text(MANAGER)).toBeUndefined();
  });

  test("is kept on the NIC of each network, once where two have one file", () => {
    appendFileSync(host.path("host.conf"), 'VIRTUAL_ADDRESS_2="10.1.0.9"\nNIC_2="ib0"\n');
    host.command(
      "networkctl",
      `case "$*" in *ib0) echo "Network File: /etc/systemd/network/20-ib0.network" ;; *) echo "Network File: ${NETWORK}" ;; esac`,
    );
    keep();
    expect(text("/etc/systemd/network/20-ib0.network.d/50-xcatha.conf")).toContain("=static");
    expect(text(DROP_IN)).toContain("=static");
    managedBy(NETWORK);
    expect(keep()).toBe(
      "changed: /etc/systemd/network/20-ib0.network.d/50-xcatha.conf is taken away\n",
    );
  });

  test("goes away with another NIC", () => {
    managedBy(NETWORK);
    keep();
    managedBy("/etc/systemd/network/20-bond0.network");
    keep();
    expect(text(DROP_IN)).toBeUndefined();
    expect(text("/etc/systemd/network/20-bond0.network.d/50-xcatha.conf")).toContain("=static");
  });
});
