import { fencingSchema } from "./fencing.js";
import { hostname, ipv4 } from "./patterns.js";

/** What a NIC is for, wherever one is named. */
export const nicDescription =
  "The network interface that holds the virtual IP while the host is active.";

export const hostSchema = {
  title: "Host",
  description: "One of the two management nodes.",
  type: "object",
  additionalProperties: false,
  required: ["name", "address"],
  examples: [{ name: "host1", address: "10.5.106.70" }],
  properties: {
    name: {
      title: "Name",
      description:
        "The host's name in Ansible's inventory, and its hostname if `hostname` is absent.",
      type: "string",
      pattern: hostname,
      examples: ["host1"],
    },
    address: {
      title: "Address",
      description:
        "The host's own IPv4 address, in the virtual IP's subnet. Ansible connects to it, if `ansible_host` is absent.",
      type: "string",
      pattern: ipv4,
      examples: ["10.5.106.70"],
    },
    ansible_host: {
      title: "Connection",
      description:
        "The IPv4 address or name at which Ansible connects, where it is another one, as in a network for administration.",
      type: "string",
      pattern: hostname,
      examples: ["192.168.7.11"],
    },
    addresses: {
      title: "Addresses",
      description:
        "The host's own addresses in the networks of further virtual IPs, one in each; `address` is the one in the first's.",
      type: "array",
      items: {
        title: "Further address",
        description: "The host's own address in one more network.",
        type: "object",
        additionalProperties: false,
        required: ["address"],
        examples: [{ address: "10.20.0.70" }],
        properties: {
          address: {
            title: "Address",
            description: "An IPv4 address in the subnet of one of the further virtual IPs.",
            type: "string",
            pattern: ipv4,
            examples: ["10.20.0.70"],
          },
          nic: {
            title: "NIC",
            description: `${nicDescription} Default: that of the virtual IP.`,
            type: "string",
            examples: ["ib0"],
          },
        },
      },
      examples: [[{ address: "10.20.0.70" }]],
    },
    nic: {
      title: "NIC",
      description: `${nicDescription} Default: that of \`virtual\`.`,
      type: "string",
      examples: ["eth0"],
    },
    hostname: {
      title: "Hostname",
      description: "The host's own hostname while it is standby. Default: its name.",
      type: "string",
      pattern: hostname,
      examples: ["mn1.cluster.internal"],
    },
    user: {
      title: "User",
      description: "The login that Ansible uses.",
      type: "string",
      default: "root",
      examples: ["root"],
    },
    port: {
      title: "Port",
      description: "The TCP port of the host's ssh server.",
      type: "integer",
      minimum: 1,
      maximum: 65535,
      default: 22,
      examples: [22],
    },
    become: {
      title: "Become root",
      description: "Whether Ansible becomes root after login. Default: if `user` is not root.",
      type: "boolean",
      examples: [true],
    },
    fencing: fencingSchema,
  },
} as const;
