import { step } from "../step.js";
import type { Step } from "../types.js";

/**
 * `xcatconfig -c` puts a directory in place of the link /root/.xcat: before anything stops, or the link is made again,
 * the shared data has to have those certificates.
 */
export const adoptStep = (role: "activate" | "deactivate"): Step =>
  step({
    id: "adopt",
    title: "Bring renewed certificates of root onto the shared data (/root/.xcat)",
    effect:
      "The shared data has root's certificate under the authority of now; earlier ones are kept.",
    bound: 60,
    template: "deactivate/adopt",
    data: { register: `__${role}_adopt` },
  });
