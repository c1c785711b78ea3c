import { describe, expect, test } from "vitest";
import { duration } from "../../../src/explain/duration.js";
import { explainPair } from "../../../src/explain/pair.js";
import { explanationText } from "../../../src/explain/text.js";
import type { Act, Explanation } from "../../../src/explain/types.js";
import { planOf } from "../../../src/plan/index.js";
import { procedureNames, proceduresOf } from "../../../src/plan/plays.js";
import { hostValues, pairValues } from "../../../src/plan/variables.js";
import { stepText } from "../../../src/render/index.js";
import { exampleNames, generate, pairOf, readExampleModel } from "../../golden/examples.js";
import { renderedPlays, waitingTasks } from "./rendered.js";

const examples = exampleNames.map((name) => {
  const text = readExampleModel(name);
  const pair = pairOf(text);
  return { name, pair, files: generate(text), ...planOf(pair), ...explainPair(pair) };
});

const actsOf = ({ phases }: Explanation): readonly Act[] =>
  phases.flatMap(({ parts }) => parts.flatMap(({ acts, undo }) => [...acts, ...undo]));

const named = (explanations: readonly Explanation[], name: string): Explanation => {
  const found = explanations.find((one) => one.name === name);
  if (found === undefined) throw new Error(`no ${name}`);
  return found;
};

test("a check that can refuse says what that means, and what to do", () => {
  const { explanations, commandsOn } = examples.find(({ name }) => name === "el9-postgresql") ?? {};
  if (explanations === undefined || commandsOn === undefined) throw new Error("no example");
  const text = explanationText(named(explanations, "takeover"), commandsOn);
  expect(text).toMatch(
    / {4}- Refuse while the owner record names the peer.*\n {6}The owner record names .*\n {6}If it refuses: The record on the shared data says .* xcatha_fenced=HOST`\.\n/,
  );
  for (const { refusal, title } of actsOf(named(explanations, "failover")))
    expect(refusal !== null, title).toBe(/^(Refuse|Compare) |^Check the NIC/.test(title));
});

test("commands are shown as they would be typed, without a template", () => {
  for (const { name, explanations, commandsOn, pair } of examples)
    for (const explanation of explanations)
      for (const act of actsOf(explanation))
        for (const host of pair.hosts)
          for (const line of commandsOn(act, host.name))
            expect(line, `${name}: ${act.title}`).not.toMatch(/hostvars|ansible_check_mode/);
  const { explanations = [], commandsOn = () => [] } =
    examples.find(({ name }) => name === "every-option") ?? {};
  const all = actsOf(named(explanations, "takeover")).flatMap((act) => commandsOn(act, "mn-west"));
  expect(all).toContain("/usr/local/libexec/xcatha/adopt");
  expect(all).toContain(
    "ipmitool -I lanplus -H mn-east-bmc -U xcat -f /etc/xcatha/mn-east power off",
  );
});

describe("what is explained", () => {
  test("is what people do with a pair, each once", () => {
    for (const { explanations } of examples)
      expect(explanations.map(({ name }) => name)).toEqual([...procedureNames]);
  });

  test("are the plays of the playbook that runs, in its order, each with its roles", () => {
    for (const { name, site, files } of examples)
      for (const procedure of proceduresOf(site)) {
        const rendered = renderedPlays(files, `${procedure.playbook}.yml`);
        const told = procedure.plays.map(({ title, runs }) => ({
          title,
          runs: runs.map(({ role, stage }) => (stage === undefined ? role : `${role}/${stage}`)),
        }));
        const titles = told.map(({ title }) => title);
        const expected = rendered.filter(({ title }) => titles.includes(title));
        expect(told, `${name}: ${procedure.name}`).toEqual(expected);
        // A takeover leaves out what needs the host that is gone, a planned failover what is for one.
        const left = rendered.map(({ title }) => title).filter((title) => !titles.includes(title));
        const allowed: readonly string[] =
          procedure.name === "takeover"
            ? [
                "Deactivate the host that hands over",
                "Give the service back if it could not be taken over",
              ]
            : procedure.name === "failover" && site.fencing
              ? ["Restart the active host if it does not answer"]
              : [];
        expect(left, `${name}: ${procedure.name}`).toEqual(allowed);
      }
  });

  test("are all steps of a role in the plan's order", () => {
    for (const { name, plan, explanations } of examples) {
      const role = plan.roles.find((one) => one.name === "deactivate");
      const steps = role?.stages.flatMap((stage) => stage.steps.map(({ id }) => id));
      const told = actsOf(named(explanations, "deactivate"))
        .filter(({ role: of }) => of === "deactivate")
        .map(({ id }) => id);
      expect(told, name).toEqual(steps);
    }
  });

  test("is not checked again where an earlier play checked it", () => {
    for (const { name, site, explanations } of examples) {
      const on = named(explanations, "failover")
        .phases.filter(({ afterFailure }) => !afterFailure)
        .flatMap(({ hosts, parts }) =>
          parts.flatMap(({ acts }) => acts.map((act) => ({ act, hosts }))),
        )
        .filter(({ act }) => act.id === "ground");
      expect(on.length, name).toBe(1);
      expect(on[0]?.hosts).toEqual([site.pair.hosts[1].name]);
    }
  });
});

describe("a limit", () => {
  test("is never less than what the rendered tasks may wait, and none where they wait for nothing", () => {
    const untrue = new Set<string>();
    for (const { name, pair, site, explanations } of examples) {
      const [first, second] = pair.hosts;
      const variables = { ...pairValues(site), ...hostValues(pair, first, second) };
      const acts = new Map(explanations.flatMap(actsOf).map((act) => [act.step, act]));
      for (const act of acts.values()) {
        const waits = waitingTasks(stepText(act.step), variables);
        const sum = waits.reduce((seconds, { timeout = 0 }) => seconds + timeout, 0);
        const where = `${name}: ${act.role}/${act.stage} ${act.id}`;
        // Hosts are asked one after the other, by a file of its own.
        const asked = { "ask-both": 2, gather: 1 }[act.id] ?? 0;
        const least = sum + asked * 60;
        const waiting = asked > 0 || waits.length > 0;
        if (act.limit < least || act.limit > 0 !== waiting)
          untrue.add(`${where}: ${act.limit} s, and the tasks ${waiting ? least : "never wait"}`);
      }
    }
    expect([...untrue]).toEqual([]);
  });
});

describe("the commands", () => {
  const on = (example: string, host: number, title: RegExp): readonly string[] => {
    const found = examples.find(({ name }) => name === example);
    if (found === undefined) throw new Error(example);
    const act = actsOf(named(found.explanations, "failover")).find((one) => title.test(one.title));
    const name = found.pair.hosts[host]?.name;
    if (act === undefined || name === undefined) throw new Error(String(title));
    return found.commandsOn(act, name);
  };

  test("are those of the rendered tasks, with the pair's own values", () => {
    expect(on("el9-postgresql", 0, /^Stop the owner's unit/)).toEqual([
      "systemctl stop xcatha-owner.service",
    ]);
    expect(on("el9-postgresql", 1, /^Start the pair's services/)).toEqual([
      "/usr/local/libexec/xcatha/parts start",
    ]);
    expect(on("el9-postgresql", 0, /^Take away what is left/)).toEqual([
      "/usr/local/libexec/xcatha/leftovers clear",
    ]);
  });

  test("of the units are those of the kit's files, with the host's own settings", () => {
    const [found] = examples.filter(({ name }) => name === "el9-postgresql");
    const units = (procedure: string) =>
      found === undefined
        ? []
        : actsOf(named(found.explanations, procedure)).flatMap((act) => act.units);
    const start = units("activate").find(({ unit }) => unit === "xcatha-address.service");
    if (found === undefined || start === undefined) throw new Error("no address");
    expect(found.commandsOn(start, "host2")).toEqual([
      "/usr/sbin/sysctl -q -w net/ipv4/conf/eth0/promote_secondaries=1",
      "/usr/sbin/ip address replace 10.5.106.50/24 dev eth0",
    ]);
    const links = units("activate").find(({ unit }) => unit === "xcatha-link@root-.xcat.service");
    expect(links?.commands).toEqual(["/usr/local/libexec/xcatha/link put /root/.xcat"]);
    const order = units("deactivate").map(({ unit }) => unit);
    expect(order.indexOf("xcatd.service")).toBeLessThan(order.indexOf("postgresql.service"));
    expect(order.indexOf("postgresql.service")).toBeLessThan(
      order.indexOf("xcatha-address.service"),
    );
    expect(order.at(-1)).toBe("xcatha-owner.service");
  });

  test("name no variable whose value is known", () => {
    for (const { name, site, pair, explanations, commandsOn } of examples) {
      const known = Object.keys(pairValues(site)).join("|");
      for (const explanation of explanations)
        for (const act of actsOf(explanation))
          for (const host of pair.hosts) {
            const lines = [act, ...act.units]
              .flatMap((what) => commandsOn(what, host.name))
              .join("\n");
            expect(lines, `${name}: ${act.title}`).not.toMatch(
              new RegExp(`\\{\\{ *(${known})( \\| quote)? *\\}\\}|\\$\\{[A-Z]|%f`),
            );
          }
    }
  });
});

describe("a duration", () => {
  test.each([
    [0, "0 s"],
    [45, "45 s"],
    [60, "1 min"],
    [200, "3 min 20 s"],
    [3600, "1 h"],
    [15_000, "4 h 10 min"],
  ])("of %d s reads %s", (seconds, words) => {
    expect(duration(seconds)).toBe(words);
  });
});
