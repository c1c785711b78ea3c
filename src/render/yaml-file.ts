import { Document, type Node, visit } from "yaml";
import type { RenderedFile } from "./types.js";

/** Characters that leave room for a key and its indentation in the longest line that yamllint allows, 160. */
const longest = 135;

/** A list or mapping of plain values that stands on one line, where it fits. */
export const inline = (value: object): Node =>
  new Document().createNode(value, { flow: JSON.stringify(value).length <= longest });

/** A data file: an object written by `yaml`, with every string value quoted. */
export const yamlFile = (path: string, header: string, value: object): RenderedFile => {
  const document = new Document(value, { aliasDuplicateObjects: false, compat: "yaml-1.1" });
  visit(document, {
    Scalar(key, node) {
      if (key !== "key" && typeof node.value === "string") node.type = "QUOTE_DOUBLE";
    },
  });
  return {
    path,
    text: `${header}---\n${document.toString({ flowCollectionPadding: false, lineWidth: 0 })}`,
  };
};
