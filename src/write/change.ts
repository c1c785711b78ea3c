/** Why a file is not overwritten or removed. The first six give way to `--force`, the others never do. */
export type Reason =
  | "edited"
  | "edited-orphan"
  | "foreign"
  | "manifest-broken"
  | "another-pair"
  | "newer"
  | "link"
  | "not-a-file"
  | "model";

/** What writing would do at one path. `before` is what is there now, `text` what will be. */
export type Change =
  | { readonly kind: "create"; readonly path: string; readonly text: string }
  | { readonly kind: "unchanged"; readonly path: string; readonly text: string }
  | {
      readonly kind: "update";
      readonly path: string;
      readonly text: string;
      readonly before: string;
    }
  /** Written by an earlier run and generated no more. */
  | { readonly kind: "orphan"; readonly path: string; readonly before: string }
  | {
      readonly kind: "conflict";
      readonly path: string;
      readonly reason: Reason;
      /** The link or the directory that is in the way. */
      readonly at: string;
      /** Undefined if the file is generated no more. */
      readonly text: string | undefined;
      readonly before: string;
    };

export type Conflict = Extract<Change, { readonly kind: "conflict" }>;

/** Whether `--force` may take a conflicting file's place, its content kept aside. */
export const givesWay = ({ reason }: Conflict): boolean =>
  !["link", "not-a-file", "model"].includes(reason);

/** Files of the output, without those that it is better off without. */
export const isWanted = (change: Change): boolean =>
  change.kind === "conflict" ? change.text !== undefined : change.kind !== "orphan";
