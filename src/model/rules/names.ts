import { show } from "../../diagnostic/show.js";
import type { Draft } from "../document.js";
import { domainProblem, hostnameProblem, pairNameFrom, shortName } from "../hostname.js";
import { keptName } from "../schema/kept-names.js";
import { hostsOf, type Located, located, type Rule, virtualHostname, virtualsOf } from "./rule.js";

const hostNames = (draft: Draft): readonly Located<string>[] =>
  hostsOf(draft).flatMap(({ host, index }) => [
    ...located(host.name, "hosts", index, "name"),
    ...located(host.hostname, "hosts", index, "hostname"),
  ]);

const virtualNames = (draft: Draft): readonly Located<string>[] =>
  virtualsOf(draft).flatMap(({ virtual, path }) => located(virtual.hostname, ...path, "hostname"));

export const hostnamesAreLegal: Rule = function* (draft) {
  for (const { value, path } of [...hostNames(draft), ...virtualNames(draft)]) {
    const problem = hostnameProblem(value);
    if (problem === undefined) continue;
    yield {
      code: "hostname-illegal",
      message: `${show(value)} is not a hostname: ${problem}.`,
      fix: "write a name such as mn1 or mn1.cluster.internal.",
      path,
    };
  }
};

/** Short names count: they stand in /etc/hosts, and xCAT goes by them. */
export const hostnamesDiffer: Rule = function* (draft) {
  const taken = new Map<string, string>();
  for (const { host, index } of hostsOf(draft)) {
    const names = [
      ...located(host.name, "hosts", index, "name"),
      ...located(host.hostname, "hosts", index, "hostname"),
    ].filter(({ value }) => hostnameProblem(value) === undefined);
    for (const { value, path } of names) {
      const other = taken.get(shortName(value));
      if (other !== undefined) yield same(value, other, "the other host", path);
    }
    for (const { value } of names) taken.set(shortName(value), value);
  }
  for (const { value, path } of virtualNames(draft)) {
    const other = taken.get(shortName(value));
    if (other !== undefined) yield same(value, other, "a host", path);
  }
  const virtual = new Map<string, string>();
  for (const { value, path } of virtualNames(draft)) {
    const other = virtual.get(shortName(value));
    if (other !== undefined) yield same(value, other, "another virtual IP", path);
    virtual.set(shortName(value), value);
  }
};

/** The first of a list is the pair's identity; the others may take their names from it. */
export const identityHasHostname: Rule = function* (draft) {
  for (const { virtual, index, path } of virtualsOf(draft)) {
    // A single one is asked for it by the schema.
    if (index > 0 || path.length === 1 || "hostname" in virtual) continue;
    yield {
      code: "key-missing",
      message: "`hostname` is missing. The first virtual IP is the pair's identity.",
      fix: "add the hostname of whichever host is active, e.g. `hostname: hamn`.",
      path: [...path, "hostname"],
      frame: { path, part: "value" },
    };
  }
};

function same(value: string, other: string, whose: string, path: Located<string>["path"]) {
  const equal = value.toLowerCase() === other.toLowerCase();
  return {
    code: "hostnames-equal",
    message: equal
      ? `${value} is the name of ${whose} too.`
      : `${value} has the same short name as ${other}, the name of ${whose}.`,
    why: "Each host keeps a name of its own, and the virtual hostname goes with the virtual IP.",
    fix: "give each of them its own name, different before the first dot.",
    path,
  };
}

const reserved: readonly string[] = ["all", "ungrouped", "xcatha", "localhost"];
/** Playbooks make groups of this prefix while they run: a pair in one would be acted on as a whole. */
const runPrefix = "xcatha_run_";

export const hostNamesAreNotGroups: Rule = function* (draft) {
  for (const { host, index } of hostsOf(draft)) {
    if (host.name === undefined || !reserved.includes(host.name)) continue;
    if (hostnameProblem(host.name) !== undefined) continue;
    yield {
      code: "host-name-reserved",
      message: `No host can be named ${host.name}: it is the name of a group in every inventory.`,
      fix: "write another `name`; the host's own hostname can be given as `hostname`.",
      path: ["hosts", index, "name"],
    };
  }
};

/** The pair's name, given or derived, is an Ansible group. */
export const pairNameIsGroup: Rule = function* (draft) {
  const given = located(draft.name, "name");
  const virtual = virtualHostname(draft)
    .filter(({ value }) => hostnameProblem(value) === undefined)
    .map(({ value, path }) => ({ value: pairNameFrom(value), path }));
  for (const { value, path } of "name" in draft ? given : virtual) {
    const problem = groupProblem(value, draft);
    if (problem === undefined) continue;
    yield {
      code: "pair-name-illegal",
      message: `${show(value)} cannot be the pair's name: ${problem}.`,
      why: "The pair's name is its group in Ansible's inventory.",
      fix: "set `name` to a word of small letters, digits and underscores, e.g. `name: hamn`.",
      path,
    };
  }
};

function groupProblem(name: string, draft: Draft): string | undefined {
  if (reserved.includes(name) || name.startsWith(runPrefix))
    return "Ansible or xcatha uses it for another group";
  if (hostsOf(draft).some(({ host }) => host.name === name)) return "a host has it";
  if (!/^[a-z_][a-z0-9_]*$/.test(name))
    return "only small letters, digits and underscores may stand in it, and no digit first";
  return name.length > 63 ? "it is longer than 63 characters" : undefined;
}

/** A place of xCAT's tables, as `status` calls it, or a path. */
export const keptNamesArePlaces: Rule = function* (draft) {
  for (const [index, name] of (draft.names?.keep ?? []).entries()) {
    for (const { value, path } of located(name, "names", "keep", index)) {
      if (new RegExp(keptName).test(value)) continue;
      yield {
        code: "kept-name-malformed",
        message: `${show(value)} is no place in xCAT's tables, nor an absolute path.`,
        fix: "write it as status does, e.g. `networks.gateway of lan`, without the row for every row, or a file or folder.",
        path,
      };
    }
  }
};

export const domainIsLegal: Rule = function* (draft) {
  for (const { value, path } of located(draft.site?.domain, "site", "domain")) {
    const problem = domainProblem(value);
    if (problem === undefined) continue;
    yield {
      code: "domain-illegal",
      message: `${show(value)} is not a DNS domain: ${problem}.`,
      fix: "write a domain such as cluster.internal, without a dot at either end.",
      path,
    };
  }
};
