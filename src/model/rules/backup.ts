import { show } from "../../diagnostic/show.js";
import { isWithin, keptByModel } from "../directories.js";
import { overlap, pathProblem, systemDirectoryOf } from "./paths.js";
import { located, type Rule } from "./rule.js";

const fix = "write a directory of its own on each host's own disk, e.g. /var/backups/xcat.";

export const backupPathIsOwn: Rule = function* (draft) {
  for (const { value, path } of located(draft.backup?.path, "backup", "path")) {
    const problem =
      pathProblem(value) ??
      (systemDirectoryOf(value) === undefined ? undefined : "the system's own files are there");
    if (problem === undefined) continue;
    yield {
      code: "backup-path-malformed",
      message: `${show(value)} cannot hold the dumps: ${problem}.`,
      fix,
      path,
    };
  }
};

export const backupTimeIsOfDay: Rule = function* (draft) {
  for (const { value, path } of located(draft.backup?.time, "backup", "time")) {
    if (/^([01][0-9]|2[0-3]):[0-5][0-9]$/.test(value)) continue;
    yield {
      code: "backup-time-malformed",
      message: `${show(value)} is not a time of day.`,
      fix: 'write hours and minutes by the host\'s own clock, from "00:00" to "23:59", e.g. "02:30".',
      path,
    };
  }
};

export const backupIsOffSharedData: Rule = function* (draft) {
  for (const { value, path } of located(draft.backup?.path, "backup", "path")) {
    if (pathProblem(value) !== undefined) continue;
    const shared = draft.shared?.path;
    const holder =
      shared !== undefined && isWithin(value, shared)
        ? shared
        : keptByModel(draft).find((directory) => overlap(value, directory));
    if (holder === undefined) continue;
    yield {
      code: "backup-on-shared-data",
      message: `The dumps in ${value} would lie on the shared data, with ${holder}.`,
      why: "A dump is for the day on which the shared data is lost.",
      fix,
      path,
    };
  }
};
