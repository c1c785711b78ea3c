import { getPlatform, platforms } from "../catalog/index.js";
import { netmaskOfPrefix, parseIpv4 } from "../model/ipv4.js";
import { type PlatformName, platformNames } from "../model/types.js";
import { type Answers, nothing, type QuestionId, splitHost } from "./answers.js";
import type { KnownHost, Machine, OwnAddress } from "./machine.js";

/** This machine and those that it knows, each address once. */
function candidates({ name, addresses, hosts }: Machine): readonly KnownHost[] {
  const [own] = addresses;
  const all = own === undefined ? hosts : [{ name, address: own.address }, ...hosts];
  return [...new Map(all.toReversed().map((one) => [one.address, one])).values()].toReversed();
}

const inSubnet = (one: string, other: string, netmask: number): boolean => {
  const [a, b] = [parseIpv4(one), parseIpv4(other)];
  return a !== undefined && b !== undefined && (a & netmask) === (b & netmask);
};

/** The address of this machine in whose subnet a host is. */
const ownBeside = (host: string | undefined, { addresses }: Machine): OwnAddress | undefined =>
  host === undefined
    ? undefined
    : addresses.find(({ address, netmask }) =>
        inSubnet(address, splitHost(host).address, parseIpv4(netmask) ?? 0),
      );

/** Other machines in the first host's subnet that nothing was answered with yet. */
function others(machine: Machine, answers: Answers): readonly KnownHost[] {
  const taken = [answers.host1, answers.host2, answers.vip].flatMap((one) =>
    one === undefined ? [] : [splitHost(one).address, one],
  );
  const beside = ownBeside(answers.host1, machine);
  const mask = parseIpv4(beside?.netmask ?? "") ?? netmaskOfPrefix(24);
  const first = answers.host1 === undefined ? undefined : splitHost(answers.host1).address;
  return candidates(machine).filter(
    ({ address }) =>
      !taken.includes(address) && (first === undefined || inSubnet(address, first, mask)),
  );
}

const asHost = (host: KnownHost | undefined): string | undefined =>
  host && `${host.name}=${host.address}`;

/** The platform that this machine is. */
function ownPlatform({ osRelease }: Machine): PlatformName | undefined {
  const { ID: id = "", VERSION_ID: version = "" } = osRelease;
  return platforms.find(
    (platform) =>
      platform.osRelease.ids.includes(id) &&
      (version === platform.osRelease.version ||
        version.startsWith(`${platform.osRelease.version}.`)),
  )?.name;
}

/** What a question's answer probably is, by what this machine shows and what was answered before; undefined if nobody knows. */
export function defaultAnswer(
  id: QuestionId,
  machine: Machine,
  answers: Answers,
): string | undefined {
  switch (id) {
    case "host1":
    case "host2":
      return asHost(others(machine, answers)[0]);
    case "shared":
      return machine.sharedMounts[0] ?? "/HA-data";
    case "nic":
      return (ownBeside(answers.host1, machine) ?? machine.addresses[0])?.nic ?? "eth0";
    case "vip":
      return others(machine, answers)[0]?.address;
    case "netmask":
      return ownBeside(answers.host1, machine)?.netmask ?? "255.255.255.0";
    case "platform":
      return ownPlatform(machine) ?? "el9";
    case "hostname":
      return machine.hosts.find(({ address }) => address === answers.vip)?.name ?? "xcatmn";
    case "fencing":
      return nothing;
    case "database": {
      const platform = platformNames.find((name) => name === answers.platform);
      return platform && getPlatform(platform).defaults.database;
    }
  }
}
