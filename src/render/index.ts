import type { HaPair } from "../model/types.js";
import { planOf } from "../plan/index.js";
import { checkYaml } from "./check-yaml.js";
import { createEngine } from "./handlebars.js";
import { inventoryFiles } from "./inventory.js";
import { kitFiles } from "./kit.js";
import { playbookFiles } from "./playbook.js";
import { roleFiles } from "./role.js";
import { runbook } from "./runbook.js";
import type { RenderedFile } from "./types.js";

/** Where the output comes from, for the comment that opens each file. */
export interface Context {
  /** Base name of the model's file. */
  readonly modelFile: string;
  /** Version of xcatha. */
  readonly version: string;
}

const engine = createEngine();

/**
 * Renders everything for one pair, sorted by path. Pure but for reading the templates.
 * Throws if a template gives text that YAML 1.1 and 1.2 do not read alike.
 */
export const generateFiles = (pair: HaPair, context: Context): readonly RenderedFile[] => {
  const { site, plan } = planOf(pair);
  const header = `# Made by xcatha ${context.version} from ${context.modelFile}. Change the model and run \`xcatha generate\`.\n`;
  const files = [
    ...inventoryFiles(site, header, context.modelFile),
    ...plan.playbooks.map((playbook) => playbookFiles(playbook, site, engine, header)),
    ...plan.roles.flatMap((role) =>
      roleFiles(role, engine, header, role.name === "host_kit" ? kitFiles(site, header) : []),
    ),
    runbook(site, plan, header),
  ];
  for (const file of files) checkYaml(file);
  return files.toSorted((a, b) => (a.path < b.path ? -1 : 1));
};
