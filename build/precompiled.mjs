import { readdir, readFile } from "node:fs/promises";
import { Ajv } from "ajv";
import standalone from "ajv/dist/standalone/index.js";
import Handlebars from "handlebars";
import { loadSource } from "./source.mjs";

/** In place of `src/model/validator.ts`: the code that ajv makes of the schema, without ajv. */
async function validator() {
  const { modelSchema } = await loadSource("src/model/schema/index.ts");
  const { validatorOptions } = await loadSource("src/model/validator-options.ts");
  const ajv = new Ajv({ ...validatorOptions, code: { source: true, esm: true } });
  return standalone
    .default(ajv, ajv.compile(modelSchema))
    .replace("export default", "export const isModel =");
}

/** In place of `src/render/template-store.ts`: the functions that Handlebars makes of the templates. */
async function templateStore() {
  const { compileOptions } = await loadSource("src/render/compile-options.ts");
  const files = await readdir("templates", { recursive: true });
  const specs = await Promise.all(
    files
      .filter((file) => file.endsWith(".hbs"))
      .sort()
      .map(async (file) => {
        const source = await readFile(`templates/${file}`, "utf8");
        const spec = Handlebars.precompile(source, compileOptions);
        return `${JSON.stringify(file.replace(/\.hbs$/, ""))}: ${spec}`;
      }),
  );
  return `import Handlebars from "handlebars/runtime.js";
const specs = {${specs.join(",\n")}};
export const templatePaths = Object.keys(specs);
export const createEnvironment = Handlebars.create;
export const loadTemplate = (environment, path) => environment.template(specs[path]);
`;
}

/** In place of `src/render/kit-programs.ts`: the texts of the programs. */
async function kitPrograms() {
  const folder = "templates/kit/libexec";
  const names = (await readdir(folder)).sort();
  const programs = await Promise.all(
    names.map(async (name) => ({ name, text: await readFile(`${folder}/${name}`, "utf8") })),
  );
  return `export const kitPrograms = ${JSON.stringify(programs)};`;
}

const replacements = [
  [/src\/model\/validator\.ts$/, validator],
  [/src\/render\/template-store\.ts$/, templateStore],
  [/src\/render\/kit-programs\.ts$/, kitPrograms],
];

/** Gives modules that compile something when they are loaded what comes of it. */
export const precompiled = () => ({
  name: "precompiled",
  setup: (build) => {
    for (const [filter, make] of replacements)
      build.onLoad({ filter }, async () => ({ contents: await make(), resolveDir: "src" }));
  },
});
