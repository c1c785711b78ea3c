import type { Change, Reason } from "./change.js";

const ofReason: Readonly<Record<Reason, string>> = {
  edited: "edited by hand",
  "edited-orphan": "orphaned, edited by hand",
  foreign: "not written by xcatha",
  "manifest-broken": "no manifest",
  "another-pair": "another pair's output",
  newer: "written by a newer xcatha",
  link: "a symbolic link is in the way",
  "not-a-file": "not a file",
  model: "the model itself",
};

/** What is wrong with a file of a checked-in output; undefined if it is what would be generated. */
export function staleness(change: Change): string | undefined {
  switch (change.kind) {
    case "unchanged":
      return undefined;
    case "create":
      return "missing";
    case "update":
      return "stale";
    case "orphan":
      return "orphaned";
    case "conflict":
      return ofReason[change.reason];
  }
}
