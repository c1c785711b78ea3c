import type { HaPair, Host } from "../model/types.js";
import { networkTimeout } from "./roles/network.js";
import { type Site, virtualNetwork } from "./site.js";

/** Type of a variable, in the words of Ansible's argument specifications. */
type VariableType = "str" | "int" | "bool";

/** A variable that roles read. */
export interface Variable {
  readonly type: VariableType;
  readonly description: string;
  /**
   * Where its value comes from. `optional`: a host's, if the model gives it; `given`: the operator
   * may give it on the command line.
   */
  readonly from: "pair" | "host" | "optional" | "vault" | "given";
}

const declare = (from: Variable["from"], type: VariableType, description: string): Variable => ({
  from,
  type,
  description,
});

const seconds = (what: string): Variable => declare("pair", "int", `${what}, in seconds.`);

/** Variables of a further network, by its number. */
const ofNetwork = (number: number): Readonly<Record<string, Variable>> => ({
  [`xcatha_virtual_address_${number}`]: declare("pair", "str", `Virtual IP of network ${number}.`),
  [`xcatha_virtual_prefix_${number}`]: declare(
    "pair",
    "int",
    "Length of its subnet's prefix, in bits.",
  ),
  [`xcatha_virtual_network_${number}`]: declare("pair", "str", "Address of its subnet."),
  [`xcatha_virtual_hostname_${number}`]: declare("pair", "str", "Name of this virtual IP alone."),
  [`xcatha_virtual_names_${number}`]: declare("pair", "str", "Its names in /etc/hosts."),
  [`xcatha_address_${number}`]: declare(
    "host",
    "str",
    `This host's own address in network ${number}.`,
  ),
  [`xcatha_nic_${number}`]: declare("host", "str", "NIC of this host there."),
  [`xcatha_names_${number}`]: declare("host", "str", "Names of this host there in /etc/hosts."),
});

/** Every variable that crosses roles; what a site may change without regenerating. */
export const variables: Readonly<Record<string, Variable>> = {
  xcatha_pair: declare("pair", "str", "Name of the pair, also its group."),
  xcatha_primary: declare("pair", "str", "The host that setup makes active."),
  xcatha_domain: declare("pair", "str", "Domain of the cluster, used where xCAT has none yet."),
  xcatha_virtual_address: declare("pair", "str", "The virtual IP."),
  xcatha_virtual_prefix: declare("pair", "int", "Length of its subnet's prefix, in bits."),
  xcatha_virtual_network: declare("pair", "str", "Address of its subnet."),
  xcatha_virtual_hostname: declare("pair", "str", "Hostname of whichever host is active."),
  xcatha_virtual_names: declare("pair", "str", "Names of the virtual IP in /etc/hosts."),
  xcatha_shared_path: declare("pair", "str", "Where the shared data is, on both hosts."),
  xcatha_shared_device: declare("pair", "str", "What is mounted there on the active host alone."),
  xcatha_connect_timeout: seconds("Bound for reaching a host by ssh"),
  xcatha_start_timeout: seconds("Bound for one service's start"),
  xcatha_stop_timeout: seconds("Bound for one service's stop, before systemd kills it"),
  xcatha_database_timeout: seconds("Bound until the database answers"),
  xcatha_xcatd_timeout: seconds("Bound until xcatd answers"),
  xcatha_network_timeout: seconds("Bound for each of makedns, makedhcp and the console's command"),
  xcatha_install_timeout: seconds("Bound for installing xCAT and its packages"),
  xcatha_migrate_timeout: seconds("Bound for moving xCAT's tables to another database"),
  xcatha_copy_timeout: seconds("Bound for copying the data to the shared directory"),
  xcatha_address: declare("host", "str", "This host's own address in the virtual IP's subnet."),
  xcatha_nic: declare("host", "str", "NIC of this host that can hold the virtual IP."),
  xcatha_hostname: declare("host", "str", "This host's own hostname."),
  xcatha_names: declare("host", "str", "Names of this host in /etc/hosts."),
  xcatha_peer: declare("host", "str", "Inventory name of the other host of the pair."),
  xcatha_fence_timeout: seconds("Bound for a fencing command, and for the host's return"),
  xcatha_fencing_status: declare("optional", "str", "Prints this host's power state."),
  xcatha_fencing_reboot: declare("optional", "str", "Restarts this host."),
  xcatha_fencing_off: declare("optional", "str", "Cuts this host's power."),
  xcatha_database_password: declare(
    "vault",
    "str",
    "Password of xCAT's database user: 8 to 64 letters and digits.",
  ),
  xcatha_accept_version: declare(
    "given",
    "str",
    "Version of xCAT that may serve the pair although another one did last.",
  ),
  xcatha_to: declare(
    "given",
    "str",
    "The host that takes over; absent: the one that is not active.",
  ),
  xcatha_fenced: declare(
    "given",
    "str",
    "The peer's name: the operator's word that it can no longer write to the shared data.",
  ),
  // As many as the schema takes.
  ...Object.assign({}, ...[2, 3, 4, 5, 6, 7, 8].map(ofNetwork)),
};

/** Names in /etc/hosts: with the domain first, since that is what `hostname -f` gives. */
const namesOf = (hostname: string, domain: string, alias = hostname): readonly string[] => {
  const full = hostname.includes(".") ? hostname : `${hostname}.${domain}`;
  return [...new Set([full, full.split(".")[0] ?? full, alias])];
};

/** Values of the variables that are the same for the whole pair. */
export const pairValues = (site: Site): Readonly<Record<string, string | number>> => {
  const { pair } = site;
  const { timeouts } = pair;
  return {
    xcatha_pair: pair.name,
    xcatha_primary: pair.hosts[0].name,
    xcatha_domain: pair.site.domain,
    xcatha_virtual_address: pair.virtual.address,
    xcatha_virtual_prefix: pair.virtual.prefix,
    xcatha_virtual_network: virtualNetwork(pair.virtual),
    xcatha_virtual_hostname: pair.virtual.hostname,
    xcatha_virtual_names: namesOf(pair.virtual.hostname, pair.site.domain).join(" "),
    ...Object.assign(
      {},
      ...pair.further.map((virtual, index) => ({
        [`xcatha_virtual_address_${index + 2}`]: virtual.address,
        [`xcatha_virtual_prefix_${index + 2}`]: virtual.prefix,
        [`xcatha_virtual_network_${index + 2}`]: virtualNetwork(virtual),
        [`xcatha_virtual_hostname_${index + 2}`]: virtual.hostname,
        [`xcatha_virtual_names_${index + 2}`]: namesOf(virtual.hostname, pair.site.domain).join(
          " ",
        ),
      })),
    ),
    xcatha_shared_path: pair.shared.path,
    ...(pair.shared.device === null ? {} : { xcatha_shared_device: pair.shared.device }),
    xcatha_connect_timeout: timeouts.connect,
    xcatha_start_timeout: timeouts.start,
    xcatha_stop_timeout: timeouts.stop,
    ...(site.engine ? { xcatha_database_timeout: timeouts.database } : {}),
    xcatha_xcatd_timeout: timeouts.xcatd,
    xcatha_network_timeout: networkTimeout,
    xcatha_install_timeout: timeouts.install,
    xcatha_migrate_timeout: timeouts.migrate,
    xcatha_copy_timeout: timeouts.copy,
    ...(site.fencing ? { xcatha_fence_timeout: timeouts.fence } : {}),
  };
};

/** How Ansible reaches a host, unless the site says it elsewhere. */
export const connectionValues = (
  host: Host,
): Readonly<Record<string, string | number | boolean>> => ({
  ansible_host: host.connection,
  ansible_user: host.user,
  ansible_port: host.port,
  ansible_become: host.become,
});

/** Values of the variables of one host. */
export const hostValues = (
  { site }: HaPair,
  host: Host,
  peer: Host,
): Readonly<Record<string, string>> => ({
  xcatha_hostname: host.hostname,
  xcatha_names: namesOf(host.hostname, site.domain, host.name).join(" "),
  xcatha_address: host.address,
  xcatha_nic: host.nic,
  ...Object.assign(
    {},
    ...host.further.map((leg, index) => ({
      [`xcatha_address_${index + 2}`]: leg.address,
      [`xcatha_nic_${index + 2}`]: leg.nic,
      [`xcatha_names_${index + 2}`]: namesOf(leg.hostname, site.domain).join(" "),
    })),
  ),
  xcatha_peer: peer.name,
  ...(host.fencing === null
    ? {}
    : Object.fromEntries(
        Object.entries(host.fencing).flatMap(([verb, command]) =>
          command === null ? [] : [[`xcatha_fencing_${verb}`, command]],
        ),
      )),
});
