export const userServiceSchema = {
  title: "Service",
  description: "A service of your own that runs on the active host alone.",
  type: "object",
  additionalProperties: false,
  required: ["unit"],
  properties: {
    unit: {
      title: "Unit",
      description: "The systemd service, without `.service`.",
      type: "string",
      examples: ["slurmctld"],
    },
    place: {
      title: "Place",
      description: "When it starts: before the database and xCAT, or after all of xCAT's services.",
      type: "string",
      enum: ["before-xcat", "after-xcat"],
      default: "after-xcat",
    },
  },
} as const;
