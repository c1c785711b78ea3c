import { getPlatform } from "../catalog/index.js";
import type { HostDocument, ModelDocument, NetworkDocument, VirtualDocument } from "./document.js";
import { domainOf, networkName, networkSuffixes, pairNameFrom } from "./hostname.js";
import { formatIpv4, inSubnet, netmaskOfPrefix, parseIpv4, prefixOfNetmask } from "./ipv4.js";
import { modelSchema } from "./schema/index.js";
import type { Backup, HaPair, Host, Leg, Timeouts, VirtualIp, XcatSource } from "./types.js";

const { properties } = modelSchema;

/** Where go-xcat is published. */
const publishedGoXcat =
  "https://raw.githubusercontent.com/xcat2/xcat-core/master/xCAT-server/share/xcat/tools/go-xcat";

const fencing = (document: HostDocument["fencing"]): Host["fencing"] =>
  document === undefined
    ? null
    : { status: document.status, reboot: document.reboot ?? null, off: document.off ?? null };

/** The virtual IPs of a valid document, the pair's own first; each further one with a name of its own. */
function virtualsOf(document: ModelDocument): readonly [VirtualDocument, ...VirtualDocument[]] {
  const [first, ...further] = [document.virtual].flat() as [VirtualDocument, ...NetworkDocument[]];
  const suffixes = networkSuffixes(further.map(({ nic }) => nic));
  const named = further.map((one, index) => ({
    ...one,
    hostname: one.hostname ?? networkName(first.hostname, suffixes[index] ?? ""),
  }));
  return [first, ...named];
}

/** A host's place in each further network: of its addresses the one that is there. */
function legs(document: HostDocument, further: readonly VirtualDocument[]): readonly Leg[] {
  const hostname = document.hostname ?? document.name;
  const suffixes = networkSuffixes(further.map(({ nic }) => nic));
  return further.map((virtual, index) => {
    const { address, prefix } = virtualIp(virtual);
    const own = document.addresses?.find((one) => inSubnet(one.address, address, prefix));
    return {
      address: own?.address ?? "",
      nic: own?.nic ?? virtual.nic,
      hostname: networkName(hostname, suffixes[index] ?? ""),
    };
  });
}

function host(
  document: HostDocument,
  [virtual, ...further]: readonly [VirtualDocument, ...VirtualDocument[]],
): Host {
  const user = document.user ?? "root";
  return {
    name: document.name,
    address: document.address,
    connection: document.ansible_host ?? document.address,
    nic: document.nic ?? virtual.nic,
    further: legs(document, further),
    hostname: document.hostname ?? document.name,
    user,
    port: document.port ?? 22,
    become: document.become ?? user !== "root",
    fencing: fencing(document.fencing),
  };
}

function virtualIp({ address, netmask, prefix, hostname }: VirtualDocument): VirtualIp {
  const bits = prefix ?? prefixOfNetmask(parseIpv4(netmask ?? "") ?? 0) ?? 0;
  return { address, netmask: formatIpv4(netmaskOfPrefix(bits)), prefix: bits, hostname };
}

function siteDomain({ site, hosts }: ModelDocument, virtual: VirtualDocument): string {
  const hostnames = [virtual.hostname, ...hosts.map(({ name, hostname }) => hostname ?? name)];
  return site?.domain ?? hostnames.map(domainOf).find(Boolean) ?? "cluster.internal";
}

function xcatSource(document: ModelDocument): XcatSource {
  const source = document.xcat?.source ?? { script: publishedGoXcat };
  if (source === "packages") return { kind: "packages" };
  const { script, core = null, dep = null } = source;
  return { kind: "go-xcat", script, core, dep };
}

function timeouts(given: ModelDocument["timeouts"]): Timeouts {
  const { connect, start, stop, database, xcatd, install, migrate, copy, fence } =
    properties.timeouts.properties;
  return {
    connect: given?.connect ?? connect.default,
    start: given?.start ?? start.default,
    stop: given?.stop ?? stop.default,
    database: given?.database ?? database.default,
    xcatd: given?.xcatd ?? xcatd.default,
    install: given?.install ?? install.default,
    migrate: given?.migrate ?? migrate.default,
    copy: given?.copy ?? copy.default,
    fence: given?.fence ?? fence.default,
  };
}

function backup(given: ModelDocument["backup"]): Backup | null {
  if (given === undefined) return null;
  const { keep, time } = properties.backup.properties;
  return { path: given.path, keep: given.keep ?? keep.default, time: given.time ?? time.default };
}

function freeze<T>(value: T): T {
  if (typeof value === "object" && value !== null) {
    Object.values(value).forEach(freeze);
    Object.freeze(value);
  }
  return value;
}

/** Fills in every default of a document that schema and rules accept. The result is deeply frozen. */
export function toHaPair(document: ModelDocument): HaPair {
  const { hosts, shared, database, platform } = document;
  const virtuals = virtualsOf(document);
  const [virtual, ...further] = virtuals;
  const defaults = getPlatform(platform).defaults;
  return freeze({
    name: document.name ?? pairNameFrom(virtual.hostname),
    platform,
    hosts: [host(hosts[0], virtuals), host(hosts[1], virtuals)] as const,
    virtual: virtualIp(virtual),
    further: further.map(virtualIp),
    shared: {
      path: shared.path,
      method: shared.method ?? properties.shared.properties.method.default,
      device: shared.device ?? null,
      add: [...(shared.directories?.add ?? [])],
      drop: [...(shared.directories?.drop ?? [])],
      files: [...(shared.files ?? [])],
    },
    database: database === "mysql" ? "mariadb" : (database ?? defaults.database),
    console: document.console ?? defaults.console,
    dhcp: document.dhcp ?? defaults.dhcp,
    dns: document.dns ?? true,
    ntp: document.ntp ?? properties.ntp.default,
    nfs: document.nfs ?? true,
    http: document.http ?? true,
    tftp: document.tftp ?? true,
    site: { domain: siteDomain(document, virtual) },
    names: { keep: [...(document.names?.keep ?? [])] },
    xcat: {
      version: document.xcat?.version ?? properties.xcat.properties.version.default,
      source: xcatSource(document),
    },
    hostname: { change: document.hostname?.change ?? true },
    services: (document.services ?? []).map(({ unit, place = "after-xcat" }) => ({ unit, place })),
    backup: backup(document.backup),
    timeouts: timeouts(document.timeouts),
  });
}
