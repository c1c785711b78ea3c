import { getPlatform } from "../catalog/index.js";
import type { DatabaseEngine, Platform, Service } from "../catalog/types.js";
import { xcatDirectories } from "../model/directories.js";
import { formatIpv4, networkOf, parseIpv4 } from "../model/ipv4.js";
import type { HaPair, VirtualIp } from "../model/types.js";

/** What a service of the pair is for; also the order in which they start. */
export type ServiceKind =
  | "before-xcat"
  | "database"
  | "xcatd"
  | "dns"
  | "dhcp"
  | "console"
  | "http"
  | "nfs"
  | "after-xcat";

export interface PairService {
  readonly kind: ServiceKind;
  readonly service: Service;
}

/** A pair together with what its platform calls things. */
export interface Site {
  readonly pair: HaPair;
  readonly platform: Platform;
  /** Null on SQLite, which is part of /etc/xcat. */
  readonly engine: DatabaseEngine | null;
  /** Directories on the shared data, parents of nothing else among them, in linking order. */
  readonly directories: readonly string[];
  /** Services that run on the active host alone, in starting order. */
  readonly services: readonly PairService[];
  /** Whether the model says how to fence either host. */
  readonly fencing: boolean;
}

const plainService = (unit: string, label = unit): Service => ({
  label,
  unit,
  also: [],
  enableable: true,
  packages: [],
});

/** Its unit's stop asks the main process alone: one that was stopped by a signal would hold it until the limit. */
const xcatd: Service = {
  ...plainService("xcatd"),
  settings: ["ExecStop=-/bin/systemctl kill --kill-who=all --signal=CONT xcatd.service"],
};

const servicesOf = (
  pair: HaPair,
  platform: Platform,
  engine: Service | null,
): readonly PairService[] => {
  const own = (place: "before-xcat" | "after-xcat"): PairService[] =>
    pair.services
      .filter((service) => service.place === place)
      .map((service) => ({ kind: place, service: plainService(service.unit) }));
  const one = (kind: ServiceKind, service: Service | null | undefined): PairService[] =>
    service ? [{ kind, service }] : [];
  return [
    ...own("before-xcat"),
    ...one("database", engine),
    ...one("xcatd", xcatd),
    ...one("dns", pair.dns ? platform.dns : null),
    ...one("dhcp", pair.dhcp === "none" ? null : platform.dhcp[pair.dhcp]),
    ...one("console", pair.console === "none" ? null : platform.console[pair.console]),
    ...one("http", pair.http ? platform.http : null),
    ...one("nfs", pair.nfs ? platform.nfs : null),
    ...own("after-xcat"),
  ];
};

/** Joins the pair with its platform's catalog entry. */
export const siteOf = (pair: HaPair): Site => {
  const platform = getPlatform(pair.platform);
  const engine = pair.database === "sqlite" ? null : platform.databases[pair.database];
  const directories = [...xcatDirectories, ...(engine?.directories ?? [])]
    .filter((path) => !pair.shared.drop.includes(path))
    .concat(pair.shared.add);
  return {
    pair,
    platform,
    engine,
    directories,
    services: servicesOf(pair, platform, engine),
    fencing: pair.hosts.some((host) => host.fencing !== null),
  };
};

/** Every unit that may run on the active host alone: started ones and what comes along with them. */
export const pairUnits = (site: Site): readonly string[] =>
  site.services.flatMap(({ service }) => [service.unit, ...service.also]);

/** Units whose enablement decides whether a service of the pair starts at boot. */
export const bootUnits = (site: Site): readonly string[] =>
  site.services.flatMap(({ service }) => [
    ...(service.enableable ? [service.unit] : []),
    ...service.also,
  ]);

export const serviceOf = (site: Site, kind: ServiceKind): Service | undefined =>
  site.services.find((entry) => entry.kind === kind)?.service;

/** Network address of a virtual IP's subnet, as xCAT's networks table has it. */
export const virtualNetwork = ({ address, prefix }: VirtualIp): string =>
  formatIpv4(networkOf(parseIpv4(address) ?? 0, prefix));

/** Numbers of the networks beyond the first, in the names of variables and settings: 2, 3 … */
export const furtherNumbers = ({ further }: HaPair): readonly number[] =>
  further.map((_, index) => index + 2);

/** Files that people write, and that go with the service from one active host to the next. */
export const carriedFiles = (site: Site): readonly string[] => [
  ...new Set([...(site.pair.nfs ? ["/etc/exports"] : []), ...site.pair.shared.files]),
];

/** Files in which services keep their own state, carried when they have stopped. */
export const stateFiles = (site: Site): readonly string[] =>
  site.services.flatMap(({ service }) => service.state ?? []);

/** Whether anything goes with the service as a file. */
export const carriesFiles = (site: Site): boolean =>
  carriedFiles(site).length + stateFiles(site).length > 0;

/** Ports that nodes must reach on the active host, as firewalld writes them (xCAT's documentation, Port Usage). */
export const servingPorts = ({ pair }: Site): readonly string[] => [
  ...["3001/tcp", "3001/udp", "3002/tcp"],
  ...(pair.dns ? ["53/tcp", "53/udp"] : []),
  ...(pair.dhcp === "none" ? [] : ["67/udp"]),
  ...(pair.tftp ? ["69/udp"] : []),
  ...(pair.http ? ["80/tcp"] : []),
  ...(pair.nfs ? ["111/tcp", "111/udp", "2049/tcp"] : []),
  ...(pair.ntp === "none" ? [] : ["123/udp"]),
  ...["514/tcp", "514/udp"],
];
