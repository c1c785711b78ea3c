import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { planOf } from "../../../src/plan/index.js";
import { bootUnits, pairUnits, siteOf } from "../../../src/plan/site.js";
import type { Role, Step } from "../../../src/plan/types.js";
import { pairValues, variables } from "../../../src/plan/variables.js";
import { pairOf } from "../model/models.js";
import { everyPair } from "./pairs.js";

const planned = everyPair.map(([name, pair]) => ({ name, pair, ...planOf(pair) }));
const templates = fileURLToPath(new URL("../../../templates/steps/", import.meta.url));

const stepsOf = (role: Role): readonly Step[] => [
  ...role.stages.flatMap(({ steps }) => steps),
  ...(role.undoable?.undo ?? []),
];

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
        const undo = role.undoable?.undo.map(({ id }) => id) ?? [];
        expect(repeated(undo), `${name}: ${role.name}/undo`).toEqual([]);
      }
    }
  });

  test("names no stage twice, in file names that say what they hold", () => {
    for (const { plan } of planned) {
      for (const role of plan.roles) {
        const ids = role.stages.map(({ id }) => id);
        expect(repeated([...ids, "main", "undo"])).toEqual([]);
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
  const kinds = ["console", "dhcp", "dns", "xcatd", "database", "before-xcat"] as const;

  test("stops console, DHCP, DNS, xcatd and the database, in this order", () => {
    for (const { name, site, plan } of planned) {
      const expected = kinds.flatMap((kind) =>
        site.services
          .filter((entry) => entry.kind === kind)
          .toReversed()
          .map(({ service }) => `stop-${service.unit}`),
      );
      expect(sequence(mainOrder(roleOf(plan.roles, "deactivate")), expected), name).toEqual(
        expected,
      );
    }
  });

  test("stops everything of the pair, and first what would start a service again", () => {
    for (const { name, site, plan } of planned) {
      const order = mainOrder(roleOf(plan.roles, "deactivate"));
      const missing = pairUnits(site).filter((unit) => !order.includes(`stop-${unit}`));
      expect(missing, name).toEqual([]);
      for (const { service } of site.services) {
        for (const also of service.also) {
          const before = order.indexOf(`stop-${also}`) < order.indexOf(`stop-${service.unit}`);
          expect(before, `${name}: ${also} before ${service.unit}`).toBe(true);
        }
      }
    }
  });

  test("takes the data, then the name and the virtual IP away, and gives the record back last", () => {
    for (const { name, pair, plan } of planned) {
      const role = roleOf(plan.roles, "deactivate");
      const order = mainOrder(role);
      const stops = order.filter((id) => id.startsWith("stop-"));
      expect(order, name).toEqual([
        // Nothing stops before the shared data has what the next host needs.
        "adopt",
        ...stops,
        "guard",
        "end-stray",
        "forget-failures",
        "processes",
        "links",
        "hide-tables",
        ...(pair.hostname.change ? ["hostname"] : []),
        "virtual-ip",
        "check",
        "names",
        "give-back",
        ...(pair.shared.device === null ? [] : ["device"]),
      ]);
    }
  });

  test("attempts every step that stops something, also after a fault", () => {
    for (const { plan } of planned) {
      const steps = stepsOf(roleOf(plan.roles, "deactivate"));
      const aborting = steps.filter(({ onFault }) => onFault !== "note");
      expect(aborting.map(({ id }) => id)).toEqual(["adopt"]);
    }
  });
});

describe("activate", () => {
  test("takes the record, the virtual IP, the name, the guard, the links, the services, in this order", () => {
    for (const { name, pair, site, plan } of planned) {
      const own = (place: string): readonly string[] =>
        site.services
          .filter(({ kind }) => kind === place)
          .map(({ service }) => `start-${service.unit}`);
      const has = (kind: string, id: string = kind): readonly string[] =>
        site.services.some((entry) => entry.kind === kind) ? [id] : [];
      const expected = [
        ...(pair.shared.device === null ? [] : ["mount-device"]),
        "take-owner",
        "virtual-ip",
        ...(pair.hostname.change ? ["hostname"] : []),
        "guard",
        "links",
        ...own("before-xcat"),
        ...has("database", "start-database"),
        "start-xcatd",
        "names",
        "root-key",
        ...has("dns"),
        ...has("dhcp"),
        ...has("console"),
        ...(pair.ntp === "none" ? [] : ["ntp"]),
        ...has("http", "start-http"),
        ...has("nfs", "start-nfs"),
        "policy",
        ...own("after-xcat"),
        "boot",
      ];
      const role = roleOf(plan.roles, "activate");
      const changing = role.stages
        .filter(({ id }) => [...(role.undoable?.stages ?? []), "network"].includes(id))
        .flatMap(({ id, steps }) => steps.filter(({ undo }) => undo !== null || id === "network"));
      expect(
        changing.map(({ id }) => id),
        name,
      ).toEqual(expected);
    }
  });

  test("changes nothing before the peer, the record and the virtual IP were looked at", () => {
    for (const { name, pair, plan } of planned) {
      const order = mainOrder(roleOf(plan.roles, "activate"));
      const first = order.indexOf(pair.shared.device === null ? "take-owner" : "mount-device");
      for (const check of ["ask", "peer", "virtual-ip-unused"]) {
        const at = order.indexOf(check);
        expect(at >= 0 && at < first, `${name}: ${check}`).toBe(true);
      }
      const owner = order.indexOf("owner-allows");
      expect(owner >= 0 && owner < order.indexOf("take-owner"), name).toBe(true);
      const data = order.indexOf("set-up");
      expect(data >= 0 && data < order.indexOf("links"), name).toBe(true);
    }
  });

  test("takes nothing down for a fault that comes after xCAT is served", () => {
    for (const { plan } of planned) {
      const role = roleOf(plan.roles, "activate");
      const network = role.stages.find(({ id }) => id === "network");
      expect(network?.steps.filter(({ onFault }) => onFault !== "note")).toEqual([]);
      expect(role.undoable?.stages).not.toContain("network");
    }
  });

  test("undoes each changing step of what can be undone, in reverse order", () => {
    for (const { name, pair, plan } of planned) {
      const role = roleOf(plan.roles, "activate");
      const database = siteOf(pair).engine?.unit;
      const changing = role.stages
        .filter(({ id }) => role.undoable?.stages.includes(id))
        .flatMap(({ steps }) => steps)
        .filter(({ undo }) => undo !== null)
        .map((step) => undoneBy(step, database));
      const undo = role.undoable?.undo.map(({ id }) => id) ?? [];
      expect(undo, name).toEqual(changing.toReversed());
    }
  });

  /** Id of the step that takes a step back. */
  function undoneBy({ id, data }: Step, database: string | undefined): string {
    if (id === "start-database") return `undo-${database}`;
    if (id === "start-xcatd") return "undo-xcatd";
    if (id.startsWith("start-")) return `undo-${String(data["unit"])}`;
    return { "take-owner": "undo-owner", "mount-device": "undo-device" }[id] ?? `undo-${id}`;
  }
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
      expect(name).toMatch(/^xcatha_[a-z_]+$/);
      expect(description).toMatch(/^[A-Z].*\.$/);
    }
  });

  test("give a host without a domain of its own the cluster's, and its short name too", () => {
    const { site } = planOf(pairOf({ "/site/domain": "cluster.example.com" }));
    expect(pairValues(site)["xcatha_virtual_names"]).toBe("hamn.cluster.example.com hamn");
  });
});
