import { absolute } from "./patterns.js";

export const backupSchema = {
  title: "Backup",
  description: "A nightly dump of xCAT's tables, made by whichever host is active.",
  type: "object",
  additionalProperties: false,
  required: ["path"],
  examples: [{ path: "/var/backups/xcat" }],
  properties: {
    path: {
      title: "Path",
      description: "Where the dumps are kept, on each host; not on the shared data.",
      type: "string",
      pattern: absolute,
      examples: ["/var/backups/xcat"],
    },
    keep: {
      title: "Keep",
      description: "For how many days a dump is kept.",
      type: "integer",
      minimum: 1,
      maximum: 3650,
      default: 14,
      examples: [14],
    },
    time: {
      title: "Time",
      description: "When the dump is made, by the host's clock.",
      type: "string",
      pattern: "^([01][0-9]|2[0-3]):[0-5][0-9]$",
      default: "02:30",
      examples: ["02:30"],
    },
  },
} as const;
