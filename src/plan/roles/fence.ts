import type { Site } from "../site.js";
import { step } from "../step.js";
import type { Role } from "../types.js";
import { askAgain } from "./claim.js";
import { decision } from "./status.js";

/** Restarts a peer that does not answer, and cuts its power if it does not come back. */
export const fenceRole = (site: Site): Role => {
  const bound = site.pair.timeouts.fence;
  return {
    name: "fence",
    summary: "Restarts the peer, which does not answer; cuts its power if it does not come back.",
    why: [
      "A peer that comes back can be deactivated like any other, and nothing is lost. Only if it",
      "does not is its power cut, where the model says how. The command's success is no proof: the",
      "status has to say that the host is off.",
    ],
    stages: [
      {
        id: "restart",
        title: "Restart the peer and wait for it",
        entry: "main",
        steps: [
          step({
            id: "reboot",
            title: "Restart the host that does not answer",
            effect: "The host restarts, or the report says why it does not.",
            bound: 2 * bound,
            template: "fence/reboot",
          }),
          askAgain("ask-restarted"),
        ],
      },
      {
        id: "cut",
        title: "Cut its power if it did not come back",
        entry: "main",
        steps: [
          step({
            id: "off",
            title: "Cut the power of the host that did not come back",
            effect: "The host is off, and its status says so; or it is not taken for fenced.",
            bound: 2 * bound + decision,
            template: "fence/off",
          }),
        ],
      },
    ],
    undoable: null,
    closing: null,
  };
};
