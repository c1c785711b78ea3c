import type { Site } from "../plan/site.js";
import { connectionValues, hostValues, pairValues } from "../plan/variables.js";
import type { RenderedFile } from "./types.js";
import { yamlFile } from "./yaml-file.js";

const ansibleCfg = (site: Site, header: string): RenderedFile => ({
  path: "ansible.cfg",
  text: `${header}
[defaults]
inventory = inventory.yml
roles_path = roles
host_key_checking = True
timeout = ${site.pair.timeouts.connect}
callback_result_format = yaml
retry_files_enabled = False

[ssh_connection]
pipelining = True
ssh_args = -o ControlMaster=auto -o ControlPersist=120s -o ServerAliveInterval=5 -o ServerAliveCountMax=3
`,
});

/**
 * Inventory, variables of the pair and of each host, and how to reach them. That stands in the inventory itself: there an
 * inventory of the site's own, or what it says of a host elsewhere, goes before it. Variables are in folders, which Ansible
 * reads in the place of a file of that name, so that a site may have files of its own beside them.
 */
export const inventoryFiles = (site: Site, header: string): readonly RenderedFile[] => {
  const { pair } = site;
  const [first, second] = pair.hosts;
  const hosts = [
    { host: first, peer: second },
    { host: second, peer: first },
  ];
  const inventory = {
    all: {
      children: {
        xcatha: {
          children: {
            [pair.name]: {
              hosts: Object.fromEntries(
                pair.hosts.map((host) => [host.name, connectionValues(host)]),
              ),
            },
          },
        },
      },
    },
  };
  const vault = `# Copy this to vault.yml beside it, put your own password in, and encrypt it:
#   ansible-vault encrypt vault.yml
# Letters and digits only, 8 to 64 of them: nothing else can stand in xCAT's configuration.
`;
  return [
    ansibleCfg(site, header),
    yamlFile("inventory.yml", header, inventory),
    yamlFile(`group_vars/${pair.name}/main.yml`, header, pairValues(site)),
    ...hosts.map(({ host, peer }) =>
      yamlFile(`host_vars/${host.name}/main.yml`, header, hostValues(pair, host, peer)),
    ),
    ...(pair.database === "sqlite"
      ? []
      : [
          yamlFile("vault.example.yml", header + vault, {
            xcatha_database_password: "replace this",
          }),
        ]),
  ];
};
