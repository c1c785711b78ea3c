import { expect, test } from "vitest";
import { diagram } from "../../../src/explain/diagram.js";
import { explain } from "../../../src/explain/index.js";
import { planOf } from "../../../src/plan/index.js";
import { pairOf } from "../model/models.js";

const drawn = (name: string): readonly string[] => {
  const { site, plan } = planOf(pairOf());
  const found = explain(site, plan).find((one) => one.name === name);
  return found === undefined ? [] : diagram(found, ["host1", "host2"]).split("\n");
};

test("a failover checks the new host before it stops the old one", () => {
  const lines = drawn("failover");
  const checked = lines.findIndex((line) => /h1: Check what can be known/.test(line));
  const stopped = lines.findIndex((line) => /h0: Stop the services/.test(line));
  expect(checked).toBeGreaterThan(0);
  expect(stopped).toBeGreaterThan(checked);
});

test("a failover that fails gives the service back to the old host", () => {
  const lines = drawn("failover");
  const opened = lines.findIndex((line) => /^ {2}opt /.test(line));
  const back = lines.slice(opened);
  expect(back[1]).toMatch(/h1: Stop the services/);
  expect(back.at(-3)).toBe("    control->>h0: Give the service back if it could not be taken over");
});

test("a takeover asks nothing of the host that is gone but how it is", () => {
  expect(drawn("takeover").filter((line) => line.includes("->>h0:"))).toEqual([
    "  control->>h0: Ask both hosts",
  ]);
});
