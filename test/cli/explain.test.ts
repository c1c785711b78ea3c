import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv } from "ajv";
import { beforeEach, describe, expect, test } from "vitest";
import { reportSchema } from "../../src/cli/report-schema.js";
import { smallestModel, useFolder } from "./folder.js";
import { xcatha } from "./xcatha.js";

const folder = useFolder();
const isReport = new Ajv({
  strict: true,
  strictRequired: false,
  allowUnionTypes: true,
}).compile(reportSchema);
beforeEach(() => writeFileSync(join(folder(), "xcatha.yml"), smallestModel));

describe("xcatha explain", () => {
  test("lists what a pair's playbooks do, with the command, the usual time and the worst case of each", () => {
    const run = xcatha(folder(), ["explain"]);
    expect(run.status).toBe(0);
    expect(run.stderr).toBe("Next: xcatha explain failover\n");
    for (const name of ["setup", "failover", "takeover", "deactivate", "activate"])
      expect(run.stdout).toMatch(
        new RegExp(
          `^${name}: .*\\n    ansible-playbook .*\\.yml.*\\n    Usually \\d+ (s|min).*\\. At most .*limit.*`,
          "m",
        ),
      );
  });

  test("failover says the steps in order, per host, with commands, limits and what is taken back", () => {
    const { status, stdout, stderr } = xcatha(folder(), ["explain", "failover"]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    const wanted = [
      "    ansible-playbook failover.yml",
      ". Check that the other host can take over: on host2",
      ". Deactivate the host that hands over: on host1",
      "    - Stop the owner's unit, and with it all the parts  [at most ",
      "        systemctl stop xcatha-owner.service",
      "        postgresql.service: runs PostgreSQL",
      "          /usr/sbin/ip address del 10.5.106.50/24 dev eth0",
      "      Taken back: ",
      ". Activate the host that takes over: on host2",
      "    - Take the owner record",
      "          /usr/sbin/ip address replace 10.5.106.50/24 dev eth0",
      "makedns -n",
      "If a step up to xCAT's answer fails:",
      ". Give the service back if it could not be taken over: on host1",
    ];
    let from = 0;
    for (const line of wanted) {
      const at = stdout.indexOf(line, from);
      expect(at, line).toBeGreaterThanOrEqual(from);
      from = at;
    }
  });

  test("reads the model that is named", () => {
    const other = smallestModel.replace("host2", "spare");
    writeFileSync(join(folder(), "other.yml"), other);
    expect(xcatha(folder(), ["explain", "takeover", "other.yml"]).stdout).toMatch(
      /^Makes spare active when host1/,
    );
    expect(xcatha(folder(), ["explain", "other.yml"]).stdout).toContain("to spare.");
  });

  test("--diagram prints Mermaid alone", () => {
    const { status, stdout, stderr } = xcatha(folder(), ["explain", "failover", "--diagram"]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout).toMatch(/^sequenceDiagram\n/);
  });

  test("--json prints one document with each act and its commands on each host", () => {
    const { status, stdout, stderr } = xcatha(folder(), ["explain", "deactivate", "--json"]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    const report = JSON.parse(stdout);
    expect(isReport(report), JSON.stringify(isReport.errors)).toBe(true);
    const { command, model, procedures } = report;
    expect({ command, right: model.right }).toEqual({ command: "explain", right: true });
    const [{ name, worstSeconds, phases }] = procedures;
    expect(name).toBe("deactivate");
    expect(worstSeconds).toBeGreaterThan(60);
    const acts = phases.flatMap((phase: { acts: unknown[] }) => phase.acts);
    expect(acts).toContainEqual(
      expect.objectContaining({
        id: "stop-owner",
        commands: { host1: ["systemctl stop xcatha-owner.service"] },
        units: expect.arrayContaining([expect.objectContaining({ unit: "xcatd.service" })]),
      }),
    );
  });

  test("a code says what it means, without a model", () => {
    const { status, stdout, stderr } = xcatha("/", ["explain", "netmask-malformed"]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout).toMatch(
      /^netmask-malformed: A value is not a netmask.*\n\n.*\nFix: .*\n\nExample:\n {4}virtual:/,
    );
    expect(
      JSON.parse(xcatha("/", ["explain", "netmask-malformed", "--json"]).stdout),
    ).toMatchObject({
      code: "netmask-malformed",
      mend: expect.any(String),
    });
  });

  test("a word that means nothing is wrong usage, and the nearest one is named", () => {
    const run = xcatha(folder(), ["explain", "netmask-malfromed"]);
    expect(run).toMatchObject({ status: 2, stdout: "" });
    expect(run.stderr).toMatch(/did you mean netmask-malformed\?/);
    expect(xcatha(folder(), ["explain", "fialover"]).stderr).toMatch(/did you mean failover\?/);
  });

  test("a wrong model is said as by validate, and nothing is explained", () => {
    writeFileSync(join(folder(), "xcatha.yml"), "platform: el9\n");
    const run = xcatha(folder(), ["explain", "failover"]);
    expect(run).toMatchObject({ status: 1, stdout: "" });
    expect(run.stderr).toMatch(/`hosts` is missing/);
    const told = xcatha(folder(), ["explain", "failover", "--json"]);
    expect(told).toMatchObject({ status: 1, stderr: "" });
    const report = JSON.parse(told.stdout);
    expect(isReport(report), JSON.stringify(isReport.errors)).toBe(true);
    expect(report).toMatchObject({ exit: 1, model: { right: false }, procedures: [] });
  });
});
