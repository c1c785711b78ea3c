/** Whether a path stays below the folder that it is relative to: no `..`, no empty part, nothing absolute. */
export const staysInside = (path: string): boolean =>
  path !== "" &&
  !path.includes("\\") &&
  !path.includes("\0") &&
  path.split("/").every((part) => part !== "" && part !== "." && part !== "..");
