import { getPlatform } from "../../catalog/index.js";
import type { Service } from "../../catalog/types.js";
import { show } from "../../diagnostic/show.js";
import { databaseOf } from "../directories.js";
import type { Draft } from "../document.js";
import { type Located, located, type Rule } from "./rule.js";

const units = (draft: Draft): readonly Located<string>[] =>
  (draft.services ?? []).flatMap((service, index) =>
    located(service?.unit, "services", index, "unit"),
  );

const legal = /^[A-Za-z0-9:_][A-Za-z0-9:_.-]*(@[A-Za-z0-9:_.-]+)?$/;
const suffix = /\.(service|socket|timer|target|mount|path|slice|scope|device|swap|automount)$/;

function unitProblem(unit: string): string | undefined {
  const found = suffix.exec(unit)?.[1];
  if (found === "service") return "it ends with `.service`";
  if (found !== undefined) return `a ${found} is no service`;
  if (unit.endsWith("@")) return "a template needs an instance after the @";
  if (unit.length > 200) return "it is longer than 200 characters";
  return legal.test(unit) ? undefined : "only letters, digits and any of : _ . - @ may stand in it";
}

export const unitsAreLegal: Rule = function* (draft) {
  for (const { value, path } of units(draft)) {
    const problem = unitProblem(value);
    if (problem === undefined) continue;
    const bare = value.replace(/\.service$/, "");
    yield {
      code: "unit-illegal",
      message: `${show(value)} is not the name of a service: ${problem}.`,
      fix: `write the name as \`systemctl\` shows it, without \`.service\`, e.g. ${unitProblem(bare) ? "slurmctld" : bare}.`,
      path,
    };
  }
};

export const unitsDiffer: Rule = function* (draft) {
  const seen = new Set<string>();
  for (const { value, path } of units(draft)) {
    if (seen.has(value))
      yield {
        code: "unit-twice",
        message: `${value} is listed twice.`,
        fix: "list each service once.",
        path,
      };
    seen.add(value);
  }
};

/** Units that xcatha itself starts and stops for this model, or keeps running on both hosts. */
function ownUnits(draft: Draft): readonly string[] {
  if (draft.platform === undefined) return ["xcatd"];
  const platform = getPlatform(draft.platform);
  const database = databaseOf(draft);
  const dhcp = draft.dhcp ?? platform.defaults.dhcp;
  const console = draft.console ?? platform.defaults.console;
  const services: readonly (Service | false | undefined)[] = [
    database !== undefined && database !== "sqlite" && platform.databases[database],
    draft.dns !== false && platform.dns,
    dhcp !== "none" && platform.dhcp[dhcp],
    console !== "none" && platform.console[console],
    platform.ntp,
    draft.http !== false && platform.http,
    draft.nfs !== false && platform.nfs,
    draft.tftp !== false && platform.tftp,
  ];
  return ["xcatd", ...services.flatMap((one) => (one ? [one.unit, ...one.also] : []))];
}

export const unitsAreNotOwn: Rule = function* (draft) {
  const own = ownUnits(draft);
  for (const { value, path } of units(draft)) {
    if (!own.includes(value)) continue;
    yield {
      code: "unit-own",
      message: `${value} is taken care of already.`,
      why: "The playbooks start, stop or watch it in an order of their own.",
      fix: "remove it from `services`.",
      path,
    };
  }
};

const vital = [
  "ssh",
  "sshd",
  "dbus",
  "dbus-broker",
  "NetworkManager",
  "network",
  "networking",
  "wicked",
];

/** A service of the pair is stopped on the standby. */
export const unitsAreNotVital: Rule = function* (draft) {
  for (const { value, path } of units(draft)) {
    if (!vital.includes(value) && !/^(systemd-|getty|serial-getty)/.test(value)) continue;
    yield {
      code: "unit-vital",
      message: `${value} cannot be a service of the pair.`,
      why: "Such services are stopped on the standby host, which could not be reached or run without it.",
      fix: "remove it from `services`.",
      path,
    };
  }
};
