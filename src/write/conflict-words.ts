import { dirname } from "node:path";
import type { Diagnostic } from "../diagnostic/types.js";
import type { Conflict, Reason } from "./change.js";

interface Words {
  readonly message: string;
  readonly why?: string;
  readonly fix: string;
}

const orForce = (path: string): string =>
  `or run again with --force, which keeps what is there now as ${path}.xcatha-saved-1.`;

const words: Readonly<Record<Reason, (conflict: Conflict) => Words>> = {
  edited: ({ path }) => ({
    message: "This file was edited by hand since xcatha wrote it.",
    why: "Writing it again would lose the edit.",
    fix: `change the model in place of the file, take the edit back, ${orForce(path)}`,
  }),
  "edited-orphan": ({ path }) => ({
    message: "This file is generated no longer, but was edited by hand since xcatha wrote it.",
    why: "Removing it would lose the edit.",
    fix: `remove or rename it yourself, ${orForce(path)}`,
  }),
  foreign: ({ path }) => ({
    message: "This file was not written by xcatha.",
    why: "The manifest .xcatha.json does not list it, so it may be the work of somebody else.",
    fix: `rename it, write into another folder with --out, ${orForce(path)}`,
  }),
  "manifest-broken": ({ path }) => ({
    message: "This is not a manifest as xcatha writes it.",
    why: "Without it nobody knows which files xcatha wrote.",
    fix: `bring it back, e.g. by \`git checkout -- ${path}\`, ${orForce(path)}`,
  }),
  "another-pair": ({ path }) => ({
    message: "The folder holds the output of another pair.",
    why: "Neither the hosts' addresses nor the names of pair and model are the same.",
    fix: `write into another folder with --out, ${orForce(path)}`,
  }),
  newer: ({ path }) => ({
    message: "The folder was written by a newer xcatha.",
    why: "What that one has mended would come back.",
    fix: `install the version that ${path} names or a newer one, ${orForce(path)}`,
  }),
  link: ({ at }) => ({
    message: `${at} is a symbolic link, which may lead out of the folder.`,
    fix: "put a real file or directory in its place, or write into another folder with --out.",
  }),
  "not-a-file": ({ at, path }) => ({
    message:
      at === path
        ? "This is not a file."
        : `${at} is not a directory, and ${dirname(path)} must be one.`,
    fix: `move ${at} away, or write into another folder with --out.`,
  }),
  model: () => ({
    message: "The model's file has the name of a file that is generated.",
    fix: "rename the model, e.g. to xcatha.yml, or write into another folder with --out.",
  }),
};

/** A conflict as a diagnostic about the output. */
export const conflictDiagnostic = (conflict: Conflict): Diagnostic => ({
  code: `output-${conflict.reason}`,
  ...words[conflict.reason](conflict),
  // A link or a file on the way stands in the way of many; it is named once.
  file: conflict.at,
});
