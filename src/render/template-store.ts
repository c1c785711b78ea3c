import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import Handlebars from "handlebars";
import { compileOptions } from "./compile-options.js";

// Replaced when the package is built, by functions made of the templates: see `build/precompiled.mjs`.

const folder = fileURLToPath(new URL("../../templates", import.meta.url));

/** Of each template, its path below `templates`, without `.hbs`. */
export const templatePaths: readonly string[] = readdirSync(folder, {
  recursive: true,
  encoding: "utf8",
})
  .filter((path) => path.endsWith(".hbs"))
  .map((path) => path.replace(/\.hbs$/, ""))
  .sort();

export type Environment = typeof Handlebars;

export const createEnvironment = (): Environment => Handlebars.create();

export const loadTemplate = (
  environment: Environment,
  path: string,
): ReturnType<Environment["compile"]> =>
  environment.compile(readFileSync(join(folder, `${path}.hbs`), "utf8"), compileOptions);
