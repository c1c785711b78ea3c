import { test } from "vitest";

/**
 * Two sizes of the lab's scenarios. Every scenario has at least one test that always runs; what only repeats it in
 * another way waits for `XCATHA_LAB_FULL=1`.
 */
export const scenario = test;

export const FULL = process.env["XCATHA_LAB_FULL"] === "1";

/** A scenario of the full run alone. */
export const scenarioInFull = test.runIf(FULL);
