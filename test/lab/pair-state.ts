import {
  activityOf,
  addressesOf,
  bootSettingOf,
  boundTo,
  entriesOf,
  hostnameOf,
  linkTarget,
} from "./harness/evidence.js";
import type { Host } from "./harness/host.js";
import { ADDRESSES } from "./harness/network.js";
import { openOnSharedData } from "./harness/open-files.js";
import { VIRTUAL_HOSTNAME } from "./pair.js";
import { type Shape, shapeOf } from "./shape.js";
import { mainJob } from "./variants.js";

/** What of a host the role in its pair decides, as the host itself shows it. */
export interface HostState {
  readonly addresses: readonly string[];
  readonly hostname: string;
  /** Whether no epoch lets the units of the pair start. */
  readonly guarded: boolean;
  readonly units: Readonly<Record<string, string>>;
  readonly boot: Readonly<Record<string, string>>;
  readonly links: Readonly<Record<string, string | undefined>>;
  readonly usesSharedData: boolean;
}

/** The main job's pair. */
const DEFAULT = shapeOf(mainJob);

/** Looks at a host. */
export async function stateOf(host: Host, shape: Shape = DEFAULT): Promise<HostState> {
  const leadOf = shape.method === "bind" ? boundTo : linkTarget;
  const [units, quiet, boot, links] = await Promise.all([
    record(shape.units, (unit) => activityOf(host, unit)),
    record(shape.quiet, (unit) => restOf(host, unit)),
    record(shape.boot, (unit) => bootSettingOf(host, unit)),
    record(shape.directories, (path) => leadOf(host, path)),
  ]);
  return {
    addresses: await addressesOf(host),
    hostname: await hostnameOf(host),
    guarded: !(await entriesOf(host, "/run/xcatha"))?.includes("epoch"),
    units: { ...units, ...quiet },
    boot,
    links,
    usesSharedData: (await openOnSharedData(host)).length > 0,
  };
}

/** What an active host has to look like. */
export function activeState(host: Host, shape: Shape = DEFAULT): HostState {
  return {
    addresses: [host.address, ADDRESSES.virtual],
    hostname: shape.renames ? VIRTUAL_HOSTNAME : host.name,
    guarded: false,
    units: { ...all(shape.units, "active"), ...all(shape.quiet, "inactive") },
    boot: all(shape.boot, "disabled"),
    links: Object.fromEntries(shape.directories.map((path) => [path, host.sharedPath + path])),
    usesSharedData: true,
  };
}

/** What a standby has to look like. */
export function standbyState(host: Host, shape: Shape = DEFAULT): HostState {
  return {
    addresses: [host.address],
    hostname: host.name,
    guarded: true,
    units: all([...shape.units, ...shape.quiet], "inactive"),
    boot: all(shape.boot, "disabled"),
    links: all(shape.directories, undefined),
    usesSharedData: false,
  };
}

/** A unit that is to stay off is off as well when its package once started it in vain. */
async function restOf(host: Host, unit: string): Promise<string> {
  const activity = await activityOf(host, unit);
  return activity === "failed" ? "inactive" : activity;
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
