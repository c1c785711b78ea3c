import type { Role, Stage, Step } from "../plan/types.js";
import { variables } from "../plan/variables.js";
import type { Template } from "./handlebars.js";
import { mainTasks } from "./role-main.js";
import { roleReadme } from "./role-readme.js";
import type { RenderedFile } from "./types.js";

type Engine = (path: string) => Template;

const indent = (text: string): string => text.replaceAll(/^(?=.)/gm, "    ");

/** A step's own tasks, wherever they stand. */
export const tasksOf = (step: Step, engine: Engine): string =>
  engine(`steps/${step.template}`)({ title: step.title, ...step.data }).trimEnd();

/** A step as it stands in its stage's file. */
const renderStep = (role: Pick<Role, "name">, step: Step, engine: Engine): string => {
  const tasks =
    step.from === undefined
      ? tasksOf(step, engine)
      : engine("roles/include")({
          title: step.title,
          here: step.from.role === role.name,
          ...step.from,
        }).trimEnd();
  if (step.onFault === "abort") return tasks;
  return engine("roles/noted")({
    tasks: indent(tasks),
    title: step.title,
  }).trimEnd();
};

const stageTasks = (role: Pick<Role, "name">, stage: Pick<Stage, "steps">, engine: Engine) =>
  stage.steps.map((step) => renderStep(role, step, engine)).join("\n\n");

const stageFile = (
  role: Role,
  stage: Pick<Stage, "id" | "steps">,
  engine: Engine,
  header: string,
): RenderedFile => ({
  path: `roles/${role.name}/tasks/${stage.id}.yml`,
  text: `${header}---\n${stageTasks(role, stage, engine)}\n`,
});

/** Where a role's faults are noted, if it goes on after some. */
const noteFile = (role: Role, engine: Engine, header: string): readonly RenderedFile[] =>
  role.stages.some(({ steps }) => steps.some(({ onFault }) => onFault === "note"))
    ? [
        {
          path: `roles/${role.name}/tasks/note.yml`,
          text: `${header}---\n${engine("roles/note")({ faults: `${role.name}_faults` })}`,
        },
      ]
    : [];

/** Variables that cross roles and that the rendered text of a role reads, in alphabetical order. */
const usedVariables = (files: readonly RenderedFile[]): readonly string[] => {
  const used = new Set(
    files.flatMap((file) => file.text.match(/\bxcatha_[a-z_]+(?:_[0-9])?\b/g) ?? []),
  );
  return Object.keys(variables)
    .filter((name) => used.has(name))
    .toSorted();
};

/** A role's folder: task files, main file and README. `more` holds what the role has besides, which also reads variables. */
export const roleFiles = (
  role: Role,
  engine: Engine,
  header: string,
  more: readonly RenderedFile[] = [],
): readonly RenderedFile[] => {
  const stages = role.stages.filter((stage) => stage.steps.length > 0);
  const tasks = [
    mainTasks({ ...role, stages }, (stage) => stageTasks(role, stage, engine), engine, header),
    ...stages
      .filter(({ inline }) => !inline)
      .map((stage) => stageFile(role, stage, engine, header)),
    ...noteFile(role, engine, header),
  ];
  const used = usedVariables([...tasks, ...more]);
  return [...tasks, ...more, roleReadme({ ...role, stages }, used, header)];
};
