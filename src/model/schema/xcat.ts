import { urlOrPath } from "./patterns.js";

const xcatSourceSchema = {
  title: "Source",
  description:
    "How xCAT comes onto a host where it is missing: `packages` of a repository that the host has configured, or the go-xcat script.",
  if: { type: "object" },
  // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
  then: {
    type: "object",
    additionalProperties: false,
    required: ["script"],
    properties: {
      script: {
        title: "Script",
        description: "go-xcat: a URL, or an absolute path on the control machine.",
        type: "string",
        pattern: urlOrPath,
        examples: ["/srv/xcat/go-xcat"],
      },
      core: {
        title: "Core",
        description: "The repository of xcat-core: a URL, or an absolute path.",
        type: "string",
        pattern: urlOrPath,
        examples: ["https://mirror.example.com/xcat-core"],
      },
      dep: {
        title: "Dependencies",
        description: "The repository of xcat-dep: a URL, or an absolute path.",
        type: "string",
        pattern: urlOrPath,
        examples: ["https://mirror.example.com/xcat-dep"],
      },
    },
  },
  else: { type: "string", enum: ["packages"], $comment: ", or a mapping with `script`" },
} as const;

export const xcatSchema = {
  title: "xCAT",
  description: "Which xCAT is installed where it is missing, and from where.",
  type: "object",
  additionalProperties: false,
  properties: {
    version: {
      title: "Version",
      description: "The version of xCAT to install.",
      type: "string",
      pattern: "^[0-9]+(\\.[0-9]+){1,2}$",
      default: "2.18.2",
      examples: ["2.18.2"],
    },
    source: xcatSourceSchema,
  },
} as const;
