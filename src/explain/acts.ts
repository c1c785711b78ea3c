// The one place that knows the shape of the plan: all else here works on acts.
import { limitOf } from "../plan/bound.js";
import type { Run } from "../plan/plays.js";
import type { Plan, Role, Stage } from "../plan/types.js";
import type { Act, Together } from "./types.js";

/** Steps that do nothing but run another role. */
const runsOf: Readonly<Record<string, Run>> = {
  "status/ask-role": { role: "status", stage: "ask" },
  "standby/deactivate": { role: "deactivate" },
  "standby/kit": { role: "host_kit" },
};

const roleOf = (plan: Plan, name: string): Role => {
  const role = plan.roles.find((candidate) => candidate.name === name);
  if (role === undefined) throw new Error(`the plan has no role ${name}`);
  return role;
};

/** The steps of one stage, those of the roles that they run in their place. */
const actsOf = (
  plan: Plan,
  role: Role,
  stage: Pick<Stage, "id" | "title" | "steps">,
): readonly Act[] =>
  stage.steps.flatMap((step) => {
    const run = runsOf[step.template];
    if (run !== undefined) return partsOf(plan, run).flatMap(({ acts }) => acts);
    const { id, title, effect, undo, onFault, refusal } = step;
    const place = { role: role.name, stage: stage.id, stageTitle: stage.title };
    return [{ ...place, id, title, effect, undo, onFault, refusal, limit: limitOf(step), step }];
  });

/** The file of tasks that takes back. */
const undoStage = { id: "undo", title: "Take back what this run did, in reverse order" };

const chosen = (role: Role, run: Run, done: ReadonlySet<string>): readonly Stage[] =>
  role.stages.filter(({ id, entry, skipWhen }) =>
    run.stage === undefined
      ? entry === "main" && !(skipWhen !== undefined && done.has(id))
      : id === run.stage,
  );

/**
 * What a run does, in parts that are taken back as one.
 * @param done stages of the role that an earlier play did, for a stage that then is skipped.
 */
export const partsOf = (
  plan: Plan,
  run: Run,
  done: ReadonlySet<string> = new Set(),
): readonly Together[] => {
  const role = roleOf(plan, run.role);
  const { undoable } = role;
  const stages = chosen(role, run, done);
  const acts = (some: readonly Stage[]): readonly Act[] =>
    some.flatMap((stage) => actsOf(plan, role, stage));
  const inside = (stage: Stage): boolean =>
    run.stage === undefined && (undoable?.stages.includes(stage.id) ?? false);
  const first = stages.findIndex(inside);
  if (undoable === null || first < 0) return [{ acts: acts(stages), undo: [] }];
  const last = stages.findLastIndex(inside);
  return [
    { acts: acts(stages.slice(0, first)), undo: [] },
    {
      acts: acts(stages.slice(first, last + 1)),
      undo: actsOf(plan, role, { ...undoStage, steps: undoable.undo }),
    },
    { acts: acts(stages.slice(last + 1)), undo: [] },
  ].filter((part) => part.acts.length > 0);
};
