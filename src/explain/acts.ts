// The one place that knows the shape of the plan: all else here works on acts.
import { limitOf } from "../plan/bound.js";
import type { Run } from "../plan/plays.js";
import type { Site } from "../plan/site.js";
import type { Plan, Role, Stage } from "../plan/types.js";
import type { Act, Together } from "./types.js";
import { unitsOf } from "./units.js";

/** Steps that do nothing but run another role. */
const runsOf: Readonly<Record<string, Run>> = {
  "status/ask-role": { role: "status", stage: "ask" },
  "activate/guard": { role: "host_kit", stage: "guard" },
  "standby/deactivate": { role: "deactivate" },
  "standby/guard": { role: "host_kit", stage: "guard" },
  "standby/kit": { role: "host_kit" },
};

const roleOf = (plan: Plan, name: string): Role => {
  const role = plan.roles.find((candidate) => candidate.name === name);
  if (role === undefined) throw new Error(`the plan has no role ${name}`);
  return role;
};

/** The steps of one stage, those of the roles that they run in their place. */
const actsOf = (
  site: Site,
  plan: Plan,
  role: Role,
  stage: Pick<Stage, "id" | "title" | "steps">,
): readonly Act[] =>
  stage.steps.flatMap((step) => {
    const run = runsOf[step.template];
    if (run !== undefined) return allOf(site, plan, run);
    const { id, title, effect, undo, onFault, refusal } = step;
    const place = { role: role.name, stage: stage.id, stageTitle: stage.title };
    const units = unitsOf(site, step.template);
    const limit = limitOf(step);
    return [{ ...place, id, title, effect, undo, onFault, refusal, limit, units, step }];
  });

const allOf = (site: Site, plan: Plan, run: Run): readonly Act[] =>
  togetherOf(site, plan, run).flatMap(({ acts }) => acts);

const chosen = (role: Role, { stage, without = [] }: Run): readonly Stage[] =>
  role.stages.filter(({ id, entry }) =>
    stage === undefined ? entry === "main" && !without.includes(id) : id === stage,
  );

/** What a run does, in parts that are taken back as one: by the deactivation of the host. */
export const togetherOf = (site: Site, plan: Plan, run: Run): readonly Together[] => {
  const role = roleOf(plan, run.role);
  const stages = chosen(role, run);
  const acts = (some: readonly Stage[]): readonly Act[] =>
    some.flatMap((stage) => actsOf(site, plan, role, stage));
  const inside = ({ id }: Stage): boolean =>
    run.stage === undefined && (role.undoable?.stages.includes(id) ?? false);
  const first = stages.findIndex(inside);
  if (first < 0) return [{ acts: acts(stages), undo: [] }];
  const last = stages.findLastIndex(inside);
  return [
    { acts: acts(stages.slice(0, first)), undo: [] },
    {
      acts: acts(stages.slice(first, last + 1)),
      undo: allOf(site, plan, { role: "deactivate" }),
    },
    { acts: acts(stages.slice(last + 1)), undo: [] },
  ].filter((part) => part.acts.length > 0);
};
