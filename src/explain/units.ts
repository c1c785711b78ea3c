import { ownUnits } from "../plan/kit/own-units.js";
import { partsOf } from "../plan/kit/parts.js";
import type { Site } from "../plan/site.js";
import type { ActUnit } from "./types.js";

/** The file of a unit: instances of a template share one. */
const fileOf = (unit: string): string => unit.replace(/@.*\./, "@.");

/** `%f` is the path that an instance's name stands for. */
const pathOf = (unit: string): string =>
  `/${
    /@(.*)\./
      .exec(unit)?.[1]
      ?.replaceAll("-", "/")
      .replaceAll(/\\x([0-9a-f]{2})/g, (_, code: string) =>
        String.fromCharCode(Number.parseInt(code, 16)),
      ) ?? ""
  }`;

/** The parts of `xcatha.target` with the commands that their units run for a start or a stop. */
const parts = (site: Site, key: "ExecStart" | "ExecStop"): readonly ActUnit[] => {
  const files = new Map(ownUnits(site).map((file) => [file.path, file]));
  return partsOf(site).map(({ unit, makes, limit }) => ({
    unit,
    makes,
    limit: key === "ExecStart" ? limit : 0,
    commands: (files.get(fileOf(unit))?.service ?? [])
      .filter(([name]) => name === key || (key === "ExecStart" && name === "ExecStartPre"))
      .map(([, value]) => value.replace(/^-/, "").replaceAll("%f", pathOf(unit))),
  }));
};

/** The units that a step's template has systemd start or stop. */
export const unitsOf = (site: Site, template: string): readonly ActUnit[] => {
  if (template === "activate/start") return parts(site, "ExecStart");
  if (template === "deactivate/stop-owner") return parts(site, "ExecStop").toReversed();
  return [];
};
