import { readdir, readFile } from "node:fs/promises";

const packageOf = (input) => /^node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(input)?.[1];

/** The licences of the packages that a bundle is made of. */
export async function licenses(inputs) {
  const names = [...new Set(inputs.map(packageOf).filter(Boolean))].sort();
  const texts = await Promise.all(
    names.map(async (name) => {
      const folder = `node_modules/${name}`;
      const file = (await readdir(folder)).find((one) => /^licen[cs]e/i.test(one));
      if (file === undefined) throw new Error(`${name} has no licence`);
      return `${name}\n\n${(await readFile(`${folder}/${file}`, "utf8")).trim()}\n`;
    }),
  );
  return texts.join(`\n${"-".repeat(80)}\n\n`);
}
