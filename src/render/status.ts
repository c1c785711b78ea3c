import { stateModules, stateSettings } from "../plan/kit/state-settings.js";
import { furtherNumbers, type Site } from "../plan/site.js";
import { kitDigest } from "./kit.js";
import type { RenderedFile } from "./types.js";
import { inline, yamlFile } from "./yaml-file.js";

const text = (program: string): string =>
  `{{ lookup('ansible.builtin.file', status_libexec ~ '/${program}') }}`;

/** Settings of several words, a list in the YAML; `carried` joins them. */
const listKeys: ReadonlySet<string> = new Set([
  "BOOT_UNITS",
  "FILES",
  "LINKS",
  "PACKAGES",
  "PORTS",
  "UNITS",
]);

/** What the role status asks with, and what it holds the answers against. */
export const statusFiles = (site: Site, header: string): readonly RenderedFile[] => [
  yamlFile("roles/status/vars/main.yml", header, {
    status_libexec: "{{ playbook_dir }}/roles/host_kit/files/libexec",
    status_carried: text("carried"),
    status_program: {
      modules: stateModules.map((name) => inline([name, text(`${name}.py`)])),
      program: text("state"),
      settings: Object.fromEntries([
        ...stateSettings(site).map(({ key, value }) => [
          key,
          typeof value !== "string"
            ? `{{ ${value.jinja} }}`
            : listKeys.has(key)
              ? inline(value.split(" ").filter((word) => word !== ""))
              : value,
        ]),
        ["ASKED", "{{ now().timestamp() }}"],
        // A search through tables and files, for which a failover does not wait.
        ["SEARCH", "{{ status_search | default('') }}"],
      ]),
    },
    status_pair: {
      pair: "{{ xcatha_pair }}",
      virtual_addresses: inline([
        "{{ xcatha_virtual_address }}",
        ...furtherNumbers(site.pair).map((number) => `{{ xcatha_virtual_address_${number} }}`),
      ]),
      virtual_hostname: "{{ xcatha_virtual_hostname }}",
      hostname: site.pair.hostname.change,
      links: inline(site.directories),
      // A console server runs only when a node has a console.
      expected: inline(
        site.services.filter(({ kind }) => kind !== "console").map(({ service }) => service.unit),
      ),
      database: site.pair.database,
      device: site.pair.shared.device !== null,
      kit: kitDigest(site),
    },
  }),
];
