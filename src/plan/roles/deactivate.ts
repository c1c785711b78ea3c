import { longestStop, serviceNodesLimit } from "../kit/limits.js";
import type { Site } from "../site.js";
import { noted } from "../step.js";
import type { Role } from "../types.js";
import { adoptStep } from "./adopt.js";

/** Stops all of the pair on one host, whatever state it is in. */
export const deactivateRole = (site: Site): Role => ({
  name: "deactivate",
  summary:
    "Stops everything of the pair on this host and leaves it with its own name and addresses.",
  why: [
    "Stopping the owner's unit stops every part of xcatha.target in the reverse order of activation",
    "(see roles/activate/tasks/main.yml): the console, DHCP and DNS, xcatd, the database, the links,",
    "the hostname, the virtual IP, each within its own limit. What is left after that, of a crash or",
    "of a start past systemd, is taken away. The owner record is given back last, and only when",
    "nothing is left: while it names this host, the peer refuses to start.",
  ],
  stages: [
    {
      id: "services",
      title: "Stop the services, and take the links, the name and the virtual IP away",
      entry: "main",
      steps: [
        adoptStep("deactivate"),
        noted({
          id: "service-nodes",
          title: "Stop xcatd on xCAT's service nodes",
          effect:
            "No service node's xcatd works on the database while it moves, or the report says which one's does; without service nodes nothing is done.",
          undo: "Activation starts it anew, on either host.",
          bound: serviceNodesLimit,
          template: "deactivate/service-nodes",
          data: { seconds: serviceNodesLimit },
        }),
        noted({
          id: "stop-owner",
          title: "Stop the owner's unit, and with it all the parts",
          effect: "No part of the pair runs on this host.",
          undo: "Activation starts them again.",
          bound: 2 * longestStop(site) + 60,
          template: "deactivate/stop-owner",
          data: { seconds: 2 * longestStop(site) + 60 },
        }),
        noted({
          id: "clear",
          title: "Take away what is left, and look again",
          effect:
            "Nothing of the pair is left on this host, or the report says what is; xCAT finds no tables in its own /etc/xcat.",
          bound: 2 * longestStop(site) + 120,
          template: "deactivate/clear",
          data: { seconds: 2 * longestStop(site) + 120 },
        }),
      ],
    },
    {
      id: "record",
      title: "Give the owner record back",
      entry: "main",
      inline: true,
      steps: [
        noted({
          id: "give-back",
          title: "Give the owner record back",
          effect:
            "The owner record names nobody, one epoch later; after a fault it stays as it is.",
          bound: 120,
          template: "deactivate/give-back",
        }),
        ...(site.pair.shared.device === null
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
      ],
    },
    {
      id: "boot",
      title: "Keep the pair's units from starting at boot",
      entry: "main",
      when: "not deactivate_hands_over | default(false)",
      steps: [
        noted({
          id: "boot",
          title: "Keep the pair's units from starting at boot",
          effect: "No unit of the pair is enabled.",
          bound: 120,
          template: "standby/boot",
          data: { register: "__deactivate_boot" },
        }),
      ],
    },
  ],
  undoable: null,
  closing: "deactivate-closing",
});
