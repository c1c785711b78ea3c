import { partsOf } from "../kit/parts.js";
import { refusals } from "../refusals.js";
import type { Site } from "../site.js";
import { noted, refuse, step } from "../step.js";
import type { Role, Stage, Step } from "../types.js";
import { adoptStep } from "./adopt.js";
import {
  askAgain,
  claimSteps,
  identitySteps,
  markSteps,
  mountDevice,
  takeoverSteps,
  unusedCheck,
} from "./claim.js";
import { guardInStep, kitStep } from "./kit.js";
import { clocksStep } from "./status.js";

/** What must be true of the shared data and of the host. What looks at the host is a program of the kit. */
const dataChecks = (site: Site): readonly Step[] => {
  const refused = refusals(site);
  return [
    refuse({
      id: "set-up",
      title: "Refuse anything but this pair's own shared data",
      effect: "The shared data bears the pair's marker and holds every shared directory.",
      refusal: refused["set-up"],
    }),
    refuse({
      id: "engine",
      title: "Refuse shared data on another database",
      effect: `xCAT's tables on the shared data are on ${site.pair.database}.`,
      refusal: refused.engine,
    }),
    refuse({
      id: "version",
      title: "Refuse another version of xCAT than the pair was served with",
      effect: "This host's xCAT is the one that served the shared data last.",
      refusal: refused.version,
    }),
    clocksStep(site),
    ...(site.pair.shared.device === null ? [kitStep(), guardInStep()] : []),
    step({
      id: "ground",
      title: "Check the NIC, the names and the shared directories",
      effect: "The host has what activation needs.",
      refusal: refused.ground,
      bound: 60,
      template: "activate/ground",
    }),
  ];
};

/** With a device of its own the data can be looked at only once it is mounted, by a program of the kit. */
const checkedBefore = (site: Site): readonly Step[] =>
  site.pair.shared.device === null
    ? [askAgain("ask-first"), ...dataChecks(site)]
    : [kitStep(), guardInStep()];

const sum = (site: Site, vital: boolean): number =>
  partsOf(site)
    .filter((part) => part.vital === vital)
    .reduce((total, { limit }) => total + limit, 0);

const services = (site: Site): readonly Step[] => {
  const { start, database, xcatd } = site.pair.timeouts;
  const [starting, serving] = [
    // On an active host the database and xcatd are asked until their limits, and once more after a restart.
    120 + 2 * ((site.engine ? database : 0) + xcatd) + start,
    sum(site, true) + 2 * xcatd + 60,
  ];
  return [
    ...(site.pair.shared.device === null ? [] : dataChecks(site)),
    step({
      id: "start",
      title: "Start the pair's services on this host",
      effect: "systemd starts the parts of xcatha.target, each when what it needs is there.",
      undo: "Deactivation stops them.",
      bound: starting,
      template: "activate/start",
      data: { seconds: starting },
    }),
    step({
      id: "vital",
      title: "Wait until xCAT is served from the virtual IP on the right database",
      effect: "Every part without which xCAT is not served is there, and xCAT answers.",
      bound: serving,
      template: "activate/vital",
      data: { seconds: serving },
    }),
  ];
};

const rest = (site: Site): readonly Step[] => [
  noted({
    id: "rest",
    title: "Wait for DNS, DHCP, the console and what else the pair serves",
    effect: "Every other part is there, or the report says which is not.",
    bound: sum(site, false) + 60,
    template: "activate/rest",
    data: { seconds: sum(site, false) + 60 },
  }),
  // An upgrade of xCAT enables them again on the host that serves.
  noted({
    id: "boot",
    title: "Keep the pair's units from starting at boot",
    effect: "No unit of the pair is enabled.",
    bound: 120,
    template: "standby/boot",
    data: { register: "__activate_boot" },
  }),
];

/** Makes one host active; stops everything again when a vital part does not start. */
export const activateRole = (site: Site): Role => {
  const stage = (
    id: string,
    title: string,
    steps: readonly Step[],
    more: Partial<Stage> = {},
  ): Stage => ({ id, title, entry: "main", steps, ...more });
  return {
    name: "activate",
    summary: "Makes this host the active one of its pair.",
    why: [
      "On the host this is one systemd transaction, xcatha.target. Its first part, the owner, refuses",
      "unless the owner record names this host under the epoch that it is handed here; all others are",
      "bound to it. So a run that slept or lost a race starts nothing, and undoing is stopping that",
      "one unit. The parts, in the order in which they start:",
      ...partsOf(site).map(({ unit, makes }) => `  ${unit}: ${makes}`),
    ],
    stages: [
      stage(
        "preflight",
        "Check what can be known while the peer still serves",
        checkedBefore(site),
        { when: "not activate_checked | default(false)" },
      ),
      stage(
        "takeover",
        "Check that the peer is not active and that nobody holds the virtual IP",
        [...takeoverSteps(site), adoptStep("activate")],
        { when: "not activate_handed_over | default(false)" },
      ),
      stage("claim", "Take the owner record", claimSteps(site)),
      stage("services", "Start the services, and wait until xCAT answers", services(site)),
      stage("network", "Wait for what else the pair serves", rest(site)),
      stage("stranger", "Look for a stranger at the virtual IP", [unusedCheck(site)], {
        entry: "separate",
      }),
      stage("mount", "Mount the shared data", mountDevice(site), { entry: "separate" }),
      stage("mark", "Mark the shared data as this pair's", markSteps(site), { entry: "separate" }),
      stage("identity", "Take the virtual IP and its hostname", identitySteps(site), {
        entry: "separate",
      }),
    ],
    undoable: {
      title: "Activate, or stop everything again",
      stages: ["claim", "services"],
    },
    closing: "activate-closing",
  };
};
