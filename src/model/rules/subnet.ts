import { show } from "../../diagnostic/show.js";
import type { Draft } from "../document.js";
import {
  broadcastOf,
  formatIpv4,
  type Ipv4,
  netmaskOfPrefix,
  networkOf,
  parseIpv4,
  prefixOfNetmask,
  specialUse,
} from "../ipv4.js";
import {
  furtherAddresses,
  type HostDraft,
  hostAddresses,
  hostsOf,
  type Located,
  located,
  type Rule,
  type VirtualDraft,
  virtualsOf,
} from "./rule.js";

const maskFix =
  "write the netmask of the subnet both hosts are in, e.g. 255.255.255.0, or `prefix: 24`.";

const usable = (prefix: number): boolean => prefix >= 1 && prefix <= 30;

function prefixOfMask({ netmask }: VirtualDraft): number | undefined {
  const mask = netmask === undefined ? undefined : parseIpv4(netmask);
  return mask === undefined ? undefined : prefixOfNetmask(mask);
}

/** The subnet's prefix; undefined if it is absent, faulty or contradictory. */
function subnetPrefix(virtual: VirtualDraft): number | undefined {
  const { netmask, prefix } = virtual;
  const mask = prefixOfMask(virtual);
  if (netmask !== undefined && prefix !== undefined && mask !== prefix) return undefined;
  const found = netmask === undefined ? prefix : mask;
  return found !== undefined && usable(found) ? found : undefined;
}

interface Network {
  readonly index: number;
  readonly virtual: Located<string>;
  readonly address: Ipv4;
  readonly prefix: number;
}

/** The networks whose virtual IP and netmask are sound. */
const networksOf = (draft: Draft): readonly Network[] =>
  virtualsOf(draft).flatMap(({ virtual, index, path }) => {
    const prefix = subnetPrefix(virtual);
    const address = parseIpv4(virtual.address ?? "");
    if (prefix === undefined || address === undefined || specialUse(address) !== undefined)
      return [];
    const value = virtual.address ?? "";
    return [{ index, virtual: { value, path: [...path, "address"] }, address, prefix }];
  });

const networkWords = ({ address, prefix }: Pick<Network, "address" | "prefix">): string =>
  `${formatIpv4(networkOf(address, prefix))}/${prefix}`;

const isIn = (address: Ipv4, network: Network): boolean =>
  networkOf(address, network.prefix) === networkOf(network.address, network.prefix);

/** Addresses that are no special ones. */
const ordinary = (addresses: readonly Located<string>[]) =>
  addresses.flatMap(({ value, path }) => {
    const address = parseIpv4(value);
    return address === undefined || specialUse(address) !== undefined
      ? []
      : [{ address, value, path }];
  });

const furtherOf = (host: HostDraft, index: number) => ordinary(furtherAddresses(host, index));

/** A key whose value was refused is there, with the value undefined: a faulty netmask is not a missing one. */
export const netmaskOrPrefixIsPresent: Rule = function* (draft) {
  for (const { virtual, path } of virtualsOf(draft)) {
    if ("netmask" in virtual || "prefix" in virtual) continue;
    yield {
      code: "key-missing",
      message: "`netmask` is missing.",
      fix: "add the netmask of the subnet both hosts are in, e.g. `netmask: 255.255.255.0`, or `prefix: 24`.",
      path: [...path, "netmask"],
      frame: { path, part: path.length === 1 ? "key" : "value" },
    };
  }
};

export const netmaskIsContiguous: Rule = function* (draft) {
  const netmasks = virtualsOf(draft).flatMap(({ virtual, path }) =>
    located(virtual.netmask, ...path, "netmask"),
  );
  for (const { value, path } of netmasks) {
    const mask = parseIpv4(value);
    const prefix = mask === undefined ? undefined : prefixOfNetmask(mask);
    if (prefix !== undefined && usable(prefix)) continue;
    const bits = /^\/?(\d{1,2})$/.exec(value)?.[1];
    const reason =
      bits !== undefined
        ? "it is the length of a prefix"
        : mask === undefined
          ? "it is not four numbers from 0 to 255"
          : prefix === undefined
            ? "its ones are not contiguous"
            : "it leaves no room for two hosts and a virtual IP in a subnet";
    yield {
      code: "netmask-malformed",
      message: `${show(value)} is not a netmask${prefix === undefined ? "" : " for a pair"}: ${reason}.`,
      fix: bits === undefined ? maskFix : `write \`prefix: ${bits}\` in place of \`netmask\`.`,
      path,
    };
  }
};

export const netmaskAgreesWithPrefix: Rule = function* (draft) {
  for (const { virtual, path } of virtualsOf(draft)) {
    const { netmask, prefix } = virtual;
    const mask = prefixOfMask(virtual);
    if (mask === undefined || !usable(mask) || prefix === undefined || mask === prefix) continue;
    yield {
      code: "netmask-and-prefix-disagree",
      message: `The prefix ${prefix} is the netmask ${formatIpv4(netmaskOfPrefix(prefix))}, and not ${netmask}.`,
      fix: `keep one of the two; ${netmask} is \`prefix: ${mask}\`.`,
      path: [...path, "prefix"],
    };
  }
};

export const addressesAreNotSubnetEnds: Rule = function* (draft) {
  for (const { virtual, index, path: place } of virtualsOf(draft)) {
    const prefix = subnetPrefix(virtual);
    if (prefix === undefined) continue;
    const own = located(virtual.address, ...place, "address");
    const beside =
      index === 0
        ? hostAddresses(draft)
        : networksOf(draft)
            .filter((network) => network.index === index)
            .flatMap((network) =>
              hostsOf(draft)
                .flatMap(({ host, index: at }) => furtherOf(host, at))
                .filter(({ address }) => isIn(address, network)),
            );
    for (const { address, value, path } of ordinary([...beside, ...own])) {
      const network = address === networkOf(address, prefix);
      if (!network && address !== broadcastOf(address, prefix)) continue;
      yield {
        code: network ? "address-is-network" : "address-is-broadcast",
        message: `${value} is the ${network ? "network" : "broadcast"} address of its subnet ${networkWords({ address, prefix })}.`,
        fix: `write an address from ${rangeWords(address, prefix)}.`,
        path,
      };
    }
  }
};

const rangeWords = (address: Ipv4, prefix: number): string =>
  `${formatIpv4(networkOf(address, prefix) + 1)} to ${formatIpv4(broadcastOf(address, prefix) - 1)}`;

/** If both hosts are in one subnet it is the virtual IP that is wrong, else the hosts that are not with it. */
export const addressesShareSubnet: Rule = function* (draft) {
  const network = networksOf(draft).find(({ index }) => index === 0);
  if (network === undefined) return;
  const { address: virtual, prefix } = network;
  const hosts = ordinary(hostAddresses(draft));
  const outside = hosts.filter(({ address }) => !isIn(address, network));
  const why = "The virtual IP moves between the hosts, so all three must be in one subnet.";
  const [first] = outside;
  const together = new Set(outside.map(({ address }) => networkOf(address, prefix))).size === 1;
  if (first !== undefined && outside.length > 1 && outside.length === hosts.length && together) {
    yield {
      code: "virtual-ip-outside-subnet",
      message: `The virtual IP ${network.virtual.value} is outside the hosts' subnet ${networkWords({ address: first.address, prefix })}.`,
      why,
      fix: `write an address from ${rangeWords(first.address, prefix)}, or correct the netmask.`,
      path: network.virtual.path,
    };
    return;
  }
  for (const { value, path } of outside)
    yield {
      code: "host-outside-subnet",
      message: `${value} is outside the virtual IP's subnet ${networkWords(network)}.`,
      why,
      fix: `write an address from ${rangeWords(virtual, prefix)}, or correct the netmask.`,
      path,
    };
};

const overlaps = (networks: readonly Network[]) =>
  networks.flatMap((network, at) => {
    const other = networks.slice(0, at).find((one) => {
      const prefix = Math.min(one.prefix, network.prefix);
      return networkOf(one.address, prefix) === networkOf(network.address, prefix);
    });
    return other === undefined ? [] : [{ network, other }];
  });

/** What is in two networks at once would be answered for by either virtual IP. */
export const networksAreApart: Rule = function* (draft) {
  for (const { network, other } of overlaps(networksOf(draft))) {
    yield {
      code: "networks-overlap",
      message: `${networkWords(network)} and ${networkWords(other)}, the network of ${other.virtual.value}, overlap.`,
      why: "Each node finds xCAT at the virtual IP of its own network, and in one network there is one.",
      fix: "give each network one virtual IP, or correct the netmask.",
      path: network.virtual.path,
    };
  }
};

/** One address in each further network, and none elsewhere. */
export const hostsAreInEachNetwork: Rule = function* (draft) {
  const networks = networksOf(draft);
  const further = networks.filter(({ index }) => index > 0);
  // Where a network is faulty, it is not known what is in it.
  if (networks.length < virtualsOf(draft).length || overlaps(networks).length > 0) return;
  for (const { host, index } of hostsOf(draft)) {
    const taken = new Map<Network, string>();
    for (const { address, value, path } of furtherOf(host, index)) {
      const network = further.find((one) => isIn(address, one));
      const other = network && taken.get(network);
      if (network && other === undefined) {
        taken.set(network, value);
        continue;
      }
      yield {
        code: "host-address-stray",
        message: network
          ? `${value} is in ${networkWords(network)}, in which the host has ${other} already.`
          : `${value} is in no network of a further virtual IP.`,
        fix: "write one address for each item of `virtual` but the first, in whose network `address` is.",
        path,
      };
    }
    const whole = (host.addresses ?? []).every((one) => one?.address !== undefined);
    for (const network of further) {
      if (taken.has(network) || !whole) continue;
      const path = ["hosts", index, ...("addresses" in host ? ["addresses"] : [])];
      yield {
        code: "host-address-missing",
        message: `${host.name ?? "The host"} has no address in ${networkWords(network)}, the network of ${network.virtual.value}.`,
        why: "The virtual IP is held beside an address of the host's own, by which its peer knows it there.",
        fix: `add \`{address: …}\` to the host's \`addresses\`, from ${rangeWords(network.address, network.prefix)}.`,
        path: [...path, network.index],
        frame: { path, part: "value" },
      };
    }
  }
};
