import { BaseSequencer, type TestSpecification } from "vitest/node";

/**
 * Files that take many minutes, in the order in which they begin. The first makes the set-up pair that most others start
 * from; the next two need none, so that nobody waits for it. The shortest come last, and end together.
 */
const ORDER = [
  "upkeep",
  "variants-debian12",
  "main-job",
  "generated",
  "failover-reachable",
  "upgrade",
  "failover-unreachable",
  "status",
  "returning-host",
  "undo",
  "traps-earlier",
  "traps-database",
  "refusals",
  "variants-flavours",
  "check-mode",
  "runbook",
].map((name) => `/${name}.test.ts`);

const rank = ({ moduleId }: TestSpecification): number => {
  const place = ORDER.findIndex((name) => moduleId.endsWith(name));
  return place < 0 ? ORDER.length : place;
};

/** Begins with what takes longest, for two cores that end at the same time. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return (await super.sort(files)).toSorted((a, b) => rank(a) - rank(b));
  }
}
