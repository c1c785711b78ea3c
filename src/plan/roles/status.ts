import { servingPackages } from "../packages.js";
import { bootUnits, pairUnits, type Site } from "../site.js";
import { step } from "../step.js";
import type { Role } from "../types.js";

/** Units that run on a healthy active host whatever xCAT's tables hold; a console server needs a console. */
const expectedUnits = (site: Site): readonly string[] =>
  site.services.filter(({ kind }) => kind !== "console").map(({ service }) => service.unit);

/** Asks both hosts what they are; prints it, and fails when a safety rule is broken. */
export const statusRole = (site: Site): Role => {
  const { pair, platform, directories } = site;
  return {
    name: "status",
    summary: "Asks both hosts of the pair what they are now, and tells what is wrong.",
    why: [
      "The entry `ask` changes nothing and is what every other playbook decides by. A host that",
      "does not answer is part of the answer, not an error. The main entry shows the answers and",
      "holds them against the safety rules.",
    ],
    stages: [
      {
        id: "ask",
        title: "Ask both hosts",
        entry: "main",
        steps: [
          step({
            id: "ask-both",
            title: "Ask both hosts what they are now",
            effect: "The answers of both hosts are known.",
            bound: 2 * (90 + pair.timeouts.connect),
            template: "status/ask-both",
          }),
        ],
      },
      {
        id: "ask-one",
        title: "Ask one host",
        entry: "separate",
        steps: [
          step({
            id: "ask",
            title: "Ask the host what it is now",
            effect: "The host's answer is known.",
            bound: 90 + pair.timeouts.connect,
            template: "status/ask",
            data: {
              units: pairUnits(site),
              bootUnits: bootUnits(site),
              directories,
              bind: pair.shared.method === "bind",
              apt: platform.packageManager === "apt",
              package: platform.xcatPackages[0],
              packages: servingPackages(site),
            },
          }),
        ],
      },
      {
        id: "report",
        title: "Show what they answered, and what is wrong",
        entry: "main",
        steps: [
          step({
            id: "rules",
            title: "Hold the answers against the safety rules",
            effect: "Broken rules and what is left to do are known.",
            template: "status/rules",
            data: { expected: expectedUnits(site), device: pair.shared.device !== null },
          }),
          step({
            id: "show",
            title: "Show the pair",
            effect: "The state of the pair is printed.",
            template: "status/show",
            data: { linkCount: directories.length },
          }),
        ],
      },
    ],
    undoable: null,
    closing: null,
  };
};
