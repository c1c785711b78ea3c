import type { Role, Stage, Step } from "../plan/types.js";
import { variables } from "../plan/variables.js";
import type { Template } from "./handlebars.js";
import { mainTasks } from "./role-main.js";
import { roleReadme } from "./role-readme.js";
import type { RenderedFile } from "./types.js";
import { inline, yamlFile } from "./yaml-file.js";

type Engine = (path: string) => Template;

const indent = (text: string): string => text.replaceAll(/^(?=.)/gm, "    ");

/** A step's tasks, as they stand in its stage's file. */
export const renderStep = (role: Pick<Role, "name">, step: Step, engine: Engine): string => {
  const tasks = engine(`steps/${step.template}`)({ title: step.title, ...step.data }).trimEnd();
  if (step.onFault === "abort") return tasks;
  return engine("roles/noted")({
    tasks: indent(tasks),
    title: step.title,
    faults: `${role.name}_faults`,
  }).trimEnd();
};

const stageFile = (
  role: Role,
  stage: Pick<Stage, "id" | "title" | "steps">,
  engine: Engine,
  header: string,
): RenderedFile => ({
  path: `roles/${role.name}/tasks/${stage.id}.yml`,
  text: `${header}#\n# ${stage.title}.\n---\n${stage.steps
    .map((step) => renderStep(role, step, engine))
    .join("\n\n")}\n`,
});

/** Variables that cross roles and that the rendered text of a role reads, in alphabetical order. */
const usedVariables = (files: readonly RenderedFile[]): readonly string[] => {
  const used = new Set(files.flatMap((file) => file.text.match(/\bxcatha_[a-z_]+\b/g) ?? []));
  return Object.keys(variables)
    .filter((name) => used.has(name))
    .toSorted();
};

const argumentSpecs = (role: Role, used: readonly string[], header: string): RenderedFile =>
  yamlFile(`roles/${role.name}/meta/argument_specs.yml`, header, {
    argument_specs: {
      main: {
        short_description: role.summary,
        options: Object.fromEntries(
          used.map((name) => {
            const variable = variables[name];
            return [
              name,
              inline({
                type: variable?.type,
                ...(variable?.from === "pair" || variable?.from === "host"
                  ? { required: true }
                  : {}),
                ...(variable?.from === "vault" ? { no_log: true } : {}),
                ...(variable?.from === "given" ? { default: "" } : {}),
                description: variable?.description,
              }),
            ];
          }),
        ),
      },
    },
  });

const meta = (role: Role, header: string): RenderedFile =>
  yamlFile(`roles/${role.name}/meta/main.yml`, header, {
    galaxy_info: {
      author: "xcatha",
      description: role.summary,
      license: "Apache-2.0",
      min_ansible_version: "2.14",
    },
  });

/**
 * A role's folder: task files, main file, metadata, argument specifications and README. `more` holds what the role
 * has besides, which also reads variables.
 */
export const roleFiles = (
  role: Role,
  engine: Engine,
  header: string,
  more: readonly RenderedFile[] = [],
): readonly RenderedFile[] => {
  const stages = role.stages.filter((stage) => stage.steps.length > 0);
  const tasks = [
    mainTasks({ ...role, stages }, engine, header),
    ...stages.map((stage) => stageFile(role, stage, engine, header)),
  ];
  const used = usedVariables([...tasks, ...more]);
  return [
    ...tasks,
    ...more,
    meta(role, header),
    argumentSpecs(role, used, header),
    roleReadme({ ...role, stages }, used, header),
  ];
};
