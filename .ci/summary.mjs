// summary.mjs DIRECTORY CODE: adds up vitest's JSON reports in DIRECTORY, and prints `N passed, N failed`. A test
// command that ended with another CODE than 0 has failed at something, even when every test that ran has passed.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const [directory = "", code = "1"] = process.argv.slice(2);
const names = existsSync(directory) ? readdirSync(directory) : [];
const reports = names
  .filter((name) => name.endsWith(".json"))
  .map((name) => JSON.parse(readFileSync(join(directory, name), "utf8")));
const sum = (key) => reports.reduce((total, report) => total + report[key], 0);

let failed = sum("numFailedTests");
if (code !== "0" && failed === 0) {
  console.log(`The test command failed outside the tests, with exit code ${code}.`);
  failed = 1;
}
console.log(`${sum("numPassedTests")} passed, ${failed} failed`);
