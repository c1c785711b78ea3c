import {
  activityOf,
  addressesOf,
  bootSettingOf,
  entriesOf,
  hostnameOf,
  linkTarget,
} from "./harness/evidence.js";
import type { Host } from "./harness/host.js";
import { ADDRESSES } from "./harness/network.js";
import { openOnSharedData } from "./harness/open-files.js";
import { VIRTUAL_HOSTNAME } from "./pair.js";

/** What of a host the role in its pair decides, as the host itself shows it. */
export interface HostState {
  readonly addresses: readonly string[];
  readonly hostname: string;
  /** Whether the guard lets the units of the pair start. */
  readonly guarded: boolean;
  readonly units: Readonly<Record<string, string>>;
  readonly boot: Readonly<Record<string, string>>;
  readonly links: Readonly<Record<string, string | undefined>>;
  readonly usesSharedData: boolean;
}

/** The services of a pair on Debian 12 with PostgreSQL that are up whenever the host is active. */
const UNITS = ["postgresql@15-main", "xcatd", "named", "isc-dhcp-server", "apache2"];
/** What must not start at boot. PostgreSQL's instance is started by its wrapper alone. */
const BOOT_UNITS = ["postgresql", "xcatd", "named", "isc-dhcp-server", "apache2", "tftpd-hpa"];
/** What stands on the shared data, under its path there. */
const LINKS = ["/install", "/etc/xcat", "/root/.xcat", "/tftpboot", "/var/lib/postgresql"];

/** Looks at a host. */
export async function stateOf(host: Host): Promise<HostState> {
  const [units, boot, links] = await Promise.all([
    record(UNITS, (unit) => activityOf(host, unit)),
    record(BOOT_UNITS, (unit) => bootSettingOf(host, unit)),
    record(LINKS, (path) => linkTarget(host, path)),
  ]);
  return {
    addresses: await addressesOf(host),
    hostname: await hostnameOf(host),
    guarded: !(await entriesOf(host, "/run/xcatha"))?.includes("active"),
    units,
    boot,
    links,
    usesSharedData: (await openOnSharedData(host)).length > 0,
  };
}

/** What an active host has to look like. */
export function activeState(host: Host): HostState {
  return {
    addresses: [host.address, ADDRESSES.virtual],
    hostname: VIRTUAL_HOSTNAME,
    guarded: false,
    units: all(UNITS, "active"),
    boot: all(BOOT_UNITS, "disabled"),
    links: Object.fromEntries(LINKS.map((path) => [path, `${host.sharedPath}${path}`])),
    usesSharedData: true,
  };
}

/** What a standby has to look like. */
export function standbyState(host: Host): HostState {
  return {
    addresses: [host.address],
    hostname: host.name,
    guarded: true,
    units: all(UNITS, "inactive"),
    boot: all(BOOT_UNITS, "disabled"),
    links: all(LINKS, undefined),
    usesSharedData: false,
  };
}

async function record<T>(
  keys: readonly string[],
  ask: (key: string) => Promise<T>,
): Promise<Record<string, T>> {
  return Object.fromEntries(
    await Promise.all(keys.map(async (key) => [key, await ask(key)] as const)),
  );
}

function all<T>(keys: readonly string[], value: T): Record<string, T> {
  return Object.fromEntries(keys.map((key) => [key, value]));
}
