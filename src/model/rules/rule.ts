import type { Path } from "../../load/model-text.js";
import type { Draft } from "../document.js";
import type { Finding } from "../finding.js";

/** One thing that must hold for a model beyond its schema. Silent when a value that it needs is absent or faulty. */
export type Rule = (draft: Draft) => Iterable<Finding>;

/** A value and where it stands. */
export interface Located<T> {
  readonly value: T;
  readonly path: Path;
}

/** A value at a path, as a list of one; empty if it is absent. */
export const located = <T>(value: T | undefined, ...path: Path): readonly Located<T>[] =>
  value === undefined ? [] : [{ value, path }];

type HostDraft = NonNullable<NonNullable<Draft["hosts"]>[number]>;

/** The hosts that could be read, each with its place in the list. */
export const hostsOf = (draft: Draft): readonly { host: HostDraft; index: number }[] =>
  (draft.hosts ?? []).flatMap((host, index) => (host === undefined ? [] : [{ host, index }]));

/** The addresses of both hosts. */
export const hostAddresses = (draft: Draft): readonly Located<string>[] =>
  hostsOf(draft).flatMap(({ host, index }) => located(host.address, "hosts", index, "address"));

/** Every address of the model. */
export const allAddresses = (draft: Draft): readonly Located<string>[] => [
  ...hostAddresses(draft),
  ...located(draft.virtual?.address, "virtual", "address"),
];
