import type { Site } from "../site.js";
import { step } from "../step.js";
import type { Role } from "../types.js";

/** Installs what xcatha keeps on each host: programs, and the settings that they read. */
export const hostKitRole = (_site: Site): Role => ({
  name: "host_kit",
  summary: "Installs xcatha's programs on this host, and the settings that they read.",
  why: [
    "The programs are the same files for every pair, copied as they are; only the settings differ",
    "between the two hosts. Copying what is there already is slow, so a host whose own checksums",
    "are those of `files/kit.sha256` is left alone.",
  ],
  stages: [
    {
      id: "install",
      title: "Install the programs and their settings",
      entry: "main",
      steps: [
        step({
          id: "install",
          title: "Install the programs",
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
  ],
  undoable: null,
  closing: null,
});
