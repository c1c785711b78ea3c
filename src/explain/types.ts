import type { OnFault, Refusal, Step } from "../plan/types.js";
import type { Longest } from "./longest.js";

/** A unit that an act starts or stops. */
export interface ActUnit {
  /** Name of the systemd unit, with its suffix. */
  readonly unit: string;
  /** What is true while it runs, without a subject, e.g. `holds the virtual IP`. */
  readonly makes: string;
  /** Upper bound of its start, in seconds; 0 for a stop, which the act bounds. */
  readonly limit: number;
  /** Its own commands, with the settings' names as the unit has them; none for a package's unit. */
  readonly commands: readonly string[];
}

/** One step of a procedure, on the host that it is done on. */
export interface Act {
  readonly role: string;
  /** Name of the file of tasks, without `.yml`. */
  readonly stage: string;
  /** What the stage is for. */
  readonly stageTitle: string;
  readonly id: string;
  /** Name of the task. */
  readonly title: string;
  readonly effect: string;
  /** How it is taken back; null: it changes nothing that must be. */
  readonly undo: string | null;
  /** Upper bound of its wait, in seconds; 0: it waits for nothing. */
  readonly limit: number;
  readonly onFault: OnFault;
  /** What its failure means, if it is a check. */
  readonly refusal: Refusal | null;
  /** Units that systemd starts or stops by it, in order. */
  readonly units: readonly ActUnit[];
  /** The plan's own. */
  readonly step: Step;
}

/** The commands of an act, or of a unit, on a host, as they would be typed there. */
export type CommandsOn = (what: Act | ActUnit, host: string) => readonly string[];

/** Steps that succeed or are taken back together. */
export interface Together {
  readonly acts: readonly Act[];
  /** What is done when one of them fails, before the play fails. */
  readonly undo: readonly Act[];
}

/** One play of a procedure. */
export interface Phase {
  readonly title: string;
  /** Names of the hosts that it is done on, both side by side. */
  readonly hosts: readonly string[];
  readonly parts: readonly Together[];
  /** Whether it is done only after a failure. */
  readonly afterFailure: boolean;
  /** Whether a failure in it leaves the later phases to mend. */
  readonly keepsReason: boolean;
}

/** What a command does, in order. */
export interface Explanation {
  readonly name: string;
  readonly summary: string;
  /** The command to type. */
  readonly command: string;
  readonly phases: readonly Phase[];
  /** How long it takes when every wait runs to its limit. */
  readonly longest: Longest;
  /** Seconds that it took in the lab, on a quiet machine. */
  readonly usual: number;
}
