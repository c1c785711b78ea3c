import { describe, expect, test } from "vitest";
import {
  broadcastOf,
  formatIpv4,
  netmaskOfPrefix,
  networkOf,
  parseIpv4,
  prefixOfNetmask,
  specialUse,
} from "../../../src/model/ipv4.js";

const parse = (text: string): number => {
  const address = parseIpv4(text);
  if (address === undefined) throw new Error(`${text} is no address`);
  return address;
};

describe("parseIpv4", () => {
  test.each(["0.0.0.0", "10.5.106.70", "255.255.255.255", "192.168.0.1"])("reads %s", (text) => {
    expect(formatIpv4(parse(text))).toBe(text);
  });
  test.each([
    "",
    "1",
    "1.2.3",
    "1.2.3.4.5",
    "256.1.1.1",
    "1.2.3.256",
    "01.2.3.4",
    "1.2.3.04",
    "00.0.0.0",
    "1.2.3.-4",
    "1.2.3.4 ",
    " 1.2.3.4",
    "1.2.3.4\n",
    "1.2.3.",
    ".1.2.3",
    "0x1.2.3.4",
    "1e1.2.3.4",
    "١.2.3.4",
    "::1",
  ])("refuses %j", (text) => {
    expect(parseIpv4(text)).toBeUndefined();
  });
});

describe("netmasks and prefixes", () => {
  test("are each other's inverse from 0 to 32", () => {
    for (let prefix = 0; prefix <= 32; prefix++)
      expect(prefixOfNetmask(netmaskOfPrefix(prefix))).toBe(prefix);
  });
  test.each([
    [24, "255.255.255.0"],
    [1, "128.0.0.0"],
    [30, "255.255.255.252"],
    [0, "0.0.0.0"],
    [32, "255.255.255.255"],
  ])("/%i is %s", (prefix, netmask) => {
    expect(formatIpv4(netmaskOfPrefix(prefix))).toBe(netmask);
  });
  test.each(["255.255.255.1", "255.0.255.0", "0.0.0.255", "1.0.0.0", "254.255.0.0", "127.0.0.0"])(
    "%s is not contiguous",
    (netmask) => {
      expect(prefixOfNetmask(parse(netmask))).toBeUndefined();
    },
  );
});

describe("subnets", () => {
  test.each([
    ["10.5.106.70", 24, "10.5.106.0", "10.5.106.255"],
    ["10.5.106.70", 30, "10.5.106.68", "10.5.106.71"],
    ["10.5.106.70", 1, "0.0.0.0", "127.255.255.255"],
    ["200.1.2.3", 1, "128.0.0.0", "255.255.255.255"],
    ["172.16.31.255", 20, "172.16.16.0", "172.16.31.255"],
  ])("%s/%i is from %s to %s", (address, prefix, network, broadcast) => {
    expect(formatIpv4(networkOf(parse(address), prefix))).toBe(network);
    expect(formatIpv4(broadcastOf(parse(address), prefix))).toBe(broadcast);
  });
});

describe("special uses", () => {
  test.each([
    "0.0.0.0",
    "0.1.2.3",
    "127.0.0.1",
    "169.254.1.1",
    "224.0.0.1",
    "239.255.255.255",
    "240.0.0.1",
    "255.255.255.255",
  ])("%s is no host's", (text) => {
    expect(specialUse(parse(text))).toBeDefined();
  });
  test.each([
    "1.0.0.1",
    "10.0.0.1",
    "126.255.255.255",
    "128.0.0.1",
    "169.253.1.1",
    "192.168.1.1",
    "223.255.255.254",
  ])("%s is ordinary", (text) => {
    expect(specialUse(parse(text))).toBeUndefined();
  });
});
