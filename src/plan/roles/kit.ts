import { step } from "../step.js";
import type { Step } from "../types.js";

/** Whatever the host's programs are of: a model that changed since, or another version of xcatha. */
export const kitStep = (): Step =>
  step({
    id: "kit",
    title: "Keep xcatha's programs, units and settings in step",
    effect: "The host's programs and units are the ones of these playbooks.",
    bound: 120,
    template: "standby/kit",
  });
