import type { Path } from "../../load/model-text.js";
import type { Draft, Lenient, NetworkDocument } from "../document.js";
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

export type HostDraft = NonNullable<NonNullable<Draft["hosts"]>[number]>;

/** The hosts that could be read, each with its place in the list. */
export const hostsOf = (draft: Draft): readonly { host: HostDraft; index: number }[] =>
  (draft.hosts ?? []).flatMap((host, index) => (host === undefined ? [] : [{ host, index }]));

/** A virtual IP as far as it could be read. */
export type VirtualDraft = Lenient<NetworkDocument>;

/** The virtual IPs that could be read, each with its place: one, or a list; `index` 0 is the pair's own. */
export const virtualsOf = (
  draft: Draft,
): readonly { virtual: VirtualDraft; index: number; path: Path }[] => {
  const { virtual } = draft;
  if (virtual === undefined) return [];
  if (!Array.isArray(virtual))
    return [{ virtual: virtual as VirtualDraft, index: 0, path: ["virtual"] }];
  return virtual.flatMap((one: VirtualDraft | undefined, index) =>
    one === undefined ? [] : [{ virtual: one, index, path: ["virtual", index] }],
  );
};

/** The hostname that the pair's own virtual IP has. */
export const virtualHostname = (draft: Draft): readonly Located<string>[] =>
  virtualsOf(draft)
    .filter(({ index }) => index === 0)
    .flatMap(({ virtual, path }) => located(virtual.hostname, ...path, "hostname"));

/** The addresses of both hosts in the network of the first virtual IP. */
export const hostAddresses = (draft: Draft): readonly Located<string>[] =>
  hostsOf(draft).flatMap(({ host, index }) => located(host.address, "hosts", index, "address"));

/** The addresses of a host in further networks. */
export const furtherAddresses = (host: HostDraft, index: number): readonly Located<string>[] =>
  (host.addresses ?? []).flatMap((one, at) =>
    located(one?.address, "hosts", index, "addresses", at, "address"),
  );

/** Every address that a host has of its own. */
export const ownAddresses = (draft: Draft): readonly Located<string>[] =>
  hostsOf(draft).flatMap(({ host, index }) => [
    ...located(host.address, "hosts", index, "address"),
    ...furtherAddresses(host, index),
  ]);

/** Every virtual IP. */
export const virtualAddresses = (draft: Draft): readonly Located<string>[] =>
  virtualsOf(draft).flatMap(({ virtual, path }) => located(virtual.address, ...path, "address"));

/** Every address of the model. */
export const allAddresses = (draft: Draft): readonly Located<string>[] => [
  ...ownAddresses(draft),
  ...virtualAddresses(draft),
];
