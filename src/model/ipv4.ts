/** An IPv4 address as a number from 0 to 2³²-1. */
export type Ipv4 = number;

const all = 2 ** 32;

/** Reads dotted decimal. Undefined unless it is four numbers from 0 to 255 without leading zeros (which some programs read as octal). */
export function parseIpv4(text: string): Ipv4 | undefined {
  const parts = text.split(".");
  if (parts.length !== 4) return undefined;
  let value = 0;
  for (const part of parts) {
    if (!/^(0|[1-9][0-9]{0,2})$/.test(part) || Number(part) > 255) return undefined;
    value = value * 256 + Number(part);
  }
  return value;
}

export const formatIpv4 = (address: Ipv4): string =>
  [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join(".");

/** Length of the prefix of a netmask, 0 to 32; undefined if its ones are not contiguous. */
export function prefixOfNetmask(netmask: Ipv4): number | undefined {
  const hosts = all - netmask;
  const bits = Math.log2(hosts);
  return Number.isInteger(bits) ? 32 - bits : undefined;
}

/** The netmask of a prefix of 0 to 32 bits. */
export const netmaskOfPrefix = (prefix: number): Ipv4 => all - 2 ** (32 - prefix);

/** The first address of the subnet. */
export const networkOf = (address: Ipv4, prefix: number): Ipv4 =>
  address - (address % 2 ** (32 - prefix));

/** The last address of the subnet. */
export const broadcastOf = (address: Ipv4, prefix: number): Ipv4 =>
  networkOf(address, prefix) + 2 ** (32 - prefix) - 1;

/** Whether two addresses, as text, are in one subnet. */
export const inSubnet = (one: string, other: string, prefix: number): boolean =>
  networkOf(parseIpv4(one) ?? -1, prefix) === networkOf(parseIpv4(other) ?? -1, prefix);

const ranges: readonly (readonly [string, number, string])[] = [
  ["0.0.0.0", 8, 'an address of "this network"'],
  ["127.0.0.0", 8, "a loopback address"],
  ["169.254.0.0", 16, "a link-local address"],
  ["224.0.0.0", 4, "a multicast address"],
  ["240.0.0.0", 4, "a reserved address"],
];

/** What is special about an address that no host can have as its own (RFC 6890); undefined for ordinary ones. */
export const specialUse = (address: Ipv4): string | undefined =>
  ranges.find(([base, prefix]) => networkOf(address, prefix) === parseIpv4(base))?.[2];
