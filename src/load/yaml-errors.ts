import type { ErrorCode, YAMLError } from "yaml";
import { visible } from "../diagnostic/show.js";

/** What is wrong with a text as YAML, and where. */
export type Fault = Pick<YAMLError, "code" | "message" | "pos">;

interface Words {
  readonly message: string;
  readonly fix: string;
}

const words: Partial<Record<ErrorCode, Words>> = {
  DUPLICATE_KEY: {
    message: "This key is written twice in the same mapping.",
    fix: "keep one of the two.",
  },
  TAB_AS_INDENT: {
    message: "A tab indents this line; YAML wants spaces.",
    fix: "replace the tab by spaces.",
  },
  MULTIPLE_DOCS: {
    message: "The file holds more than one YAML document.",
    fix: "keep one document: remove the `---` between them, and give each pair its own file.",
  },
  TAG_RESOLVE_FAILED: {
    message: "YAML tags have no meaning in a model.",
    fix: "remove the word that begins with `!`.",
  },
};

/** The YAML parser's complaint in our words, with a way out. */
export function yamlErrorWords(error: Fault): Words {
  return (
    words[error.code] ?? {
      message: `This is not YAML: ${visible(error.message.replace(/\.$/, ""))}.`,
      fix: "correct the syntax here or just before; text that holds any of : # { } [ ] , & * ! goes into double quotes.",
    }
  );
}
