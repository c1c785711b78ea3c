import { expect, test } from "vitest";
import { REAL_XCAT } from "./harness/paths.js";
import { NO_CHANGE } from "./pair.js";
import { FULL } from "./selection.js";
import { VariantStory } from "./variant-story.js";
import { remainder, selection, type Variant } from "./variants.js";

const rows = FULL ? [...selection, ...remainder] : selection;

/** Whether xCAT's own packages can be installed on such hosts; goconserver comes from elsewhere. */
function hasRealXcat({ flavour, console }: Variant): boolean {
  return flavour === "debian12" && console !== "goconserver";
}

/** A test for each of those rows of the table that are run: from bare hosts to a failover, back, and setup again. */
export function tellStories(isMeant: (variant: Variant) => boolean): void {
  const chosen = rows.filter(isMeant).map((variant) => [variant.id, variant] as const);
  test.for(chosen)("%s", async ([, variant], { onTestFinished, skip }) => {
    skip(REAL_XCAT !== undefined && !hasRealXcat(variant), "its hosts run on the stand-in alone");
    const story = await VariantStory.begin(variant, onTestFinished);
    const { host1, host2 } = story;

    await story.play("setup.yml");
    await story.expectPair(host1, host2, []);

    await story.addNode(host1, "cn1", "10.77.0.51");
    await story.play("failover.yml");
    await story.expectPair(host2, host1, ["cn1"]);

    // The way back is every pair's own in the full run.
    if (!FULL) {
      expect(await story.play("status.yml")).toContain("Nothing is wrong.");
      return;
    }
    await story.addNode(host2, "cn2", "10.77.0.52");
    await story.play("failover.yml");
    await story.expectPair(host1, host2, ["cn1", "cn2"]);
    await story.expectTurns(host1, ["host1", "host2", "host1"]);

    expect(await story.changes("setup.yml")).toEqual(NO_CHANGE);
    await story.expectPair(host1, host2, ["cn1", "cn2"]);
    expect(await story.play("status.yml")).toContain("Nothing is wrong.");
  });
}
