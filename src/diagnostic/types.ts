/** What is wrong with the input or the output, and what to do about it. */
export interface Diagnostic {
  /** Stable name of the rule or syntax error, in kebab case, e.g. `virtual-ip-outside-subnet`. */
  readonly code: string;
  /** Default: an error. A warning stands in the way of nothing. */
  readonly severity?: "warning";
  /** One sentence: what is wrong. */
  readonly message: string;
  /** Why it matters; absent where the message says it all. */
  readonly why?: string;
  /** What to write instead. */
  readonly fix: string;
  /** File as the user named it. */
  readonly file: string;
  /** 1-based; absent where a file as a whole is meant. */
  readonly line?: number;
  /** 1-based, in UTF-16 code units. */
  readonly column?: number;
  /** Length of the culprit on its line, in UTF-16 code units; 1 if absent. */
  readonly length?: number;
  /** JSON pointer into the model, e.g. `/virtual/netmask`. */
  readonly pointer?: string;
  /** Whether the source at this place is not to be shown. */
  readonly secret?: true;
}

/** Either a value, perhaps with warnings, or every diagnostic that stands in its way. */
export type Result<T> =
  | { readonly ok: true; readonly value: T; readonly warnings?: readonly Diagnostic[] }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };
