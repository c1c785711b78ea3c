import { describe, expect, test } from "vitest";
import { Narrator } from "../../lab/story/narrator.js";
import { PlaybookProgress } from "../../lab/story/playbook-progress.js";
import { type Printed, recorded } from "./recorded.js";

interface Told {
  readonly at: number;
  readonly line: string;
}

/** What a watcher of this run sees, and when. */
function tell(run: readonly Printed[], cut: (text: string) => readonly string[] = (t) => [t]) {
  let now = 0;
  const told: Told[] = [];
  const narrator = new Narrator(
    (line) => told.push({ at: now, line: line.replace(/^ *[\d.]+ s {2}/, "") }),
    () => now * 1000,
  );
  const progress = new PlaybookProgress(narrator);
  for (const { at, line } of run) {
    for (; now + 1 <= at; now += 1) narrator.remind();
    now = Math.max(now, at);
    for (const piece of cut(`${line}\n`)) progress.read(piece);
  }
  return told;
}

const linesOf = (output: string): readonly string[] =>
  tell(output.split("\n").map((line) => ({ at: 0, line }))).map(({ line }) => line);

describe("a setup that was recorded in the lab", () => {
  const run = recorded("setup");
  const told = tell(run);

  test("is told play by play and step by step, in the order in which it happened", () => {
    const wanted = [
      "-- (1/6) Check the database password before anything is touched",
      "-- (4/4) Install xCAT",
      "host1, host2: changed   Install the packages (15.1 s)",
      "host1: changed          Move xCAT's tables to PostgreSQL, and compare every row (10.1 s)",
      "-- (3/6) Make the other host standby",
      "host2: changed          Guard the pair's units against starting on a standby host",
      "-- (4/6) Make the first host active",
      "host1: changed          Start xcatd and wait until it answers on the virtual IP",
    ];
    const lines = told.map(({ line }) => line);
    expect(lines.filter((line) => wanted.includes(line))).toEqual(wanted);
  });

  test("is never silent for 20 s, though Ansible is for 12", () => {
    const silences = (times: readonly number[]) =>
      Math.max(...times.map((at, index) => at - (times[index - 1] ?? 0)));
    expect(silences(run.map(({ at }) => at))).toBeGreaterThan(12);
    expect(silences(told.map(({ at }) => at))).toBeLessThan(12);
    expect(told.map(({ line }) => line)).toContain("… 10 s so far: Install the packages");
  });

  test("has no line for a task that was skipped, nor for Ansible's own", () => {
    const text = told.map(({ line }) => line).join("\n");
    expect(run.some(({ line }) => line.startsWith("skipping: "))).toBe(true);
    expect(text).not.toMatch(/Show what is wrong|Validating|skipping|included/);
    expect(text).not.toMatch(/^: | {2}Ask the peer as well/m);
  });

  test("is told the same wherever its output is cut", () => {
    const inPieces = (text: string) => text.match(/[\s\S]{1,7}/g) ?? [];
    expect(tell(run, inPieces)).toEqual(told);
  });
});

test("the last task is told at the recap", () => {
  const lines = tell(recorded("status")).map(({ line }) => line);
  expect(lines.at(-1)).toMatch(/^host1: ok +Fail when something is wrong/);
});

test("a loop's host is what most of its items were, and hosts that differ are told apart", () => {
  expect(
    linesOf(`TASK [standby : Let the peer's root in] ***
ok: [host1] => (item=host2)
changed: [host2] => (item=one)
ok: [host2] => (item=two)

RUNNING HANDLER [host_kit : Tell systemd] ***
ok: [host1 -> host2(10.77.0.12)]

PLAY RECAP ***`),
  ).toEqual([
    "host1: ok; host2: changed  Let the peer's root in",
    "host1: ok               Tell systemd",
  ]);
});

test("what fails is told as failed, a host that is gone as one that does not answer", () => {
  expect(
    linesOf(`TASK [activate : Compare the hosts' clocks] ************************************
fatal: [host2]: FAILED! =>
    assertion: not status_answers[xcatha_peer].reachable
    msg: 'The clocks of host2 and host1 are 56 s apart.'

TASK [status : Ask the host what it is now] ***
fatal: [host1]: UNREACHABLE! => changed=false
    msg: 'Failed to connect to the host via ssh'
ok: [host2]

TASK [activate : Look whether named answers] ***
fatal: [host2]: FAILED! => changed=false
...ignoring

PLAY RECAP ***`),
  ).toEqual([
    "host2: failed           Compare the hosts' clocks",
    "host2: ok; host1: does not answer  Ask the host what it is now",
    "host2: ok               Look whether named answers",
  ]);
});
