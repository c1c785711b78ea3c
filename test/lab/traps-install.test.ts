import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { clearSwitches, installXcat, setSwitch, tablesOf, xcat } from "./earlier.js";
import { entriesOf } from "./harness/evidence.js";
import type { Host } from "./harness/host.js";
import { createLab, type Lab } from "./harness/lab.js";
import { changesOf, modelOf, NO_CHANGE, Pair, tailOf } from "./pair.js";
import { saidBy } from "./ready-pair.js";
import { runRole, setPassword, setVault } from "./role-run.js";

describe.sequential("installing xCAT and giving it the virtual identity", () => {
  let lab: Lab;
  let pair: Pair;
  let host1: Host;
  let host2: Host;

  const install = (host: Host, active: boolean) =>
    runRole(pair, "install_xcat", host.name, "-e", JSON.stringify({ install_xcat_active: active }));

  beforeAll(async () => {
    lab = await createLab({ id: "traps-install", root: "services" });
    host1 = lab.host("host1");
    host2 = lab.host("host2");
    pair = new Pair(lab, "2.14");
    await Promise.all([pair.generate(modelOf(lab)), installXcat(host1), installXcat(host2)]);
  });
  afterAll(() => lab.destroy());

  test.each([
    ["xCAT's default", "cluster"],
    ["with a dash", "Lab-Secret-42"],
    ["with a separator of cfgloc's", "Lab|Secret42"],
    ["with a line feed at its end", "LabSecret42\n"],
    ["too short", "Lab42"],
    ["missing", undefined],
  ])("a password that is %s is refused before anything is touched", async (_, password) => {
    await setPassword(pair, password);
    const pid = "systemctl show -P MainPID xcatd";
    const xcatd = await host1.ask(pid);
    const run = await pair.run("setup.yml");
    expect(run.code, tailOf(run)).not.toBe(0);
    expect(run.stdout.replaceAll(/\s+/g, " ")).toContain("must be 8 to 64 letters and digits");
    expect(changesOf(run)).toEqual(NO_CHANGE);
    if (password !== undefined) expect(run.stdout).not.toContain(JSON.stringify(password));
    expect(await host1.ask(pid)).toBe(xcatd);
    expect(await entriesOf(host1, "/HA-data")).toEqual([]);
    await setPassword(pair, "LabSecret42");
  });

  test("a vault that is broken is refused, and what it holds is not shown", async () => {
    await setVault(pair, 'xcatha_database_password: "Secret42Broken\n  - : {\n');
    const run = await pair.run("setup.yml");
    expect(run.code, tailOf(run)).not.toBe(0);
    expect(saidBy(run)).toContain("vault.yml cannot be read");
    expect(run.stdout + run.stderr).not.toContain("Secret42");
    expect(changesOf(run)).toEqual(NO_CHANGE);
    await setPassword(pair, "LabSecret42");
  });

  test("a package manager that is content without xCAT is not believed", async () => {
    await host2.ask("mv /opt/xcat/sbin/xcatd /opt/xcat/sbin/xcatd.gone");
    const run = await install(host2, false);
    await host2.ask("mv /opt/xcat/sbin/xcatd.gone /opt/xcat/sbin/xcatd");
    expect(run.code, tailOf(run)).not.toBe(0);
    expect(run.stdout).toContain("reported success, but /opt/xcat/sbin/xcatd is not on host2");
  });

  test("a chdef that writes nothing is noticed", async () => {
    const before = await tablesOf(host1);
    await setSwitch(host1, "hollow-chdef");
    const run = await install(host1, true);
    expect(run.code, tailOf(run)).not.toBe(0);
    expect(run.stdout).toContain("site.master=10.77.0.11");
    expect(await tablesOf(host1)).toBe(before);
  });

  test("a chdef that writes nothing to a network is noticed", async () => {
    await clearSwitches(host1);
    await xcat(
      host1,
      "chdef -t site master=10.77.0.10 nameservers=10.77.0.10 domain=lab.example.com dhcpbackend=isc",
    );
    await setSwitch(host1, "hollow-chdef");
    const run = await install(host1, true);
    expect(run.code, tailOf(run)).not.toBe(0);
    expect(run.stdout).toMatch(/xCAT kept networks\.tftpserver of \S+=<xcatmaster>/);
  });

  test("a setup that fails far from its end says the cause last, and the command that goes on", async () => {
    const run = await pair.run("setup.yml");
    expect(run.code, tailOf(run)).not.toBe(0);
    const said = saidBy(run);
    expect(said).not.toContain("BROKEN RULE");
    const last = said.slice(said.lastIndexOf("fatal: ["), said.lastIndexOf("PLAY RECAP"));
    expect(last).toMatch(/^fatal: \[host2\]/);
    expect(last).toContain("On host1,");
    expect(last).toContain("xCAT kept networks.tftpserver of");
    expect(last).toContain("ansible-playbook setup.yml");
  });
});
