import { platformNames } from "../types.js";
import { backupSchema } from "./backup.js";
import { hostSchema } from "./host.js";
import { namesSchema } from "./kept-names.js";
import { userServiceSchema } from "./service.js";
import { sharedSchema } from "./shared.js";
import { timeoutsSchema } from "./timeouts.js";
import { virtualSchema } from "./virtual.js";
import { xcatSchema } from "./xcat.js";

const platformSchema = {
  title: "Platform",
  description: "The Linux distribution of both hosts, with its major version.",
  type: "string",
  enum: platformNames,
  examples: ["el9"],
} as const;

const whether = (title: string, description: string) =>
  ({ title, description, type: "boolean", default: true, examples: [true] }) as const;

/** The model's contract, for editors, for `xcatha schema` and for our own validation. */
export const modelSchema = {
  $schema: "http://json-schema.org/draft-07/schema#",
  $id: "urn:xcatha:schema:model",
  title: "xcatha model",
  description: "A pair of xCAT management nodes, one active and one standby.",
  type: "object",
  additionalProperties: false,
  required: ["platform", "hosts", "virtual", "shared"],
  // As known from other tools: a place for anchors.
  patternProperties: { "^x-": true },
  properties: {
    name: {
      title: "Name",
      description:
        "The pair's name, also its Ansible group. Default: the first label of the virtual hostname.",
      type: "string",
      pattern: "^[a-z_][a-z0-9_]*$",
      examples: ["hamn"],
    },
    platform: platformSchema,
    hosts: {
      title: "Hosts",
      description: "The two hosts of the pair. The first is the one that setup makes active.",
      type: "array",
      minItems: 2,
      maxItems: 2,
      items: hostSchema,
      examples: [
        [
          { name: "host1", address: "10.5.106.70" },
          { name: "host2", address: "10.5.106.5" },
        ],
      ],
    },
    virtual: virtualSchema,
    shared: sharedSchema,
    database: {
      title: "Database",
      description: "What xCAT keeps its tables in. `mysql` is another word for `mariadb`.",
      type: "string",
      enum: ["postgresql", "mariadb", "mysql", "sqlite"],
      default: "postgresql",
    },
    console: {
      title: "Console server",
      description: "What logs and serves the nodes' consoles. Default: the platform's.",
      type: "string",
      enum: ["goconserver", "conserver", "none"],
    },
    dhcp: {
      title: "DHCP server",
      description: "What answers DHCP for xCAT. Default: the platform's.",
      type: "string",
      enum: ["isc", "kea", "none"],
    },
    dns: whether("DNS", "Whether the active host serves DNS for xCAT."),
    ntp: {
      title: "Clock",
      description: "What keeps the clock of both hosts right.",
      type: "string",
      enum: ["chrony", "none"],
      default: "chrony",
    },
    nfs: whether("NFS", "Whether the active host exports the shared directories over NFS."),
    http: whether("HTTP", "Whether the active host serves the shared directories over HTTP."),
    tftp: whether("TFTP", "Whether the active host serves boot files over TFTP."),
    site: {
      title: "Site",
      description: "What holds for the whole cluster.",
      type: "object",
      additionalProperties: false,
      properties: {
        domain: {
          title: "Domain",
          description:
            "The cluster's DNS domain. Default: that of the virtual hostname, else of a host's hostname, else cluster.internal.",
          type: "string",
          examples: ["cluster.internal"],
        },
      },
    },
    names: namesSchema,
    xcat: xcatSchema,
    hostname: {
      title: "Hostname",
      description: "What happens to the hostname.",
      type: "object",
      additionalProperties: false,
      properties: {
        change: whether("Change", "Whether the active host bears the virtual hostname."),
      },
    },
    services: {
      title: "Services",
      description: "Services of your own that run on the active host alone.",
      type: "array",
      items: userServiceSchema,
      examples: [[{ unit: "slurmctld" }]],
    },
    backup: backupSchema,
    timeouts: timeoutsSchema,
  },
} as const;

/** The schema as JSON text, as published for editors. */
export const schemaText = (): string => `${JSON.stringify(modelSchema, null, 2)}\n`;
