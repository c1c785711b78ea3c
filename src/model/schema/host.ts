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
        "The host's own IPv4 address, in the virtual IP's subnet; Ansible connects to it.",
      type: "string",
      pattern: ipv4,
      examples: ["10.5.106.70"],
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
