import { defineConfig } from "vitest/config";
import { LongestFirst } from "./test/longest-first.js";
import { StillRunning } from "./test/still-running.js";

const ci = process.env["CI"] !== undefined;
// A terminal shows by itself what runs.
const patient = process.stdout.isTTY && !ci ? [] : [new StillRunning()];
// The JSON is for .ci/summary.mjs.
const report = {
  reporters: ["default", ...(ci ? ["json"] : []), ...patient],
  outputFile: { json: "test-results/vitest.json" },
};

const minutes = (n: number): number => n * 60_000;

// xCAT's own commands take seconds each: moving its tables took 13 minutes on a busy machine.
const labLimit = minutes(process.env["XCATHA_LAB_XCAT"] === undefined ? 20 : 60);

export default defineConfig({
  test: {
    ...report,
    // Twice what CI has cores: a lab waits for half of its time.
    maxWorkers: 4,
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        test: {
          name: "unit",
          include: ["test/{unit,golden,cli}/**/*.test.ts"],
          testTimeout: minutes(1),
        },
      },
      {
        test: {
          name: "kit",
          include: ["test/kit/**/*.test.ts"],
          testTimeout: minutes(1),
        },
      },
      {
        test: {
          name: "package",
          include: ["test/package/**/*.test.ts"],
          testTimeout: minutes(2),
          hookTimeout: minutes(2),
        },
      },
      {
        test: {
          name: "ansible",
          include: ["test/ansible/**/*.test.ts"],
          testTimeout: minutes(40),
          hookTimeout: minutes(40),
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          name: "lab",
          include: ["test/lab/**/*.test.ts"],
          testTimeout: labLimit,
          hookTimeout: labLimit,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
