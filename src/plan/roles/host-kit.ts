import type { Site } from "../site.js";
import { step } from "../step.js";
import type { Role } from "../types.js";

/** Installs what xcatha keeps on each host: programs, and the settings that they read. */
export const hostKitRole = (_site: Site): Role => ({
  name: "host_kit",
  summary: "Installs xcatha's programs and units on this host, and the settings that they read.",
  why: [
    "The programs are the same files for every pair, copied as they are; only the settings differ",
    "between the two hosts. The units say what makes a host the active one, in which order; the",
    "drop-ins bind the services of packages to the owner, and are installed when the data is shared.",
    "Copying what is there already is slow, so a host whose own checksums are those of",
    "`files/*.sha256` is left alone.",
  ],
  stages: [
    {
      id: "install",
      title: "Install the programs and their settings",
      entry: "main",
      inline: true,
      steps: [
        step({
          id: "install",
          title: "Install the programs and units",
          effect: "The programs in /usr/local/libexec/xcatha are the ones of this folder.",
          undo: "They can be deleted; nothing of them runs by itself.",
          bound: 120,
          template: "host-kit/install",
        }),
        step({
          id: "settings",
          title: "Write the settings of this host",
          effect: "/etc/xcatha/host.conf has what the programs read.",
          bound: 60,
          template: "host-kit/settings",
        }),
      ],
    },
    {
      id: "bring",
      title: "Bring files that are not there, or differ",
      entry: "separate",
      steps: [
        step({
          id: "bring",
          title: "Install what differs",
          effect:
            "The files are those of this folder; those that an earlier model wanted are gone.",
          bound: 120,
          template: "host-kit/bring",
        }),
      ],
    },
    {
      id: "guard",
      title: "Bind the pair's services to the owner",
      entry: "separate",
      steps: [
        step({
          id: "guard",
          title: "Install the drop-ins of the pair's services",
          effect:
            "The services start only on the host that owns the pair, and stop when it no longer does.",
          undo: "Removing the drop-ins 50-xcatha.conf takes the guard away.",
          bound: 180,
          template: "host-kit/guard",
        }),
      ],
    },
  ],
  undoable: null,
  closing: null,
});
