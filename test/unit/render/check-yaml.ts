import { parseDocument } from "yaml";
import type { RenderedFile } from "../../../src/render/types.js";

const read = (file: RenderedFile, version: "1.1" | "1.2"): string => {
  const document = parseDocument(file.text, { version, prettyErrors: true });
  const [error] = document.errors;
  if (error) throw new Error(`${file.path} is no YAML ${version}: ${error.message}`);
  return JSON.stringify(document.toJS({ maxAliasCount: 0 }));
};

/** Throws unless YAML 1.1, which Ansible reads, and YAML 1.2 read the file alike. */
export const checkYaml = (file: RenderedFile): void => {
  if (!file.path.endsWith(".yml")) return;
  if (read(file, "1.1") !== read(file, "1.2")) {
    throw new Error(`${file.path} means one thing in YAML 1.1 and another in 1.2`);
  }
};
