/** What a fault in a step means for the steps after it. */
export type OnFault =
  /** The role stops; what this run changed is undone where the role can. */
  | "abort"
  /** The fault is noted, the role goes on and fails at its end. */
  | "note";

/** What it means that a check stops the run, and what to do, a sentence or two each; `code` in backticks. */
export interface Refusal {
  readonly means: string;
  readonly mend: string;
}

/** One named act of a playbook: the unit that is rendered, explained, timed, undone and verified. */
export interface Step {
  /** Unique in its role, kebab case. */
  readonly id: string;
  /** Name of the task, in the imperative. */
  readonly title: string;
  /** What is true after it, one sentence. */
  readonly effect: string;
  /** How it is taken back, one sentence; null: it changes nothing that must be taken back. */
  readonly undo: string | null;
  /** Upper bound of its wait, in seconds. */
  readonly bound: number;
  readonly onFault: OnFault;
  /** What its failure means, if it is a check; null: it changes something, or cannot refuse. */
  readonly refusal: Refusal | null;
  /** Template below `templates/steps`, without `.hbs`. */
  readonly template: string;
  /** Values of the template besides `title`. */
  readonly data: Readonly<Record<string, unknown>>;
  /** Where its tasks stand, if not here: they stand once, and are run from there. */
  readonly from?: Place;
}

/** A stage of a role, and the variables that it is run with. */
export interface Place {
  readonly role: string;
  readonly stage: string;
  readonly vars?: Readonly<Record<string, unknown>>;
}

/** Steps that stand in one task file. */
export interface Stage {
  /** Name of the file, without `.yml`. */
  readonly id: string;
  /** What the stage is for; name of its import. */
  readonly title: string;
  readonly steps: readonly Step[];
  /** Whether `main.yml` imports it, or only playbooks do by `tasks_from`. */
  readonly entry: "main" | "separate";
  /** Whether its tasks stand in `main.yml` itself: few, and run by nothing else. */
  readonly inline?: true;
  /** Condition of its import; what a playbook ran already is skipped. */
  readonly when?: string;
}

/** How a role's main file treats its stages. */
export interface Role {
  /** Ansible name: letters and underscores. */
  readonly name: string;
  /** One sentence: what the role does. */
  readonly summary: string;
  /** Why its stages stand in this order: lines of the comment that opens `main.yml`. */
  readonly why: readonly string[];
  /** In order; those from `undoable` on are undone when one of them fails. */
  readonly stages: readonly Stage[];
  /** Stages after whose failure all is stopped again; null: nothing is. */
  readonly undoable: {
    readonly title: string;
    /** Ids of stages that stand side by side. */
    readonly stages: readonly string[];
  } | null;
  /** Whether steps with `onFault: "note"` are collected, and told by the closing template. */
  readonly closing: string | null;
}

/** A playbook, whose plays are one template. */
export interface Playbook {
  /** File name without `.yml`. */
  readonly name: string;
  /** One sentence: what it does. */
  readonly summary: string;
  /** Commands to show in the runbook, in order. */
  readonly usage: readonly string[];
}

/** Everything that is rendered for one pair. */
export interface Plan {
  readonly roles: readonly Role[];
  readonly playbooks: readonly Playbook[];
}
