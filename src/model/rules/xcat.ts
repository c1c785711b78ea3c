import { show } from "../../diagnostic/show.js";
import { xcatSchema } from "../schema/xcat.js";
import { pathProblem } from "./paths.js";
import { located, type Rule } from "./rule.js";

/** Words that go-xcat takes for whatever is newest. */
const moving: readonly string[] = ["devel", "latest"];
const { default: release } = xcatSchema.properties.version;

export const versionIsLegal: Rule = function* (draft) {
  for (const { value, path } of located(draft.xcat?.version, "xcat", "version")) {
    if (moving.includes(value))
      yield {
        code: "version-moving",
        message: `xCAT ${value} is another version from day to day.`,
        why: "Both hosts of a pair need the same version, and may be installed on different days.",
        fix: `name a release, e.g. ${release}.`,
        path,
      };
    else if (/^[0-9]{1,4}(\.[0-9]{1,4}){1,2}$/.test(value)) continue;
    else
      yield {
        code: "version-malformed",
        message: `${show(value)} is not a version of xCAT.`,
        fix: `write two or three numbers with dots between, e.g. ${release}.`,
        path,
      };
  }
};

function sourceProblem(value: string): string | undefined {
  if (value.startsWith("/")) return pathProblem(value);
  if (!/^https?:\/\//.test(value)) return "it is neither a URL (http, https) nor an absolute path";
  if (!/^[A-Za-z0-9:/._~%?&=+@-]+$/.test(value))
    return "only letters, digits and any of : / . _ ~ % ? & = + @ - may stand in it";
  if (!URL.canParse(value)) return "it is not a URL";
  const { username, password } = new URL(value);
  return username !== "" || password !== ""
    ? "it holds a login, and the model is no secret"
    : undefined;
}

export const sourcesAreLegal: Rule = function* (draft) {
  const source = draft.xcat?.source;
  if (typeof source !== "object") return;
  for (const key of ["script", "core", "dep"] as const)
    for (const { value, path } of located(source[key], "xcat", "source", key)) {
      const problem = sourceProblem(value);
      if (problem === undefined) continue;
      yield {
        code: "source-malformed",
        message: `${show(value)} cannot be read from: ${problem}.`,
        fix: "write a URL such as https://mirror.example.com/go-xcat, or an absolute path on the control machine.",
        path,
      };
    }
};
