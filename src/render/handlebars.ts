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

/** Characters of a list that leave room for a key and its indentation in the longest line that yamllint allows, 160. */
const longestList = 130;

/** What follows a key whose value is a list: on its line where it fits, else an item a line, indented by so many blanks. */
export const yamlList = (value: readonly unknown[], indent: number): string => {
  const items = value.map(yamlScalar);
  const line = ` [${items.join(", ")}]`;
  return line.length <= longestList
    ? line
    : items.map((item) => `\n${" ".repeat(indent)}- ${item}`).join("");
};

/** Rendered tasks, as they are. */
const renderedText = (value: unknown): string => String(value);

const helpers = { yaml: yamlScalar, name: bareName, text: renderedText, list: yamlList };

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
