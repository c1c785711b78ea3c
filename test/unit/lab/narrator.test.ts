import { expect, test, vi } from "vitest";
import { Narrator } from "../../lab/story/narrator.js";

/** A narrator, what it printed, and its clock. */
function start() {
  const lines: string[] = [];
  const clock = { seconds: 1000 };
  const narrator = new Narrator(
    (line) => lines.push(line),
    () => clock.seconds * 1000,
  );
  const pass = (seconds: number): void => {
    for (let left = seconds; left > 0; left -= 1) {
      clock.seconds += 1;
      narrator.remind();
    }
  };
  return { narrator, lines, pass };
}

test("each line has the seconds since the start", () => {
  const { narrator, lines, pass } = start();
  narrator.say("first");
  pass(83);
  narrator.heading("second");
  expect(lines).toEqual(["    0.0 s  first", "", "   83.0 s  == second"]);
});

test("in a long silence it says what goes on, and for how long: never 20 s without a line", () => {
  const { narrator, lines, pass } = start();
  narrator.say("begins");
  narrator.begin("Install the packages");
  pass(9);
  expect(lines).toHaveLength(1);
  pass(36);
  expect(lines.slice(1)).toEqual([
    "   10.0 s  … 10 s so far: Install the packages",
    "   20.0 s  … 20 s so far: Install the packages",
    "   30.0 s  … 30 s so far: Install the packages",
    "   40.0 s  … 40 s so far: Install the packages",
  ]);
});

test("whoever speaks is not reminded", () => {
  const { narrator, lines, pass } = start();
  narrator.begin("Everything");
  for (let times = 0; times < 5; times += 1) {
    pass(8);
    narrator.say("a step");
  }
  expect(lines.filter((line) => line.includes("so far"))).toEqual([]);
});

test("it reminds while work goes on, and no longer, also when the work fails", async () => {
  vi.useFakeTimers();
  try {
    const lines: string[] = [];
    const narrator = new Narrator((line) => lines.push(line));
    narrator.begin("Boots two hosts");
    const work = narrator.during(
      () => new Promise((_, fail) => setTimeout(() => fail(new Error("no host")), 15_000)),
    );
    const failed = expect(work).rejects.toThrow("no host");
    await vi.advanceTimersByTimeAsync(60_000);
    await failed;
    expect(lines).toEqual(["   10.0 s  … 10 s so far: Boots two hosts"]);
  } finally {
    vi.useRealTimers();
  }
});
