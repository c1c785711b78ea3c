import { nicDescription } from "./host.js";
import { hostname, ipv4 } from "./patterns.js";

const address = {
  title: "Address",
  description: "The virtual IP: an IPv4 address that no machine has.",
  type: "string",
  pattern: ipv4,
  examples: ["10.5.106.50"],
} as const;

const netmask = {
  title: "Netmask",
  description: "The netmask of the subnet that both hosts and the virtual IP are in.",
  type: "string",
  pattern: ipv4,
  examples: ["255.255.255.0"],
} as const;

const prefix = {
  title: "Prefix length",
  description: "The length of the subnet's prefix in bits, in place of `netmask`.",
  type: "integer",
  minimum: 1,
  maximum: 30,
  examples: [24],
} as const;

const nic = {
  title: "NIC",
  description: nicDescription,
  type: "string",
  examples: ["eth0"],
} as const;

const oneSchema = {
  type: "object",
  additionalProperties: false,
  required: ["address", "nic", "hostname"],
  examples: [{ address: "10.5.106.50", netmask: "255.255.255.0", nic: "eth0", hostname: "hamn" }],
  anyOf: [{ required: ["netmask"] }, { required: ["prefix"] }],
  properties: {
    address,
    netmask,
    prefix,
    nic,
    hostname: {
      title: "Hostname",
      description: "The hostname of whichever host is active; xCAT's certificates bear it.",
      type: "string",
      pattern: hostname,
      examples: ["hamn"],
    },
  },
} as const;

const listSchema = {
  type: "array",
  minItems: 1,
  maxItems: 8,
  items: {
    title: "Virtual IP of a network",
    description: "One network that the pair serves, and the address at which its nodes find xCAT.",
    type: "object",
    additionalProperties: false,
    required: ["address", "nic"],
    examples: [{ address: "10.20.0.50", prefix: 24, nic: "ib0" }],
    anyOf: [{ required: ["netmask"] }, { required: ["prefix"] }],
    properties: {
      address,
      netmask,
      prefix,
      nic,
      hostname: {
        title: "Hostname",
        description:
          "Of the first: the hostname of whichever host is active. Of a further one: the name of its address. Default: the first's with the NIC, as in hamn-ib0.",
        type: "string",
        pattern: hostname,
        examples: ["hamn-ib0"],
      },
    },
  },
} as const;

export const virtualSchema = {
  title: "Virtual IP",
  description:
    "The address and hostname under which clients find xCAT, whichever host is active. A list has one for each network that the pair serves; the first is the pair's identity.",
  examples: [{ address: "10.5.106.50", netmask: "255.255.255.0", nic: "eth0", hostname: "hamn" }],
  if: { type: "array" },
  // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
  then: listSchema,
  else: oneSchema,
} as const;
