/** One part of `xcatha.target`. It stops when the owner's unit does: that is its undo, and there is no other. */
export interface Part {
  /** Name of the systemd unit, with its suffix. */
  readonly unit: string;
  /** What is true of the host then, without a subject, e.g. `holds the virtual IP`. */
  readonly makes: string;
  /** Whether the pair is not served without it: then an activation that lacks it stops everything again. */
  readonly vital: boolean;
  /** Upper bound of its start, in seconds. */
  readonly limit: number;
}

/** A line of a unit file. A key may stand more than once. */
export type Entry = readonly [key: string, value: string];

/** A unit file or drop-in, written whole. */
export interface UnitFile {
  /** Path below /etc/systemd/system. */
  readonly path: string;
  /** Lines of comment that open it. */
  readonly comment: readonly string[];
  readonly unit: readonly Entry[];
  readonly service?: readonly Entry[];
  readonly watch?: readonly Entry[];
  readonly install?: readonly Entry[];
}
