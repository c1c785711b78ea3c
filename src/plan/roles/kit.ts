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

/** Of another model, a drop-in binds xcatd to what is no part any more; on the active host a change could stop it. */
export const guardInStep = (): Step =>
  step({
    id: "guard",
    title: "Keep the drop-ins of the pair's services in step, on a host that is not active",
    effect: "The services are bound to the parts that this model has.",
    bound: 180,
    template: "activate/guard",
  });
