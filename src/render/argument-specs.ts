import type { Site } from "../plan/site.js";
import { hostValues, pairValues, variables } from "../plan/variables.js";
import type { RenderedFile } from "./types.js";
import { inline, yamlFile } from "./yaml-file.js";

/** Whether a pair's playbooks read a variable: the vault's has a check of its own, and most ask for none. */
const isRead = (site: Site, name: string): boolean => {
  const [first, second] = site.pair.hosts;
  switch (variables[name]?.from) {
    case "given":
      return true;
    case "pair":
      return name in pairValues(site);
    case "host":
    case "optional":
      return (
        name in hostValues(site.pair, first, second) || name in hostValues(site.pair, second, first)
      );
    default:
      return false;
  }
};

/** What Ansible holds the variables against where the hosts are asked: once, and before anything else is done. */
export const argumentSpecs = (site: Site, header: string): RenderedFile =>
  yamlFile("roles/status/meta/argument_specs.yml", header, {
    argument_specs: {
      ask: {
        short_description: "Asks both hosts of the pair what they are now.",
        options: Object.fromEntries(
          Object.entries(variables)
            .filter(([name]) => isRead(site, name))
            .map(([name, { type, from, description }]) => [
              name,
              inline({
                type,
                ...(from === "pair" || from === "host" ? { required: true } : {}),
                ...(from === "given" ? { default: "" } : {}),
                description,
              }),
            ]),
        ),
      },
    },
  });
