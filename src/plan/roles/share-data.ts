import type { ServiceKind, Site } from "../site.js";
import { step } from "../step.js";
import type { Role } from "../types.js";

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

/** Units to stop, in order; whether each can be enabled at all, and so is disabled. */
const unitsToStop = (
  site: Site,
): readonly { readonly unit: string; readonly enableable: boolean }[] =>
  stopOrder.flatMap((kind) =>
    site.services
      .filter((entry) => entry.kind === kind)
      .toReversed()
      .flatMap(({ service }) => [
        // What starts a service by itself (a socket, a wrapper) goes first.
        ...service.also.map((unit) => ({ unit, enableable: true })),
        { unit: service.unit, enableable: service.enableable },
      ]),
  );

/** Seconds in which every file that is to be copied can be counted, but not read. */
const foreseen = ({ pair }: Site): number => Math.min(pair.timeouts.copy, 900);

/** Copies the directories that are not on the shared data yet. */
export const shareDataRole = (site: Site): Role => {
  const units = unitsToStop(site);
  return {
    name: "share_data",
    summary: "Copies this host's directories to the shared data, once.",
    why: [
      "What the pair was once served from is never written to again. Only if a directory is missing",
      "do the services stop, since a copy of files in use is no copy. Each copy is compared with",
      "what it was made from, with owners, modes, times, links, ACLs and checksums, before it gets",
      "its name on the shared data; the host's own directory stays where it is. After an interrupted",
      "setup a copy that is older than the host's directory is set aside and made again. What would be",
      "refused is refused by the entry `foresee`, before setup stops or changes anything.",
    ],
    stages: [
      {
        id: "foresee",
        title: "Check that the directories can be shared and linked",
        entry: "separate",
        steps: [
          step({
            id: "foresee",
            title: "Look for what would keep the directories from being shared",
            effect:
              "Nothing is in the way of the links; the shared data can hold the copies, and has room for them.",
            bound: foreseen(site),
            template: "share-data/foresee",
            data: { timeout: foreseen(site) },
          }),
        ],
      },
      {
        id: "preflight",
        title: "Find what is not shared yet",
        entry: "main",
        steps: [
          step({
            id: "adopt",
            title: "Bring renewed certificates onto the shared data first",
            effect:
              "Client certificates that xcatconfig -c made are on the shared data, and the link is back.",
            undo: "The older ones are kept beside them.",
            bound: 60,
            template: "share-data/adopt",
          }),
          step({
            id: "look",
            title: "Find the directories that are not on the shared data",
            effect: "It is known what has to be copied.",
            bound: 60,
            template: "share-data/look",
          }),
          step({
            id: "space",
            title: "Check that there is room, and that nothing is overwritten",
            effect: "The copies fit, and their places are free.",
            bound: site.pair.timeouts.copy,
            template: "share-data/space",
          }),
        ],
      },
      {
        id: "stop",
        title: "Stop what writes to the directories",
        entry: "main",
        inline: true,
        steps: [
          step({
            id: "stop",
            title: "Stop what writes to the directories",
            effect: "None of the pair's services runs here, nor starts at boot.",
            undo: "Activation starts them again.",
            bound: site.pair.timeouts.stop * 4 * units.length,
            template: "share-data/stop",
            data: {
              units: units.map(({ unit }) => unit),
              fixed: units.filter(({ enableable }) => !enableable).map(({ unit }) => unit),
            },
          }),
        ],
      },
      {
        id: "copy",
        title: "Copy, compare, and give the copies their names",
        entry: "main",
        inline: true,
        steps: [
          step({
            id: "copy",
            title: "Copy the directories to the shared data",
            effect: "Every shared directory is on the shared data, equal to the host's own.",
            undo: "The host's own directories are untouched.",
            bound: site.pair.timeouts.copy,
            template: "share-data/copy",
          }),
        ],
      },
    ],
    undoable: null,
    closing: null,
  };
};
