// The contract of `--json`: keys may be added, none is renamed or taken away between minor versions.

const text = { type: "string" } as const;
const paths = { type: "array", items: text } as const;

const object = <P extends object>(properties: P, required: readonly (keyof P & string)[]) =>
  ({ type: "object", additionalProperties: false, required, properties }) as const;

const diagnostic = {
  description: "What is wrong with the input or the output, and what to do about it.",
  ...object(
    {
      code: { ...text, description: "Stable name of what is wrong, in kebab case." },
      severity: { enum: ["error", "warning"] },
      message: text,
      why: text,
      fix: text,
      file: { ...text, description: "As the command line names it; - is standard input." },
      line: { type: "integer", minimum: 1 },
      column: { type: "integer", minimum: 1, description: "In UTF-16 code units." },
      length: { type: "integer", minimum: 1, description: "In UTF-16 code units." },
      pointer: { ...text, description: "JSON pointer into the model." },
    },
    ["code", "severity", "message", "fix", "file"],
  ),
};

const diagnostics = { type: "array", items: { $ref: "#/definitions/diagnostic" } } as const;

const pair = object({ name: text, platform: text, hosts: paths, database: text }, [
  "name",
  "platform",
  "hosts",
  "database",
]);

const output = {
  description: "What was done in a model's output folder; paths of files are relative to it.",
  ...object(
    {
      mode: { enum: ["write", "check", "dry-run"] },
      out: { ...text, description: "The output folder." },
      diagnostics,
      written: { type: "boolean" },
      created: paths,
      updated: paths,
      removed: paths,
      unchanged: paths,
      saved: {
        description: "What --force replaced, and the name under which it is kept.",
        type: "array",
        items: object({ path: text, as: text }, ["path", "as"]),
      },
      diff: { ...text, description: "Of --dry-run: a unified diff." },
      upToDate: { type: "boolean", description: "Of --check." },
      stale: {
        description: "Of --check: each path that is not what would be generated, and why.",
        type: "array",
        items: object({ path: text, why: text }, ["path", "why"]),
      },
    },
    ["mode", "out", "diagnostics"],
  ),
};

const model = {
  ...object(
    {
      file: { ...text, description: "As the command line names it; - is standard input." },
      right: { type: "boolean", description: "Whether the model has no error." },
      pair: { oneOf: [pair, { type: "null" }] },
      diagnostics,
      output,
    },
    ["file", "right", "pair", "diagnostics"],
  ),
};

const documentOf = (command: string, properties: object) => ({
  type: "object",
  required: ["xcatha", "command", "exit", ...Object.keys(properties)],
  additionalProperties: false,
  properties: {
    xcatha: { ...text, description: "The version of xcatha." },
    command: { const: command },
    exit: { enum: [0, 1], description: "The exit code of the command." },
    ...properties,
  },
});

/** An object of which every property is there. */
const whole = <P extends object>(properties: P) =>
  object(properties, Object.keys(properties) as (keyof P & string)[]);

const seconds = { type: "number", minimum: 0, description: "In seconds." };

const commands = {
  type: "object",
  additionalProperties: paths,
  description: "By host, as they would be typed there.",
};

const unit = whole({
  unit: { ...text, description: "The systemd unit that is started or stopped." },
  makes: { ...text, description: "What is true of the host while it runs." },
  limit: seconds,
  commands,
});

const act = whole({
  role: text,
  stage: { ...text, description: "The file of tasks, without .yml." },
  stageTitle: text,
  id: text,
  title: { ...text, description: "The task's name." },
  effect: text,
  undo: {
    type: ["string", "null"],
    description: "How it is taken back; null: there is nothing to.",
  },
  limit: seconds,
  onFault: { enum: ["abort", "note"] },
  refusal: {
    description: "What its failure means, and what to do; null: it is no check that refuses.",
    oneOf: [{ type: "null" }, whole({ means: text, mend: text })],
  },
  units: { type: "array", items: unit },
  commands,
});

const procedure = whole({
  name: text,
  summary: text,
  command: text,
  usualSeconds: { type: "number", description: "Measured in the lab." },
  longestSeconds: { ...seconds, description: "When every wait runs to its limit." },
  worstSeconds: { ...seconds, description: "Likewise, when it fails at the last." },
  phases: {
    type: "array",
    items: whole({
      title: text,
      hosts: paths,
      afterFailure: { type: "boolean", description: "Whether it is done only after a failure." },
      acts: { type: "array", items: act },
      undo: { type: "array", items: act },
    }),
  },
});

/** What `--json` prints, by command. */
export const reportSchema = {
  $schema: "http://json-schema.org/draft-07/schema#",
  $id: "urn:xcatha:schema:report",
  title: "xcatha report",
  description: "The document that a command prints with --json.",
  definitions: { diagnostic },
  oneOf: [
    documentOf("validate", { models: { type: "array", items: model } }),
    documentOf("generate", { models: { type: "array", items: model } }),
    documentOf("explain", { model, procedures: { type: "array", items: procedure } }),
    documentOf("explain", { code: text, what: text, why: text, mend: text, example: text }),
  ],
};
