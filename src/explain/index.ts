import { commandOf, type Play, type Procedure, proceduresOf } from "../plan/plays.js";
import type { Site } from "../plan/site.js";
import type { Plan } from "../plan/types.js";
import { togetherOf } from "./acts.js";
import { longest } from "./longest.js";
import type { Explanation, Phase } from "./types.js";
import { usualSeconds } from "./usual.js";

const hostsOf = ({ pair }: Site, on: Play["on"]): readonly string[] => {
  const [first, second] = pair.hosts;
  return { both: [first.name, second.name], first: [first.name], second: [second.name] }[on];
};

const phasesOf = (site: Site, plan: Plan, { plays }: Procedure): readonly Phase[] =>
  plays.map((play) => ({
    title: play.title,
    hosts: hostsOf(site, play.on),
    parts: play.runs.flatMap((run) => togetherOf(site, plan, run)),
    afterFailure: play.afterFailure ?? false,
    keepsReason: play.keepsReason ?? false,
  }));

/** What each procedure of a pair does, in order: the plan's own steps. Pure. */
export const explain = (site: Site, plan: Plan): readonly Explanation[] =>
  proceduresOf(site).map((procedure) => {
    const phases = phasesOf(site, plan, procedure);
    return {
      name: procedure.name,
      summary: procedure.summary,
      command: commandOf(procedure),
      phases,
      longest: longest(phases),
      usual: usualSeconds[procedure.name],
    };
  });
