import { readFileSync, writeFileSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { Sandbox } from "./program.js";

describe("xCAT's policy table", () => {
  let host: Sandbox;
  const policy = () => host.run("policy", [], "", { D: host.directory });
  const trusted = () =>
    [
      ...readFileSync(host.path("policy"), "utf8").matchAll(/^"([^"]*)","([^"]*)".*"trusted"/gm),
    ].map(([, priority, name]) => `${priority} ${name}`);

  beforeEach(() => {
    host = new Sandbox({
      TIMEOUT_XCATD: "5",
      VIRTUAL_HOSTNAME: "xcatmn",
      OWN_HOSTNAME: "host1",
      PEER_HOSTNAME: "host2",
    });
    writeFileSync(host.path("policy"), '#priority,name,rule\n"1","root","allow"\n');
    host.command("tabdump", 'cat "$D/policy"');
    host.command(
      "chtab",
      `printf '"%s","%s","%s"\\n' "\${1#*=}" "\${2#*=}" "\${3#*=}" >> "$D/policy"`,
    );
  });
  afterEach(() => host[Symbol.dispose]());

  test("trusts both hosts and the virtual hostname, each once", () => {
    expect(policy()).toEqual({ code: 0, stdout: "", stderr: "" });
    const rows = ["1.40 xcatmn", "1.41 host1", "1.42 host2"];
    expect(trusted()).toEqual(rows);
    expect(policy().code).toBe(0);
    expect(trusted()).toEqual(rows);
  });

  test("keeps the rows of others, and their priorities", () => {
    writeFileSync(
      host.path("policy"),
      '#priority,name,rule\n"1.40","admin","allow"\n"1.7","host1","trusted"\n',
    );
    policy();
    expect(trusted()).toEqual(["1.7 host1", "1.41 xcatmn", "1.42 host2"]);
  });

  // Each of them ends with 0.
  test.each([
    ["chtab wrote nothing", "chtab", "true", /does not trust xcatmn, although chtab reported no/],
    ["the table cannot be read", "tabdump", "echo 'Error: no'", /^tabdump policy gave no fitting/],
  ])("is not believed to be right when %s", (_, command, script, said) => {
    host.command(command, script);
    const { code, stderr } = policy();
    expect(code).toBe(1);
    expect(stderr).toMatch(said);
  });
});
