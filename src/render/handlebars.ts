import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import Handlebars from "handlebars";
import { stringify } from "yaml";

/** Where the templates are, in the checkout as in the package. */
const templatesFolder = fileURLToPath(new URL("../../templates", import.meta.url));

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

const compileOptions: CompileOptions = {
  strict: true,
  noEscape: true,
  knownHelpersOnly: true,
  knownHelpers: { yaml: true, name: true, text: true },
  preventIndent: false,
};

const readTemplate = (path: string): string => readFileSync(join(templatesFolder, path), "utf8");

/**
 * Compiles templates on demand, in an environment of their own: partials keep the options of the
 * environment that compiles them.
 */
export const createEngine = (): ((path: string) => Template) => {
  const environment = Handlebars.create();
  for (const [name, helper] of Object.entries(helpers)) environment.registerHelper(name, helper);
  for (const file of readdirSync(join(templatesFolder, "partials")).sort()) {
    const source = readTemplate(`partials/${file}`);
    environment.registerPartial(
      basename(file, ".hbs"),
      environment.compile(source, compileOptions),
    );
  }
  const compiled = new Map<string, Template>();
  return (path) => {
    const known = compiled.get(path);
    if (known) return known;
    const template = environment.compile(readTemplate(`${path}.hbs`), compileOptions);
    compiled.set(path, template);
    return template;
  };
};
