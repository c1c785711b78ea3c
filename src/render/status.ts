import { stateModules, stateSettings } from "../plan/kit/state-settings.js";
import { furtherNumbers, type Site } from "../plan/site.js";
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
export const statusFiles = (site: Site, header: string): readonly RenderedFile[] => {
  const { ids, version } = site.platform.osRelease;
  return [
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
      // What only a decision needs: of this host, of the model, of this run, and the operator's words.
      status_case: {
        host: "{{ inventory_hostname }}",
        peer: "{{ xcatha_peer }}",
        primary: "{{ xcatha_primary }}",
        nics: inline([
          "{{ xcatha_nic }}",
          ...furtherNumbers(site.pair).map((number) => `{{ xcatha_nic_${number} }}`),
        ]),
        shared: "{{ xcatha_shared_path }}",
        system: inline({ ids, version, title: site.platform.title }),
        to: "{{ [xcatha_to] if xcatha_to is defined else [] }}",
        fenced: "{{ [xcatha_fenced] if xcatha_fenced is defined else [] }}",
        accept_version: "{{ xcatha_accept_version | default('') }}",
        proven: "{{ fence_proven | default('') }}",
        handed_over: "{{ hostvars[xcatha_peer].deactivate_clean | default(false) }}",
        for_setup: "{{ activate_for_setup | default(false) }}",
        check: "{{ ansible_check_mode }}",
        alone: "{{ xcatha_peer not in ansible_play_hosts_all }}",
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
        // Which programs and units these are: the checksum of their checksums.
        kit: "{{ lookup('ansible.builtin.file', status_libexec ~ '/../kit.sha256', rstrip=false) | hash('sha256') }}",
      },
    }),
  ];
};
