import { servingPackages } from "../packages.js";
import { goXcatArguments } from "../roles/install-xcat.js";
import {
  bootUnits,
  carriedFiles,
  furtherNumbers,
  pairUnits,
  type Site,
  serviceOf,
  servingPorts,
  stateFiles,
} from "../site.js";
import { longestStop } from "./limits.js";

/** A line of the kit's settings: a value known when generating, or Jinja that names a variable of the host. */
export interface Setting {
  /** Capitals and underscores. */
  readonly key: string;
  readonly value: string | { readonly jinja: string };
}

const jinja = (expression: string): Setting["value"] => ({ jinja: expression });

/** The databases of the platform that the model does not choose: an earlier model may have. */
const otherDatabases = ({ platform, pair }: Site) =>
  Object.entries(platform.databases).flatMap(([name, engine]) =>
    name === pair.database ? [] : [engine],
  );

/** What a further network has: the settings of the first, with its number. */
const ofNetwork = (number: number): Readonly<Record<string, Setting["value"]>> =>
  Object.fromEntries(
    [
      ["OWN_ADDRESS", "xcatha_address"],
      ["OWN_NAMES", "xcatha_names"],
      ["PEER_ADDRESS", "hostvars[xcatha_peer].xcatha_address"],
      ["PEER_NAMES", "hostvars[xcatha_peer].xcatha_names"],
      ["NIC", "xcatha_nic"],
      ["PEER_NIC", "hostvars[xcatha_peer].xcatha_nic"],
      ["VIRTUAL_ADDRESS", "xcatha_virtual_address"],
      ["VIRTUAL_PREFIX", "xcatha_virtual_prefix"],
      ["VIRTUAL_NETWORK", "xcatha_virtual_network"],
      ["VIRTUAL_HOSTNAME", "xcatha_virtual_hostname"],
    ].map(([key, variable]) => [`${key}_${number}`, jinja(`${variable}_${number}`)]),
  );

/** Settings of the host kit, `/etc/xcatha/host.conf`, which shell, systemd and Python read alike. */
export const kitSettings = (site: Site): readonly Setting[] => {
  const { pair, platform, engine, directories } = site;
  const all: Readonly<Record<string, Setting["value"]>> = {
    HOST: jinja("inventory_hostname"),
    PEER: jinja("xcatha_peer"),
    PAIR: jinja("xcatha_pair"),
    OWN_ADDRESS: jinja("xcatha_address"),
    OWN_HOSTNAME: jinja("xcatha_hostname"),
    PEER_ADDRESS: jinja("hostvars[xcatha_peer].xcatha_address"),
    PEER_HOSTNAME: jinja("hostvars[xcatha_peer].xcatha_hostname"),
    NIC: jinja("xcatha_nic"),
    PEER_NIC: jinja("hostvars[xcatha_peer].xcatha_nic"),
    VIRTUAL_ADDRESS: jinja("xcatha_virtual_address"),
    VIRTUAL_PREFIX: jinja("xcatha_virtual_prefix"),
    VIRTUAL_NETWORK: jinja("xcatha_virtual_network"),
    VIRTUAL_HOSTNAME: jinja("xcatha_virtual_hostname"),
    ...Object.assign({}, ...furtherNumbers(pair).map(ofNetwork)),
    DOMAIN: jinja("xcatha_domain"),
    NAMES_KEPT: pair.names.keep.join(", "),
    SHARED: jinja("xcatha_shared_path"),
    DEVICE: pair.shared.device === null ? "" : jinja("xcatha_shared_device"),
    METHOD: pair.shared.method,
    LINKS: directories.join(" "),
    FILES: carriedFiles(site).join(" "),
    STATE_FILES: stateFiles(site).join(" "),
    PORTS: servingPorts(site).join(" "),
    UNITS: pairUnits(site).join(" "),
    BOOT_UNITS: bootUnits(site).join(" "),
    DATABASE: pair.database,
    DATABASE_UNIT: engine?.unit ?? "",
    DATABASE_PORT: String(engine?.port ?? ""),
    DATABASE_USER: engine?.user ?? "",
    DATABASE_DIRECTORY: engine?.dataDirectory ?? "",
    DATABASE_HBA: engine?.hbaFile ?? "",
    DATABASE_CONFIG: engine?.configFile ?? "",
    DATABASE_PACKAGES: engine?.packages.join(" ") ?? "",
    OTHER_DATABASES: otherDatabases(site)
      .flatMap(({ also, unit, directories: paths }) =>
        paths
          .filter((path) => !directories.includes(path))
          .map((path) => `${path}=${[...also, unit].join(",")}`),
      )
      .join(" "),
    DNS_UNIT: serviceOf(site, "dns")?.unit ?? "",
    DHCP: pair.dhcp,
    DHCP_UNIT: serviceOf(site, "dhcp")?.unit ?? "",
    CONSOLE: pair.console,
    CONSOLE_UNIT: serviceOf(site, "console")?.unit ?? "",
    HTTP_UNIT: serviceOf(site, "http")?.unit ?? "",
    NFS_UNIT: serviceOf(site, "nfs")?.unit ?? "",
    PACKAGE_MANAGER: platform.packageManager,
    XCAT_PACKAGE: platform.xcatPackages[0] ?? "",
    // Where packages of a repository are used, the repository says which version.
    XCAT_VERSION: pair.xcat.source.kind === "packages" ? "" : pair.xcat.version,
    GO_XCAT:
      pair.xcat.source.kind === "packages"
        ? ""
        : goXcatArguments(pair, pair.xcat.source, "update").join(" "),
    PACKAGES: servingPackages(site).join(" "),
    DUMPS: pair.backup?.path ?? "",
    // Seconds that the longest way to stop everything takes.
    OUTLAST: String(longestStop(site)),
    TIMEOUT_START: jinja("xcatha_start_timeout"),
    TIMEOUT_STOP: jinja("xcatha_stop_timeout"),
    ...(engine === null ? {} : { TIMEOUT_DATABASE: jinja("xcatha_database_timeout") }),
    TIMEOUT_XCATD: jinja("xcatha_xcatd_timeout"),
    TIMEOUT_NETWORK: jinja("xcatha_network_timeout"),
    TIMEOUT_INSTALL: jinja("xcatha_install_timeout"),
    TIMEOUT_MIGRATE: jinja("xcatha_migrate_timeout"),
    TIMEOUT_COPY: jinja("xcatha_copy_timeout"),
  };
  return Object.entries(all).map(([key, value]) => ({ key, value }));
};
