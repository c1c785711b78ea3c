import { show } from "../../diagnostic/show.js";
import { parseIpv4, specialUse } from "../ipv4.js";
import { allAddresses, ownAddresses, type Rule, virtualAddresses } from "./rule.js";

export const addressesAreIpv4: Rule = function* (draft) {
  for (const { value, path } of allAddresses(draft)) {
    if (parseIpv4(value) !== undefined) continue;
    const zero = /(^|\.)0[0-9]/.test(value);
    yield {
      code: "address-malformed",
      message: `${show(value)} is not an IPv4 address${zero ? ": a number begins with 0" : ""}.`,
      ...(zero && { why: "Some programs would read such a number as octal." }),
      fix: "write four numbers from 0 to 255 with dots between, e.g. 10.5.106.50.",
      path,
    };
  }
};

export const addressesAreOrdinary: Rule = function* (draft) {
  for (const { value, path } of allAddresses(draft)) {
    const address = parseIpv4(value);
    const special = address === undefined ? undefined : specialUse(address);
    if (special === undefined) continue;
    yield {
      code: "address-special",
      message: `${value} is ${special}, which no host can be reached at.`,
      fix: "write an address of the subnet that both hosts are in.",
      path,
    };
  }
};

export const hostAddressesDiffer: Rule = function* (draft) {
  const seen = new Map<number, unknown>();
  for (const { value, path } of ownAddresses(draft)) {
    const address = parseIpv4(value);
    if (address === undefined) continue;
    if (seen.has(address))
      yield {
        code: "host-addresses-equal",
        message:
          seen.get(address) === path[1]
            ? `The host has the address ${value} already.`
            : `Both hosts have the address ${value}.`,
        fix: "give each host its own address; the one that moves stands under `virtual`.",
        path,
      };
    seen.set(address, path[1]);
  }
};

export const virtualDiffersFromHosts: Rule = function* (draft) {
  for (const { value, path } of virtualAddresses(draft)) {
    if (parseIpv4(value) === undefined) continue;
    if (!ownAddresses(draft).some((own) => own.value === value)) continue;
    yield {
      code: "virtual-ip-is-host",
      message: `The virtual IP ${value} is a host's own address.`,
      why: "It moves from host to host, while each host keeps its own address.",
      fix: "write an address of the subnet that no machine has.",
      path,
    };
  }
};
