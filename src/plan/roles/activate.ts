import { refusals } from "../refusals.js";
import { bootUnits, pairUnits, type Site } from "../site.js";
import { noted, step } from "../step.js";
import type { Role, Stage, Step } from "../types.js";
import { adoptStep } from "./adopt.js";
import { askAgain, claimSteps, remember, takeoverSteps } from "./claim.js";
import { kitStep } from "./kit.js";
import { networkSteps } from "./network.js";
import { undoSteps } from "./undo.js";

/** What SELinux and AppArmor call the database's files and processes (their reference policies). */
const confinement = ({ pair, engine }: Site) => ({
  selinuxType: pair.database === "mariadb" ? "mysqld_db_t" : "postgresql_db_t",
  processes: pair.database === "mariadb" ? "(mysqld|mariadbd)" : "postgres",
  localDirectory: engine?.directories[0] ?? null,
});

/** What must be true of the shared data and of the host. */
const dataChecks = (site: Site): readonly Step[] => {
  const { pair, engine, directories } = site;
  const refused = refusals(site);
  return [
    step({
      id: "set-up",
      title: "Refuse anything but this pair's own shared data",
      effect: "The shared data bears the pair's marker and holds every shared directory.",
      refusal: refused["set-up"],
      template: "activate/set-up",
      data: { directories },
    }),
    step({
      id: "engine",
      title: "Refuse shared data on another database",
      effect: `xCAT's tables on the shared data are on ${pair.database}.`,
      refusal: refused.engine,
      template: "activate/engine",
      data: { engine: pair.database },
    }),
    step({
      id: "version",
      title: "Refuse another version of xCAT than the pair was served with",
      effect: "This host's xCAT is the one that served the shared data last.",
      refusal: refused.version,
      template: "activate/version",
    }),
    step({
      id: "clocks",
      title: "Compare the hosts' clocks",
      effect: "The clocks are at most 10 s apart, or the peer does not answer.",
      refusal: refused.clocks,
      template: "standby/clock-check",
    }),
    step({
      id: "ground",
      title: "Check the NIC, the names and the shared directories",
      effect: "The host has what activation needs.",
      refusal: refused.ground,
      bound: 60,
      template: "activate/ground",
      data: {
        directories,
        bind: pair.shared.method === "bind",
        dataDirectory: engine?.dataDirectory ?? null,
        user: engine?.user ?? null,
        ...confinement(site),
      },
    }),
  ];
};

/** With a device of its own the data can be looked at only once it is mounted. What starts the services is a program. */
const preflight = (site: Site): Stage => ({
  id: "preflight",
  title: "Check what can be known while the peer still serves",
  entry: "main",
  skipWhen: "activate_checked",
  steps: [
    ...(site.pair.shared.device === null ? [askAgain("ask-first"), ...dataChecks(site)] : []),
    kitStep(),
  ],
});

const links = (site: Site): Stage => ({
  id: "data",
  title: "Put the shared data in its places",
  entry: "main",
  steps: [
    ...(site.pair.shared.device === null ? [] : dataChecks(site)),
    step({
      id: "links",
      title:
        site.pair.shared.method === "bind"
          ? "Bind the shared directories to their places"
          : "Link the shared directories to their places",
      effect: "Every shared directory is reached at its usual path.",
      undo: "The links go, and what stood there comes back.",
      bound: 120,
      template: "activate/links",
      data: { directories: site.directories, bind: site.pair.shared.method === "bind" },
    }),
  ],
});

/** After an interrupted setup they may run on the host's own directories. */
const stopApart = (site: Site): Step =>
  step({
    id: "stop-apart",
    title: "Stop services that run on other data",
    effect: "No service has files open in a place that a link to the shared data takes.",
    bound: site.pair.timeouts.stop * 4,
    template: "activate/stop-apart",
    data: {
      units: pairUnits(site).toReversed(),
      directories: site.directories,
      bind: site.pair.shared.method === "bind",
    },
  });

const userSteps = (site: Site, kind: "before-xcat" | "after-xcat"): readonly Step[] =>
  site.services
    .filter((entry) => entry.kind === kind)
    .map(({ service }) => {
      const register = `__activate_${service.unit.replace(/\W/g, "_")}`;
      const shared = {
        id: `start-${service.unit}`,
        title: `Start ${service.unit}`,
        effect: `${service.unit} runs.`,
        undo: "It is stopped if this run started it.",
        bound: site.pair.timeouts.start,
        template: "activate/start-unit",
        data: { unit: service.unit, register },
      };
      return kind === "before-xcat" ? step(shared) : noted(shared);
    });

const coreServices = (site: Site): Stage => {
  const { pair, engine } = site;
  return {
    id: "services",
    title: "Start the database and xCAT",
    entry: "main",
    steps: [
      ...userSteps(site, "before-xcat"),
      ...(engine
        ? [
            step({
              id: "start-database",
              title: `Start ${engine.label} (${engine.unit}) and wait until it answers on the virtual IP`,
              effect: `${engine.label} answers on the virtual IP.`,
              undo: "It is stopped if this run started it.",
              bound: 2 * pair.timeouts.database,
              template: "activate/start-database",
            }),
          ]
        : []),
      step({
        id: "start-xcatd",
        title: "Start xcatd and wait until it answers on the virtual IP",
        effect: "xcatd answers on the virtual IP and reads its tables.",
        undo: "It is stopped if this run started it.",
        bound: 2 * pair.timeouts.xcatd,
        template: "activate/start-xcatd",
      }),
      step({
        id: "check",
        title: "Check that xCAT is served from the virtual IP on the right database",
        effect: "xCAT is served.",
        bound: 2 * pair.timeouts.xcatd,
        template: "activate/check",
      }),
    ],
  };
};

/** What an upgrade of xCAT enables again on the host that serves. */
const bootStep = (site: Site): Step =>
  noted({
    id: "boot",
    title: "Keep the pair's units from starting at boot",
    effect: "No unit of the pair is enabled.",
    bound: 120,
    template: "standby/boot",
    data: { bootUnits: bootUnits(site), register: "__activate_boot" },
  });

/** Makes one host active; undone in reverse when anything up to xcatd fails. */
export const activateRole = (site: Site): Role => {
  const reserve: Stage = {
    id: "reserve",
    title: "Take the pair for this host before there is anything to serve",
    entry: "separate",
    steps: [remember(), ...claimSteps(site, "reserve")],
  };
  return {
    name: "activate",
    summary: "Makes this host the active one of its pair.",
    why: [
      "What can be known beforehand is checked first, then that the peer is not active and that",
      "nobody holds the virtual IP. The owner record is taken before the virtual IP, the virtual",
      "IP comes before the database that listens on it, the database before xcatd, which blocks",
      "without one. Up to there a failure undoes what this run did, in reverse order. A fault in",
      "DNS, DHCP or the console takes nothing down that works: it is noted and fails the play at",
      "the end.",
    ],
    stages: [
      preflight(site),
      {
        id: "takeover",
        title: "Check that the peer is not active and that nobody holds the virtual IP",
        entry: "main",
        steps: [
          askAgain("ask"),
          remember(),
          ...takeoverSteps(site),
          adoptStep("activate"),
          stopApart(site),
        ],
      },
      {
        id: "claim",
        title: "Take the owner record and the virtual IP",
        entry: "main",
        steps: claimSteps(site, "activate"),
      },
      links(site),
      coreServices(site),
      {
        id: "network",
        title: "Start DNS, DHCP, the console and what else the pair serves",
        entry: "main",
        steps: [...networkSteps(site), ...userSteps(site, "after-xcat"), bootStep(site)],
      },
      reserve,
    ],
    undoable: {
      title: "Activate, or take everything back",
      stages: ["claim", "data", "services"],
      undo: undoSteps(site),
    },
    closing: "activate-closing",
  };
};
