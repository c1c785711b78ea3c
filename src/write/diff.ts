import { createTwoFilesPatch, FILE_HEADERS_ONLY } from "diff";
import type { Change } from "./change.js";

/** What a change would do, as a unified diff that `git apply` takes; empty for a file that stays. */
export function changeDiff(change: Change): string {
  if (change.kind === "unchanged") return "";
  const before = "before" in change ? change.before : undefined;
  const after = change.kind === "orphan" ? undefined : change.text;
  return createTwoFilesPatch(
    before === undefined ? "/dev/null" : `a/${change.path}`,
    after === undefined ? "/dev/null" : `b/${change.path}`,
    before ?? "",
    after ?? "",
    undefined,
    undefined,
    { headerOptions: FILE_HEADERS_ONLY },
  );
}
