import { commandOf, type Play, type Procedure, proceduresOf } from "../plan/plays.js";
import type { Site } from "../plan/site.js";
import type { Plan } from "../plan/types.js";
import { partsOf } from "./acts.js";
import { longest } from "./longest.js";
import type { Explanation, Phase } from "./types.js";
import { usualSeconds } from "./usual.js";

const hostsOf = ({ pair }: Site, on: Play["on"]): readonly string[] => {
  const [first, second] = pair.hosts;
  return { both: [first.name, second.name], first: [first.name], second: [second.name] }[on];
};

/** Stages that an earlier play of a procedure ran by themselves on the same host. */
const doneBefore = (plays: readonly Play[], index: number, role: string): ReadonlySet<string> =>
  new Set(
    plays
      .slice(0, index)
      .filter(({ on }) => on === plays[index]?.on)
      .flatMap(({ runs }) => runs)
      .flatMap((run) => (run.role === role && run.stage !== undefined ? [run.stage] : [])),
  );

const phasesOf = (site: Site, plan: Plan, { plays }: Procedure): readonly Phase[] =>
  plays.map((play, index) => ({
    title: play.title,
    hosts: hostsOf(site, play.on),
    parts: play.runs.flatMap((run) => partsOf(plan, run, doneBefore(plays, index, run.role))),
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
