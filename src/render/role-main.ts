import type { Role, Stage } from "../plan/types.js";
import type { Template } from "./handlebars.js";
import type { RenderedFile } from "./types.js";

/** The file that reads like the role's table of contents; `tasksOf` renders a stage that stands in it. */
export const mainTasks = (
  role: Role,
  tasksOf: (stage: Stage) => string,
  engine: (path: string) => Template,
  header: string,
): RenderedFile => {
  const imported = role.stages.filter((stage) => stage.entry === "main");
  const inBlock = (stage: Pick<Stage, "id">): boolean =>
    role.undoable?.stages.includes(stage.id) ?? false;
  const first = imported.findIndex(inBlock);
  const split = first < 0 ? imported.length : first;
  const rendered = (name: string): string => engine(`roles/${name}`)({}).trimEnd();
  const entries = imported.map((stage) => ({
    when: null,
    tasks: stage.inline ? tasksOf(stage) : null,
    ...stage,
  }));
  const body = engine("roles/main")({
    starting: role.name === "deactivate",
    faults: `${role.name}_faults`,
    before: entries.slice(0, split),
    undoable: entries.filter(inBlock),
    undoableTitle: role.undoable?.title ?? "",
    undone: role.undoable ? rendered(`${role.name}-undone`) : "",
    after: entries.slice(split).filter((stage) => !inBlock(stage)),
    closing: role.closing === null ? null : rendered(role.closing),
  });
  const why = role.why.map((line) => `# ${line}\n`).join("");
  return {
    path: `roles/${role.name}/tasks/main.yml`,
    text: `${header}#\n# ${role.summary}\n#\n${why}---\n${body.trimEnd()}\n`,
  };
};
