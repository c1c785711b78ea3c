import type { Flavour } from "./flavour.js";
import type { Lab } from "./harness/lab.js";
import { LUN_DEVICE } from "./harness/lun.js";
import { AFTER, BEATS, BEFORE } from "./heartbeat.js";
import { modelOf, xcatBy } from "./pair.js";
import { type Choice, flavours } from "./shape.js";

/** The model that makes these choices. */
export function variantModel(lab: Lab, choice: Choice): string {
  const { database, console, dhcp, method, sharedBy, renames, services } = choice;
  const keys = {
    database,
    console,
    dhcp,
    hostname: { change: renames },
    ...(services ? { services: [{ unit: BEFORE, place: "before-xcat" }, { unit: AFTER }] } : {}),
  };
  const more = Object.entries(keys).map(([key, value]) => `${key}: ${JSON.stringify(value)}\n`);
  const shared = {
    method,
    ...(sharedBy === "disk" ? { device: LUN_DEVICE } : {}),
    ...(services ? { directories: { add: [BEATS] } } : {}),
  };
  const { platform, xcat }: Flavour = flavours[choice.flavour];
  return modelOf(lab, more.join(""), shared, platform, xcatBy(lab, xcat ?? "packages"));
}
