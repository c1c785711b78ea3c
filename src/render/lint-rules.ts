import type { RenderedFile } from "./types.js";
import { yamlFile } from "./yaml-file.js";

/**
 * yamllint's default rules, with the values that ansible-lint asks for. Whatever else lies at the top is the user's,
 * such as the model, whose name is not said here: another name must not change this file.
 */
export const lintRules = (paths: readonly string[], header: string): RenderedFile =>
  yamlFile(".yamllint", header, {
    extends: "default",
    ignore: [
      "/*.yml",
      "/*.yaml",
      ...paths.filter((path) => /^[^/]+\.yml$/.test(path)).map((path) => `!/${path}`),
    ],
    rules: {
      braces: { "max-spaces-inside": 1 },
      comments: { "min-spaces-from-content": 1 },
      "comments-indentation": false,
      "line-length": { max: 160 },
      "octal-values": { "forbid-explicit-octal": true, "forbid-implicit-octal": true },
    },
  });
