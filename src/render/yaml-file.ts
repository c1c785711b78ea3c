import { Document, visit } from "yaml";
import type { RenderedFile } from "./types.js";

/** A data file: an object written by `yaml`, with every string value quoted. */
export const yamlFile = (path: string, header: string, value: object): RenderedFile => {
  const document = new Document(value, { aliasDuplicateObjects: false, compat: "yaml-1.1" });
  visit(document, {
    Scalar(key, node) {
      if (key !== "key" && typeof node.value === "string") node.type = "QUOTE_DOUBLE";
    },
  });
  return { path, text: `${header}---\n${document.toString({ lineWidth: 0 })}` };
};
