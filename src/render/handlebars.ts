import { basename } from "node:path";
import { stringify } from "yaml";
import { createEnvironment, loadTemplate, templatePaths } from "./template-store.js";

const bareWord = /^[\w@%+:,./<>~-]+$/;

/** A value as one YAML scalar on one line; strings are always quoted. */
export const yamlScalar = (value: unknown): string =>
  stringify(value, {
    compat: "yaml-1.1",
    lineWidth: 0,
    defaultStringType: "QUOTE_DOUBLE",
    defaultKeyType: "PLAIN",
  }).trimEnd();

/** A value that needs no quotes, in the shell as in YAML. */
export const bareName = (value: unknown): string => {
  const text = String(value);
  if (!bareWord.test(text)) throw new Error(`"${text}" is no bare word`);
  return text;
};

/** Rendered tasks, as they are. */
const renderedText = (value: unknown): string => String(value);

const helpers = { yaml: yamlScalar, name: bareName, text: renderedText };

/** Helpers that templates may use besides Handlebars' own `if`, `unless` and `each`. */
export const helperNames: readonly string[] = Object.keys(helpers);

export type Template = (data: object) => string;

/**
 * Loads templates on demand, in an environment of their own: partials keep the options of the environment that loads
 * them.
 */
export const createEngine = (): ((path: string) => Template) => {
  const environment = createEnvironment();
  for (const [name, helper] of Object.entries(helpers)) environment.registerHelper(name, helper);
  for (const path of templatePaths.filter((one) => one.startsWith("partials/")))
    environment.registerPartial(basename(path), loadTemplate(environment, path));
  const loaded = new Map<string, Template>();
  return (path) => {
    const known = loaded.get(path);
    if (known) return known;
    const template = loadTemplate(environment, path);
    loaded.set(path, template);
    return template;
  };
};
