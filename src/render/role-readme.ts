import { limitOf } from "../plan/bound.js";
import type { Role, Stage } from "../plan/types.js";
import { variables } from "../plan/variables.js";
import type { RenderedFile } from "./types.js";

const cell = (text: string): string => text.replaceAll("|", "\\|");

const stageTable = (stage: Stage): string => {
  const rows = stage.steps.map(
    (step) =>
      `| ${cell(step.title)} | ${cell(step.effect)} | ${cell(step.undo ?? "")} | ${limitOf(step) || ""} |`,
  );
  return `### ${stage.title}

\`tasks/${stage.id}.yml\`

| Step | What is true after it | How it is taken back | At most, s |
| --- | --- | --- | --- |
${rows.join("\n")}
`;
};

/** README of a role, made from its steps and the variables that it reads. */
export const roleReadme = (role: Role, used: readonly string[], header: string): RenderedFile => ({
  path: `roles/${role.name}/README.md`,
  text: `# ${role.name}

${header.replace(/^# /, "")}
${role.summary}

${role.why.join("\n")}

## Steps

${role.stages.map(stageTable).join("\n")}
## Variables

| Variable | Meaning |
| --- | --- |
${used.map((name) => `| \`${name}\` | ${cell(variables[name]?.description ?? "")} |`).join("\n")}
`,
});
