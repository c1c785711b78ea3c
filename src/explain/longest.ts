import type { Act, Phase, Together } from "./types.js";

/** Longest way through something, in seconds. */
interface Way {
  /** To its good end. */
  readonly done: number;
  /** To an end with a failure; 0: it cannot fail. */
  readonly failed: number;
}

const actWay = ({ limit, onFault }: Act): Way => ({
  done: limit,
  // What waits for nothing has run as long when it fails.
  failed: onFault === "abort" ? limit : 0,
});

/** One after the other: a failure ends the way. */
const inOrder = (ways: readonly Way[]): Way =>
  ways.reduce<Way>(
    (sum, way) => ({
      done: sum.done + way.done,
      failed: Math.max(sum.failed, way.failed === 0 ? 0 : sum.done + way.failed),
    }),
    { done: 0, failed: 0 },
  );

const partWay = ({ acts, undo }: Together): Way => {
  const { done, failed } = inOrder(acts.map(actWay));
  const back = undo.reduce((sum, { limit }) => sum + limit, 0);
  return { done, failed: failed === 0 ? 0 : failed + back };
};

const phaseWay = ({ parts }: Phase): Way => inOrder(parts.map(partWay));

/** The longest ways through a procedure, in seconds. */
export interface Longest {
  /** To its good end. */
  readonly done: number;
  /** To any end, a failure that is taken back included: the worst case. */
  readonly worst: number;
}

const steady = (phases: readonly Phase[]): Way =>
  inOrder(phases.filter(({ afterFailure }) => !afterFailure).map(phaseWay));

/**
 * The longest ways that a procedure can take when every wait runs to its limit. Without a failure the phases for one
 * are left out; with one, what comes after the failed step is.
 */
export const longest = (phases: readonly Phase[]): Longest => {
  const { done, failed } = steady(phases);
  const ways = phases.flatMap((phase, index) => {
    const way = phaseWay(phase);
    if (!phase.keepsReason || way.failed === 0) return [];
    const after = inOrder(phases.slice(index + 1).map(phaseWay));
    return [steady(phases.slice(0, index)).done + way.failed + Math.max(after.done, after.failed)];
  });
  return { done, worst: Math.max(done, failed, ...ways) };
};
