import { bootUnits, pairUnits, type ServiceKind, type Site } from "../site.js";
import { noted } from "../step.js";
import type { Role, Step } from "../types.js";
import { adoptStep } from "./adopt.js";

/** Order in which services stop: what clients use first, the data's writers last. */
const stopOrder: readonly ServiceKind[] = [
  "after-xcat",
  "console",
  "dhcp",
  "dns",
  "http",
  "nfs",
  "xcatd",
  "database",
  "before-xcat",
];

const words: Readonly<Partial<Record<ServiceKind, string>>> = {
  console: "the console server",
  dhcp: "DHCP",
  dns: "DNS",
  http: "the web server",
  nfs: "the NFS exports",
  database: "the database",
};

/** Stops every service of the pair, in order, each bounded by its unit's drop-in. */
export const stopServices = (site: Site): readonly Step[] =>
  stopOrder.flatMap((kind) =>
    site.services
      .filter((entry) => entry.kind === kind)
      .toReversed()
      .flatMap(({ service }) => [
        // What starts a service by itself (a socket, a wrapper) goes first.
        ...service.also.map((unit) => ({ unit, enableable: true })),
        { unit: service.unit, enableable: service.enableable },
      ])
      .map(({ unit, enableable }) =>
        noted({
          id: `stop-${unit}`,
          title: words[kind] ? `Stop ${words[kind]} (${unit})` : `Stop ${unit}`,
          effect: `${unit} does not run and does not start at boot.`,
          undo: "Activation starts it again.",
          bound: site.pair.timeouts.stop * 4,
          template: "deactivate/stop-unit",
          data: { unit, enableable, unlessShared: false, register: "__deactivate_stop" },
        }),
      ),
  );

const release = (site: Site): readonly Step[] => {
  const { pair, directories } = site;
  const bind = pair.shared.method === "bind";
  return [
    noted({
      id: "guard",
      title: "Let the pair's services no longer start on this host",
      effect: "/run/xcatha/active does not exist.",
      template: "deactivate/guard",
    }),
    noted({
      id: "end-stray",
      title: "End an xcatd that was started past systemd",
      effect: "No xcatd runs, whoever started it.",
      bound: 60,
      template: "deactivate/end-stray",
    }),
    noted({
      id: "forget-failures",
      title: "Forget which services had failed",
      effect: "No unit of the pair counts as failed.",
      template: "deactivate/forget-failures",
      data: { units: pairUnits(site) },
    }),
    noted({
      id: "processes",
      title: "End the processes that still have the shared data open",
      effect: "No process has the shared data open.",
      bound: 60,
      template: "deactivate/processes",
      data: { directories, bind },
    }),
    noted({
      id: "links",
      title: bind ? "Unmount the shared directories" : "Take the links to the shared data away",
      effect: "The usual paths are the host's own again.",
      undo: "Activation makes them again.",
      bound: 120,
      template: "deactivate/links",
      data: { reversed: directories.toReversed(), bind },
    }),
    noted({
      id: "hide-tables",
      title: "Let xCAT find no tables in the host's own /etc/xcat",
      effect: "What /etc/xcat held before is not taken for the pair's, by no command and no xcatd.",
      undo: "Removing /etc/xcat/cfgloc, or putting back the one that was kept beside it, shows them again.",
      bound: 60,
      template: "deactivate/hide-tables",
    }),
    ...(pair.hostname.change
      ? [
          noted({
            id: "hostname",
            title: "Give the host its own name back",
            effect: "The host bears its own name.",
            template: "deactivate/hostname",
          }),
        ]
      : []),
    noted({
      id: "virtual-ip",
      title: "Take the virtual IP away",
      effect: "The host does not hold the virtual IP.",
      template: "deactivate/virtual-ip",
    }),
  ];
};

const confirm = (site: Site): readonly Step[] => {
  const { pair, directories } = site;
  return [
    noted({
      id: "check",
      title: "Look again at everything that must be gone",
      effect: "Nothing of the pair is left on this host, or the report says what is.",
      bound: 90,
      template: "deactivate/check",
      data: {
        directories,
        bind: pair.shared.method === "bind",
        units: pairUnits(site),
        bootUnits: bootUnits(site),
      },
    }),
    noted({
      id: "names",
      title: "Keep the names of /etc/hosts and root's key for the peer",
      effect: "The shared data has what this host knew while it was active.",
      template: "deactivate/names",
    }),
    noted({
      id: "give-back",
      title: "Give the owner record back",
      effect: "The owner record names nobody, one epoch later; after a fault it stays as it is.",
      bound: 60,
      template: "deactivate/give-back",
    }),
    ...(pair.shared.device === null
      ? []
      : [
          noted({
            id: "device",
            title: "Unmount the shared data",
            effect: "The shared data is not mounted on this host.",
            bound: 120,
            template: "deactivate/device",
          }),
        ]),
  ];
};

/** Stops all of the pair on one host, whatever state it is in. */
export const deactivateRole = (site: Site): Role => ({
  name: "deactivate",
  summary:
    "Stops everything of the pair on this host and leaves it with its own name and addresses.",
  why: [
    "Every step is attempted, also when one before it failed. Services stop before the data that",
    "they use is taken away; the virtual IP goes after them, so that no client is answered by a",
    "host without data. What must be gone is looked at again, and the owner record is given back",
    "last and only when nothing was left: while it names this host, the peer refuses to start.",
  ],
  stages: [
    {
      id: "services",
      title: "Stop the services of the pair",
      entry: "main",
      steps: [adoptStep("deactivate"), ...stopServices(site)],
    },
    {
      id: "release",
      title: "Release the shared data, the name and the virtual IP",
      entry: "main",
      steps: release(site),
    },
    {
      id: "confirm",
      title: "Confirm that nothing is left, and give the owner record back",
      entry: "main",
      steps: confirm(site),
    },
  ],
  undoable: null,
  closing: "deactivate-closing",
});
