import type { HaPair } from "../model/types.js";
import { planOf } from "../plan/index.js";
import type { Site } from "../plan/site.js";
import type { Step } from "../plan/types.js";
import { argumentSpecs } from "./argument-specs.js";
import { gitAttributes } from "./git-attributes.js";
import { createEngine } from "./handlebars.js";
import { inventoryFiles } from "./inventory.js";
import { kitFiles } from "./kit.js";
import { lintRules } from "./lint-rules.js";
import { playbookFiles } from "./playbook.js";
import { roleFiles, tasksOf } from "./role.js";
import { runbook } from "./runbook/index.js";
import { statusFiles } from "./status.js";
import type { RenderedFile } from "./types.js";

/** Opens each file. Neither version nor model: a new version, or a renamed model, changes the manifest alone. */
const header = "# Made by xcatha. Change the model and run `xcatha generate`.\n";

const engine = createEngine();

/** What a role has besides tasks and metadata. */
const besides: Readonly<
  Partial<Record<string, (site: Site, header: string) => readonly RenderedFile[]>>
> = { host_kit: kitFiles, status: statusFiles };

/** The tasks of one step, as its role's files have them. */
export const stepText = (step: Step): string => tasksOf(step, engine);

const byPath = (a: RenderedFile, b: RenderedFile): number => (a.path < b.path ? -1 : 1);

/** Renders everything for one pair, sorted by path. Pure but for reading the templates. */
export const generateFiles = (pair: HaPair): readonly RenderedFile[] => {
  const { site, plan } = planOf(pair);
  const files = [
    ...inventoryFiles(site, header),
    ...plan.playbooks.map((playbook) => playbookFiles(playbook, site, engine, header)),
    ...plan.roles.flatMap((role) =>
      roleFiles(role, engine, header, besides[role.name]?.(site, header)),
    ),
    argumentSpecs(site, header),
    runbook(site, plan, header),
  ].toSorted(byPath);
  const all = [...files, lintRules(pathsOf(files), header)];
  return [...all, gitAttributes(pathsOf(all), header)].toSorted(byPath);
};

const pathsOf = (files: readonly RenderedFile[]): readonly string[] =>
  files.map(({ path }) => path);
