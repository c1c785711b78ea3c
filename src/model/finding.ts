import type { Path } from "../load/model-text.js";

/** What a rule has against a model, before it is known where in the file that is. */
export interface Finding {
  /** Stable name, in kebab case. */
  readonly code: string;
  /** Default: an error, which stands in the way. */
  readonly severity?: "warning";
  readonly message: string;
  readonly why?: string;
  readonly fix: string;
  /** The culprit, also of a key that is missing. */
  readonly path: Path;
  /** The key that was probably meant by one that is unknown: then that is not missing. */
  readonly meant?: Path;
  /** Whether the culprit is not to be shown. */
  readonly secret?: true;
  /** What is framed; default: the culprit's value. */
  readonly frame?: { readonly path: Path; readonly part: "key" | "value" };
}

/** JSON pointer (RFC 6901) of a path. */
export const toPointer = (path: Path): string =>
  path.map((step) => `/${String(step).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
