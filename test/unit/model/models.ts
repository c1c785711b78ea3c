import { stringify } from "yaml";
import type { Diagnostic } from "../../../src/diagnostic/types.js";
import { readModel } from "../../../src/model/read-model.js";
import type { HaPair } from "../../../src/model/types.js";

/** Values by their JSON pointer, set in the smallest model; undefined removes a key. */
export type Edits = Readonly<Record<string, unknown>>;

const smallest = () => ({
  platform: "el9",
  hosts: [
    { name: "host1", address: "10.5.106.70" },
    { name: "host2", address: "10.5.106.5" },
  ],
  virtual: { address: "10.5.106.50", netmask: "255.255.255.0", nic: "eth0", hostname: "hamn" },
  shared: { path: "/HA-data" },
});

/** The smallest model with edits, as YAML. */
export function modelText(edits: Edits = {}): string {
  const model: Record<string, unknown> = smallest();
  for (const [pointer, value] of Object.entries(edits)) {
    const steps = pointer.split("/").slice(1);
    const last = steps.pop() ?? "";
    let at = model;
    for (const step of steps) {
      at[step] ??= {};
      at = at[step] as Record<string, unknown>;
    }
    if (value === undefined) delete at[last];
    else at[last] = value;
  }
  return stringify(model);
}

const read = (edits: Edits) => readModel({ file: "xcatha.yml", text: modelText(edits) });

/** The pair of an edited model, which must be right. */
export function pairOf(edits: Edits = {}): HaPair {
  const result = read(edits);
  if (!result.ok) throw new Error(JSON.stringify(result.diagnostics, null, 2));
  return result.value;
}

/** What is wrong with an edited model, as `code pointer`; warnings are marked. */
export function faultsOf(edits: Edits): readonly string[] {
  const result = read(edits);
  const found = result.ok ? (result.warnings ?? []) : result.diagnostics;
  return found.map(
    ({ severity, code, pointer }: Diagnostic) =>
      `${severity === undefined ? "" : `${severity}: `}${code} ${pointer}`,
  );
}
