import { ansibleRange } from "../catalog/ansible.js";
import type { Site } from "../plan/site.js";
import type { Playbook } from "../plan/types.js";
import type { Template } from "./handlebars.js";
import type { RenderedFile } from "./types.js";

/** Numbers the plays, if there are some: each `(#)` becomes its place among them. */
const numberPlays = (text: string): string => {
  const total = text.match(/\(#\)/g)?.length ?? 0;
  if (total === 1) return text.replace("(#) ", "");
  let place = 0;
  return text.replaceAll("(#)", () => {
    place += 1;
    return `(${place}/${total})`;
  });
};

/** One playbook at the top of the output. */
export const playbookFiles = (
  playbook: Playbook,
  site: Site,
  engine: (path: string) => Template,
  header: string,
): RenderedFile => {
  const { from, refused, to } = ansibleRange(site.platform);
  const body = engine(`playbooks/${playbook.name}`)({
    pair: site.pair.name,
    hosts: site.pair.hosts.map(({ name }) => name),
    // Ansible's own message names no version that would do.
    tooNew: refused === null ? null : { from, refused, to, ...site.platform },
    preflight: site.pair.shared.device === null,
    password: site.engine !== null,
    fencing: site.fencing,
    renames: site.pair.hostname.change,
  });
  const usage = playbook.usage.map((line) => `#   ${line}\n`).join("");
  return {
    path: `${playbook.name}.yml`,
    text: `${header}#\n# ${playbook.summary}\n${usage}---\n${numberPlays(body.trimEnd())}\n`,
  };
};
