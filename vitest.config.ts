import { defineConfig } from "vitest/config";

// For .ci/summary.mjs.
const report = {
  reporters: ["default", "json"],
  outputFile: { json: "test-results/vitest.json" },
};

const minutes = (n: number): number => n * 60_000;

const lab = {
  testTimeout: minutes(20),
  hookTimeout: minutes(20),
  fileParallelism: false,
  // Of a table of pairs, two at a time.
  maxConcurrency: 2,
};

// What goes beyond the main job and the traps of real xCAT: minutes each, for `npm run test:lab:full`.
const scenarios = [
  "check-mode",
  "cluster-agents",
  "data",
  "failover-reachable",
  "failover-unreachable",
  "interrupted",
  "refusals",
  "returning-host",
  "undo",
  "upkeep",
  "variants",
].map((name) => `test/lab/${name}.test.ts`);

export default defineConfig({
  test: {
    ...(process.env["CI"] ? report : {}),
    maxWorkers: 2,
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
          name: "ansible",
          include: ["test/ansible/**/*.test.ts"],
          testTimeout: minutes(15),
          hookTimeout: minutes(15),
        },
      },
      {
        test: {
          ...lab,
          name: "lab",
          include: ["test/lab/**/*.test.ts"],
          exclude: scenarios,
        },
      },
      {
        test: { ...lab, name: "scenarios", include: scenarios },
      },
    ],
  },
});
