import { nicDescription } from "./host.js";
import { hostname, ipv4 } from "./patterns.js";

export const virtualSchema = {
  title: "Virtual IP",
  description: "The address and hostname under which clients find xCAT, whichever host is active.",
  type: "object",
  additionalProperties: false,
  required: ["address", "nic", "hostname"],
  examples: [{ address: "10.5.106.50", netmask: "255.255.255.0", nic: "eth0", hostname: "hamn" }],
  anyOf: [{ required: ["netmask"] }, { required: ["prefix"] }],
  properties: {
    address: {
      title: "Address",
      description: "The virtual IP: an IPv4 address that no machine has.",
      type: "string",
      pattern: ipv4,
      examples: ["10.5.106.50"],
    },
    netmask: {
      title: "Netmask",
      description: "The netmask of the subnet that both hosts and the virtual IP are in.",
      type: "string",
      pattern: ipv4,
      examples: ["255.255.255.0"],
    },
    prefix: {
      title: "Prefix length",
      description: "The length of the subnet's prefix in bits, in place of `netmask`.",
      type: "integer",
      minimum: 1,
      maximum: 30,
      examples: [24],
    },
    nic: { title: "NIC", description: nicDescription, type: "string", examples: ["eth0"] },
    hostname: {
      title: "Hostname",
      description: "The hostname of whichever host is active; xCAT's certificates bear it.",
      type: "string",
      pattern: hostname,
      examples: ["hamn"],
    },
  },
} as const;
