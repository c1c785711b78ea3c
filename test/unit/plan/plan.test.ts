import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { planOf } from "../../../src/plan/index.js";
import { bootUnits } from "../../../src/plan/site.js";
import type { Role, Step } from "../../../src/plan/types.js";
import { pairValues, variables } from "../../../src/plan/variables.js";
import { pairOf } from "../model/models.js";
import { everyPair } from "./pairs.js";

const planned = everyPair.map(([name, pair]) => ({ name, pair, ...planOf(pair) }));
const templates = fileURLToPath(new URL("../../../templates/steps/", import.meta.url));

const stepsOf = (role: Role): readonly Step[] => role.stages.flatMap(({ steps }) => steps);

function roleOf(roles: readonly Role[], name: string): Role {
  const role = roles.find((candidate) => candidate.name === name);
  if (role === undefined) throw new Error(`no role ${name}`);
  return role;
}

/** Ids of a role's steps as `main.yml` runs them. */
const mainOrder = (role: Role): readonly string[] =>
  role.stages
    .filter(({ entry }) => entry === "main")
    .flatMap(({ steps }) => steps.map(({ id }) => id));

/** Those of the words that occur, in the order in which they do. */
const sequence = (ids: readonly string[], words: readonly string[]): readonly string[] =>
  ids.filter((id) => words.includes(id));

const repeated = (ids: readonly string[]): readonly string[] =>
  ids.filter((id, index) => ids.indexOf(id) !== index);

test("there is a plan for every platform, database, link method and device", () => {
  expect(planned.length).toBeGreaterThan(84);
});

describe("every plan", () => {
  test("has the roles and playbooks of the design, and one of each", () => {
    for (const { site, plan } of planned) {
      const names = plan.roles.map(({ name }) => name);
      expect(names.toSorted()).toEqual([
        "activate",
        "deactivate",
        ...(site.fencing ? ["fence"] : []),
        "host_kit",
        "install_xcat",
        "share_data",
        "standby",
        "status",
        "switch_db",
        "upgrade",
      ]);
      expect(repeated(plan.playbooks.map(({ name }) => name))).toEqual([]);
    }
  });

  test("names no step twice among those that run together", () => {
    for (const { name, plan } of planned) {
      for (const role of plan.roles) {
        expect(repeated(mainOrder(role)), `${name}: ${role.name}`).toEqual([]);
        for (const stage of role.stages) {
          const ids = stage.steps.map(({ id }) => id);
          expect(repeated(ids), `${name}: ${role.name}/${stage.id}`).toEqual([]);
        }
      }
    }
  });

  test("names no stage twice, in file names that say what they hold", () => {
    for (const { plan } of planned) {
      for (const role of plan.roles) {
        const ids = role.stages.map(({ id }) => id);
        expect(repeated([...ids, "main"])).toEqual([]);
        expect(ids.filter((id) => !/^[a-z]+(-[a-z]+)*$/.test(id))).toEqual([]);
      }
    }
  });

  test("says of each step what it does, what is true after it, and how long it may take", () => {
    const faulty = planned.flatMap(({ name, plan }) =>
      plan.roles.flatMap((role) =>
        stepsOf(role)
          .filter(
            ({ title, effect, undo, bound }) =>
              !/^[A-Z].*[^.\s]$/.test(title) ||
              !/^\S.*\.$/.test(effect) ||
              (undo !== null && !/^\S.*\.$/.test(undo)) ||
              !Number.isInteger(bound) ||
              bound <= 0,
          )
          .map(({ id }) => `${name}: ${role.name} ${id}`),
      ),
    );
    expect(faulty).toEqual([]);
  });

  test("names only templates that exist, and every template is named by a plan", () => {
    const named = new Set(
      planned.flatMap(({ plan }) =>
        plan.roles.flatMap((role) => stepsOf(role).map(({ template }) => template)),
      ),
    );
    expect([...named].filter((path) => !existsSync(`${templates}${path}.hbs`))).toEqual([]);
  });
});

describe("deactivate", () => {
  test("stops, looks, and gives the record back, in this order, and attempts each after a fault", () => {
    for (const { name, pair, plan } of planned) {
      const role = roleOf(plan.roles, "deactivate");
      expect(mainOrder(role), name).toEqual([
        // Nothing stops before the shared data has what the next host needs.
        ...["adopt", "service-nodes", "stop-owner", "clear", "give-back"],
        ...(pair.shared.device === null ? [] : ["device"]),
        "boot",
      ]);
      const aborting = stepsOf(role).filter(({ onFault }) => onFault !== "note");
      expect(aborting.map(({ id }) => id)).toEqual(["adopt"]);
    }
  });
});

describe("activate", () => {
  test("looks at the peer, the record and the virtual IP before it takes the record, and starts last", () => {
    for (const { name, pair, plan } of planned) {
      const alone = pair.shared.device !== null;
      const checks = ["set-up", "engine", "version", "clocks"];
      expect(mainOrder(roleOf(plan.roles, "activate")), name).toEqual([
        // The programs are in step before one of them checks or starts anything.
        ...(alone ? ["kit", "guard"] : ["ask-first", ...checks, "kit", "guard", "ground"]),
        "ask",
        "peer",
        "alive",
        ...(alone ? [] : ["owner-allows", "quiet"]),
        "virtual-ip-unused",
        "adopt",
        "remember",
        ...(alone ? ["mount-device", "ask-mounted", "owner-allows"] : []),
        "take-owner",
        "look-again",
        "outlast",
        ...(alone ? [...checks, "ground"] : []),
        "start",
        "vital",
        "rest",
        "boot",
      ]);
    }
  });

  test("stops everything again for a fault after the record was taken, and nothing once xCAT is served", () => {
    for (const { plan } of planned) {
      const role = roleOf(plan.roles, "activate");
      expect(role.undoable?.stages).toEqual(["claim", "services"]);
      const network = role.stages.find(({ id }) => id === "network");
      expect(network?.steps.filter(({ onFault }) => onFault !== "note")).toEqual([]);
    }
  });

  test("needs at most six remote tasks from the stop of xcatd to its answer when the peer hands over", () => {
    const remote = ["stop-owner", "clear", "give-back", "take-owner", "start", "vital"];
    for (const { name, pair, plan } of planned) {
      if (pair.shared.device !== null) continue;
      const after = plan.roles
        .filter((role) => ["deactivate", "activate"].includes(role.name))
        .toSorted((one) => (one.name === "deactivate" ? -1 : 1))
        .flatMap((role) => role.stages)
        .filter(({ entry, when }) => entry === "main" && when === undefined)
        .flatMap(({ steps }) => steps.map(({ id }) => id));
      // Facts are set on the control machine; `look-again` and `outlast` are skipped then, `boot` too.
      // What comes before the stop of xcatd costs no service.
      const local = ["adopt", "service-nodes", "remember", "look-again", "outlast", "boot", "rest"];
      expect(
        after.filter((id) => !local.includes(id)),
        name,
      ).toEqual(remote);
    }
  });
});

describe("install_xcat", () => {
  test("asks for goconserver only when the host knows xCAT's own repositories", () => {
    const seen = new Set<string>();
    for (const { name, pair, plan } of planned) {
      if (pair.console !== "goconserver") continue;
      const steps = stepsOf(roleOf(plan.roles, "install_xcat"));
      const asking = steps.filter(({ data }) => String(data["packages"]).includes("goconserver"));
      const order = steps.map(({ id }) => id);
      const kind = pair.xcat.source.kind;
      seen.add(kind);
      expect(asking.length, name).toBe(1);
      expect(order.indexOf(asking[0]?.id ?? ""), name).toBe(
        order.indexOf(kind) + (kind === "packages" ? 0 : 1),
      );
    }
    expect([...seen].sort()).toEqual(["go-xcat", "packages"]);
  });
});

describe("switch_db", () => {
  test("asks for a password only where the database has one", () => {
    for (const { pair, plan } of planned) {
      const order = mainOrder(roleOf(plan.roles, "switch_db"));
      expect(order.includes("password")).toBe(pair.database !== "sqlite");
    }
  });

  test("takes an interrupted move back first, moves by one act, and asks xCAT last", () => {
    for (const { name, pair, plan } of planned) {
      const order = mainOrder(roleOf(plan.roles, "switch_db"));
      const server = pair.database !== "sqlite";
      expect(sequence(order, ["resume", "look", "prepare", "move", "verify"]), name).toEqual([
        "resume",
        "look",
        ...(server ? ["prepare"] : []),
        "move",
        "verify",
      ]);
      expect(order.at(-1), name).toBe("verify");
    }
  });
});

describe("standby", () => {
  test("refuses the active host first, and guards the units before it stops them", () => {
    for (const { name, plan } of planned) {
      const order = mainOrder(roleOf(plan.roles, "standby"));
      expect(order[0], name).toBe("refuse-active");
      expect(sequence(order, ["guard", "boot", "deactivate"]), name).toEqual([
        "guard",
        "boot",
        "deactivate",
      ]);
    }
  });

  test("keeps every unit from starting at boot that the pair starts", () => {
    for (const { name, site } of planned) {
      for (const { service } of site.services) {
        if (!service.enableable) {
          expect(service.also, `${name}: ${service.unit}`).not.toEqual([]);
          continue;
        }
        expect(bootUnits(site), name).toContain(service.unit);
      }
    }
  });
});

describe("the variables", () => {
  test("of a pair are all declared as the pair's", () => {
    for (const { name, site } of planned) {
      const given = Object.keys(pairValues(site));
      expect(
        given.filter((key) => variables[key]?.from !== "pair"),
        name,
      ).toEqual([]);
    }
  });

  test("say what they mean", () => {
    for (const [name, { description }] of Object.entries(variables)) {
      expect(name).toMatch(/^xcatha_[a-z_]+(_[2-8])?$/);
      expect(description).toMatch(/^[A-Z].*\.$/);
    }
  });

  test("give a host without a domain of its own the cluster's, and its short name too", () => {
    const { site } = planOf(pairOf({ "/site/domain": "cluster.example.com" }));
    expect(pairValues(site)["xcatha_virtual_names"]).toBe("hamn.cluster.example.com hamn");
  });
});
