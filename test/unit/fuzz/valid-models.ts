import fc from "fast-check";
import { getPlatform } from "../../../src/catalog/index.js";
import { platformNames } from "../../../src/model/types.js";
import * as texts from "./texts.js";

/** What a model says beyond its texts: all that may change which files, tasks and units there are. */
export interface Structure {
  readonly document: Readonly<Record<string, unknown>>;
  readonly hosts: readonly [HostShape, HostShape];
  readonly name: boolean;
  readonly device: "none" | "block" | "nfs";
  readonly add: number;
  readonly services: readonly ("before-xcat" | "after-xcat")[];
  readonly backup: boolean;
  readonly domain: boolean;
  /** Virtual IPs in further networks. */
  readonly further: number;
  readonly names: boolean;
  readonly source: "none" | "packages" | "url" | "path";
}

interface HostShape {
  readonly nic: boolean;
  readonly hostname: boolean;
  readonly user: "none" | "root" | "other";
  readonly become: boolean | undefined;
  readonly fencing: readonly ("status" | "reboot" | "off")[];
}

const flag = fc.boolean();
const oneOf = <T>(...values: T[]): fc.Arbitrary<T> => fc.constantFrom(...values);

const hostShape: fc.Arbitrary<HostShape> = fc.record({
  nic: flag,
  hostname: flag,
  user: oneOf("none", "root", "other"),
  become: oneOf(undefined, true, false),
  fencing: oneOf([], ["status"], ["status", "off"], ["status", "reboot", "off"]),
});

/** Of a platform: the servers that it has. */
const documents = oneOf(...platformNames).chain((platform) => {
  const { console, dhcp } = getPlatform(platform);
  return fc.record(
    {
      platform: fc.constant(platform),
      database: oneOf("postgresql", "mariadb", "mysql", "sqlite"),
      console: oneOf(...Object.keys(console), "none"),
      dhcp: oneOf(...Object.keys(dhcp), "none"),
      dns: flag,
      ntp: oneOf("chrony", "none"),
      nfs: flag,
      http: flag,
      tftp: flag,
      hostname: fc.record({ change: flag }),
      method: oneOf("symlink", "bind"),
      drop: fc.subarray(["/install", "/root/.xcat", "/tftpboot"]),
    },
    { requiredKeys: ["platform", "method", "drop"] },
  );
});

export const structures: fc.Arbitrary<Structure> = fc.record({
  document: documents,
  hosts: fc.tuple(hostShape, hostShape),
  name: flag,
  device: oneOf("none", "block", "nfs"),
  add: fc.nat(2),
  services: fc.array(oneOf("before-xcat", "after-xcat"), { maxLength: 3 }),
  backup: flag,
  domain: flag,
  further: fc.nat(2),
  names: flag,
  source: oneOf("none", "packages", "url", "path"),
});

/** Texts and numbers of a model. */
const hostValues = fc.record({
  name: texts.hostname,
  nic: texts.nic,
  hostname: texts.hostname,
  user: texts.user,
  port: fc.integer({ min: 1, max: 65_535 }),
  status: texts.command,
  reboot: texts.command,
  off: texts.command,
});

export const values = fc.record({
  name: texts.groupName,
  hosts: fc.tuple(hostValues, hostValues),
  /** Last bytes of the three addresses. */
  addresses: fc.uniqueArray(fc.integer({ min: 1, max: 62 }), { minLength: 3, maxLength: 3 }),
  network: fc.integer({ min: 0, max: 255 }),
  nic: texts.nic,
  hostname: texts.hostname,
  path: texts.path,
  block: texts.blockDevice,
  nfs: texts.nfsExport,
  add: fc.tuple(texts.path, texts.path),
  units: fc.tuple(texts.unit, texts.unit, texts.unit),
  backup: texts.path,
  time: texts.time,
  keep: fc.integer({ min: 1, max: 3650 }),
  domain: texts.domain,
  kept: fc.tuple(texts.keptName, texts.keptName),
  version: texts.version,
  url: texts.url,
  script: texts.path,
  timeout: fc.integer({ min: 1, max: 9999 }),
});

export type Values = typeof values extends fc.Arbitrary<infer T> ? T : never;

const neutralHost = (name: string) => ({
  name,
  nic: "eth1",
  hostname: `own-${name}`,
  user: "admin",
  port: 22,
  status: "power status",
  reboot: "power cycle",
  off: "power off",
});

/** Texts that no reader takes for anything else. */
export const neutral: Values = {
  name: "pair",
  hosts: [neutralHost("host1"), neutralHost("host2")],
  addresses: [1, 2, 3],
  network: 1,
  nic: "eth0",
  hostname: "virtual",
  path: "/fuzz/shared",
  block: "/dev/fuzz/disk",
  nfs: "nas:/fuzz/export",
  add: ["/fuzz/one", "/fuzz/two"],
  units: ["first", "second", "third"],
  backup: "/fuzz/backup",
  time: "02:30",
  keep: 14,
  domain: "example.org",
  kept: ["site.fuzz", "/fuzz/kept"],
  version: "2.18.2",
  url: "https://mirror.example.org/go-xcat",
  script: "/fuzz/go-xcat",
  timeout: 60,
};

const when = <T>(wanted: boolean, value: T): T | undefined => (wanted ? value : undefined);

function hostOf(
  shape: HostShape,
  given: Values["hosts"][number],
  address: string,
  addresses: readonly string[],
) {
  const user = { none: undefined, root: "root", other: given.user }[shape.user];
  const fencing = Object.fromEntries(shape.fencing.map((key) => [key, given[key]]));
  return {
    name: given.name,
    address,
    addresses: when(
      addresses.length > 0,
      addresses.map((one) => ({ address: one, nic: when(shape.nic, given.nic) })),
    ),
    nic: when(shape.nic, given.nic),
    hostname: when(shape.hostname, given.hostname),
    user,
    port: given.port,
    become: shape.become,
    fencing: when(shape.fencing.length > 0, fencing),
  };
}

/** A model's document: a structure with texts. It is mostly right; some texts are refused, or refuse each other. */
export function documentOf(structure: Structure, given: Values): Record<string, unknown> {
  const { method, drop, ...plain } = structure.document;
  const address = (index: number, net = 0) =>
    `10.${net}.${given.network}.${given.addresses[index]}`;
  const further = Array.from({ length: structure.further }, (_, index) => index + 1);
  const first = { address: address(2), prefix: 26, nic: given.nic, hostname: given.hostname };
  const { url, script } = given;
  const source = {
    none: undefined,
    packages: "packages",
    url: { script: url },
    path: { script, core: url, dep: script },
  };
  const document = {
    ...plain,
    name: when(structure.name, given.name),
    hosts: structure.hosts.map((shape, index) =>
      hostOf(
        shape,
        given.hosts[index === 0 ? 0 : 1],
        address(index),
        further.map((net) => address(index, net)),
      ),
    ),
    virtual:
      further.length === 0
        ? first
        : [
            first,
            ...further.map((net) => ({ address: address(2, net), prefix: 26, nic: given.nic })),
          ],
    shared: {
      path: given.path,
      method,
      device: { none: undefined, block: given.block, nfs: given.nfs }[structure.device],
      directories: { add: given.add.slice(0, structure.add), drop },
    },
    services: structure.services.map((place, index) => ({ unit: given.units[index], place })),
    backup: when(structure.backup, { path: given.backup, time: given.time, keep: given.keep }),
    site: when(structure.domain, { domain: given.domain }),
    names: when(structure.names, { keep: given.kept }),
    xcat: { version: given.version, source: source[structure.source] },
    timeouts: { connect: given.timeout, stop: given.timeout, xcatd: given.timeout },
  };
  return JSON.parse(JSON.stringify(document));
}
