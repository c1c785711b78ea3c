/** What a diagnostic means, for who wants to know more than the message says. */
export interface CodeWords {
  /** One sentence: what is wrong. */
  readonly what: string;
  /** Why it is refused, or warned of. */
  readonly why: string;
  /** How to mend it. */
  readonly mend: string;
  /** Lines that are right: of a model, or a command. */
  readonly example: string;
}

export type CodeBook = Readonly<Record<string, CodeWords>>;
