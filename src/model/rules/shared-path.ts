import { show } from "../../diagnostic/show.js";
import { isWithin, keptByModel } from "../directories.js";
import { shortName } from "../hostname.js";
import { overlap, pathProblem, systemDirectoryOf } from "./paths.js";
import { allAddresses, hostsOf, located, type Rule, virtualsOf } from "./rule.js";

const pathFix = "write an absolute path that is only for the shared data, e.g. /HA-data.";

export const sharedPathIsAbsolute: Rule = function* (draft) {
  for (const { value, path } of located(draft.shared?.path, "shared", "path")) {
    const problem = pathProblem(value);
    if (problem === undefined) continue;
    yield {
      code: "shared-path-malformed",
      message: `${show(value)} cannot be the shared path: ${problem}.`,
      fix: pathFix,
      path,
    };
  }
};

export const sharedPathIsOwn: Rule = function* (draft) {
  for (const { value, path } of located(draft.shared?.path, "shared", "path")) {
    if (pathProblem(value) !== undefined) continue;
    const system =
      systemDirectoryOf(value) ?? ["/etc", "/usr"].find((tree) => isWithin(value, tree));
    if (system === undefined) continue;
    yield {
      code: "shared-path-dangerous",
      message:
        system === value
          ? `${value} is a directory of the system itself.`
          : `${value} is inside ${system}, which belongs to the system.`,
      why: "The shared data is mounted there, and whatever the directory holds on each host is hidden.",
      fix: pathFix,
      path,
    };
  }
};

/** The directories of `directories.add` are held against the shared path by their own rule. */
export const sharedPathIsApart: Rule = function* (draft) {
  for (const { value, path } of located(draft.shared?.path, "shared", "path")) {
    if (pathProblem(value) !== undefined || systemDirectoryOf(value) !== undefined) continue;
    const linked = keptByModel(draft).find((directory) => overlap(value, directory));
    if (linked === undefined) continue;
    const inside = isWithin(value, linked);
    yield {
      code: "shared-path-overlaps",
      message:
        value === linked
          ? `${value} is one of the directories that are shared.`
          : `The shared path ${value} ${inside ? "is inside" : "holds"} ${linked}, which is shared.`,
      why: `${linked} becomes a link to a place below the shared path, and cannot hold it or be in it.`,
      fix: pathFix,
      path,
    };
  }
};

const device = /^\/dev\/[A-Za-z0-9/._:+@-]+$/;
const nfs = /^([A-Za-z0-9][A-Za-z0-9.-]*):(\/[A-Za-z0-9/._+@-]*)$/;

export const deviceIsMountable: Rule = function* (draft) {
  for (const { value, path } of located(draft.shared?.device, "shared", "device")) {
    const plain = !value.includes("/../") && !value.includes("//");
    if (plain && (device.test(value) || nfs.test(value))) continue;
    yield {
      code: "device-malformed",
      message: `${show(value)} is neither a block device nor an NFS export.`,
      fix: "write a device such as /dev/disk/by-id/wwn-0x5000c500a0b1c2d3, or an export such as nas:/export/xcat.",
      path,
    };
  }
};

export const deviceIsOutsidePair: Rule = function* (draft) {
  for (const { value, path } of located(draft.shared?.device, "shared", "device")) {
    const server = nfs.exec(value)?.[1];
    if (server === undefined) continue;
    const own = [
      ...hostsOf(draft).flatMap(({ host }) => [host.name, host.hostname, host.ansible_host]),
      ...virtualsOf(draft).map(({ virtual }) => virtual.hostname),
      ...allAddresses(draft).map((address) => address.value),
    ].filter((name) => name !== undefined);
    const isAddress = /^[0-9.]+$/.test(server);
    const key = (name: string) => (isAddress ? name : shortName(name));
    if (!own.some((name) => key(name) === key(server))) continue;
    yield {
      code: "device-inside-pair",
      message: `${server} is one of the pair itself, and cannot serve its shared data.`,
      why: "When that host is gone its peer could not reach the data, which is what the pair is for.",
      fix: "write an export of a third machine.",
      path,
    };
  }
};
