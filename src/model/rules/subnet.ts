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
import { allAddresses, hostAddresses, located, type Rule } from "./rule.js";

const maskFix =
  "write the netmask of the subnet both hosts are in, e.g. 255.255.255.0, or `prefix: 24`.";

const usable = (prefix: number): boolean => prefix >= 1 && prefix <= 30;

function prefixOfMask(draft: Draft): number | undefined {
  const netmask = draft.virtual?.netmask;
  const mask = netmask === undefined ? undefined : parseIpv4(netmask);
  return mask === undefined ? undefined : prefixOfNetmask(mask);
}

/** The subnet's prefix; undefined if it is absent, faulty or contradictory. */
function subnetPrefix(draft: Draft): number | undefined {
  const { netmask, prefix } = draft.virtual ?? {};
  const mask = prefixOfMask(draft);
  if (netmask !== undefined && prefix !== undefined && mask !== prefix) return undefined;
  const found = netmask === undefined ? prefix : mask;
  return found !== undefined && usable(found) ? found : undefined;
}

/** A key whose value was refused is there, with the value undefined: a faulty netmask is not a missing one. */
export const netmaskOrPrefixIsPresent: Rule = function* (draft) {
  if (draft.virtual === undefined) return;
  if ("netmask" in draft.virtual || "prefix" in draft.virtual) return;
  yield {
    code: "key-missing",
    message: "`netmask` is missing.",
    fix: "add the netmask of the subnet both hosts are in, e.g. `netmask: 255.255.255.0`, or `prefix: 24`.",
    path: ["virtual", "netmask"],
    frame: { path: ["virtual"], part: "key" },
  };
};

export const netmaskIsContiguous: Rule = function* (draft) {
  for (const { value, path } of located(draft.virtual?.netmask, "virtual", "netmask")) {
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
  const { netmask, prefix } = draft.virtual ?? {};
  const mask = prefixOfMask(draft);
  if (mask === undefined || !usable(mask) || prefix === undefined || mask === prefix) return;
  yield {
    code: "netmask-and-prefix-disagree",
    message: `The prefix ${prefix} is the netmask ${formatIpv4(netmaskOfPrefix(prefix))}, and not ${netmask}.`,
    fix: `keep one of the two; ${netmask} is \`prefix: ${mask}\`.`,
    path: ["virtual", "prefix"],
  };
};

export const addressesAreNotSubnetEnds: Rule = function* (draft) {
  const prefix = subnetPrefix(draft);
  if (prefix === undefined) return;
  for (const { value, path } of allAddresses(draft)) {
    const address = parseIpv4(value);
    if (address === undefined || specialUse(address) !== undefined) continue;
    const network = address === networkOf(address, prefix);
    if (!network && address !== broadcastOf(address, prefix)) continue;
    yield {
      code: network ? "address-is-network" : "address-is-broadcast",
      message: `${value} is the ${network ? "network" : "broadcast"} address of its subnet ${formatIpv4(networkOf(address, prefix))}/${prefix}.`,
      fix: `write an address from ${rangeWords(address, prefix)}.`,
      path,
    };
  }
};

const rangeWords = (address: Ipv4, prefix: number): string =>
  `${formatIpv4(networkOf(address, prefix) + 1)} to ${formatIpv4(broadcastOf(address, prefix) - 1)}`;

/** If both hosts are in one subnet it is the virtual IP that is wrong, else the hosts that are not with it. */
export const addressesShareSubnet: Rule = function* (draft) {
  const prefix = subnetPrefix(draft);
  const virtual = parseIpv4(draft.virtual?.address ?? "");
  if (prefix === undefined || virtual === undefined || specialUse(virtual) !== undefined) return;
  const hosts = hostAddresses(draft).flatMap(({ value, path }) => {
    const address = parseIpv4(value);
    const ordinary = address !== undefined && specialUse(address) === undefined;
    return ordinary ? [{ address, value, path }] : [];
  });
  const outside = hosts.filter(
    (host) => networkOf(host.address, prefix) !== networkOf(virtual, prefix),
  );
  const why = "The virtual IP moves between the hosts, so all three must be in one subnet.";
  const [first] = outside;
  const together = new Set(outside.map(({ address }) => networkOf(address, prefix))).size === 1;
  if (first !== undefined && outside.length > 1 && outside.length === hosts.length && together) {
    yield {
      code: "virtual-ip-outside-subnet",
      message: `The virtual IP ${draft.virtual?.address} is outside the hosts' subnet ${formatIpv4(networkOf(first.address, prefix))}/${prefix}.`,
      why,
      fix: `write an address from ${rangeWords(first.address, prefix)}, or correct the netmask.`,
      path: ["virtual", "address"],
    };
    return;
  }
  for (const { value, path } of outside)
    yield {
      code: "host-outside-subnet",
      message: `${value} is outside the virtual IP's subnet ${formatIpv4(networkOf(virtual, prefix))}/${prefix}.`,
      why,
      fix: `write an address from ${rangeWords(virtual, prefix)}, or correct the netmask.`,
      path,
    };
};
