import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { playbookRefusals, refusals } from "../../src/plan/refusals.js";
import { siteOf } from "../../src/plan/site.js";
import { pairOf } from "../unit/model/models.js";
import { programsFolder } from "./program.js";

type Values = Readonly<Record<string, unknown>>;

const asked = { reachable: true, alive: "", asked: 1000.2, answered: 1000.6, clock: "1000" };
const common = {
  ...asked,
  unanswered: {},
  guarded: "yes",
  installed: "yes",
  version: "2.19.0",
  there: "yes",
  mounted: "2",
  marker: "hamn",
  identity: "1",
  complete: "/install /etc/xcat",
  served: "2.19.0",
  epoch: "0000000007",
  owner: "host1",
  engine: "postgresql",
  virtual_ip_at_boot: "",
  system: "Rocky Linux 9.4",
  system_id: "rocky",
  system_version: "9.4",
  user: "0",
  nics: "eth0 lo",
};
const active = { activated: "yes", virtual_ip: "eth0", running: "xcatd", linked: "/install" };
const standby = { activated: "", virtual_ip: "", running: "", linked: "" };

/** A host that gives no answer. */
const silent = (alive = "") => ({ reachable: false, alive, error: "no route" });

interface Decision {
  readonly active: string;
  readonly owner: string;
  readonly lead: string;
  readonly hands_over: string;
  readonly refusals: Readonly<Record<string, string>>;
}

/** The case of host2 while host1 is active, but for what is changed: of the case, of host1, of host2. */
function caseOf(given: Values = {}, host1: Values = {}, host2: Values = {}): Values {
  const answer = (name: string, usual: Values, own: Values) => ({
    ...(own["reachable"] === false ? asked : { ...common, ...usual }),
    name,
    ...own,
  });
  return {
    host: "host2",
    peer: "host1",
    primary: "host1",
    pair: "hamn",
    virtual_addresses: ["10.0.0.50"],
    nics: ["eth0"],
    shared: "/HA-data",
    links: ["/install", "/etc/xcat"],
    database: "postgresql",
    device: false,
    system: { ids: ["rhel", "rocky"], version: "9", title: "RHEL 9 and its rebuilds" },
    to: [],
    fenced: [],
    accept_version: "",
    proven: "",
    handed_over: false,
    for_setup: false,
    check: false,
    alone: false,
    ...given,
    answers: { host1: answer("host1", active, host1), host2: answer("host2", standby, host2) },
  };
}

/** What is decided in each of some cases, by one process: a test of each would wait for Python. */
function decideAll(inputs: readonly Values[]): readonly Decision[] {
  const all = "import json, runpy, sys; decide = runpy.run_path('decide')['decide']";
  const { stdout, stderr } = spawnSync(
    "python3",
    ["-Bc", `${all}; print(json.dumps([decide(each) for each in json.load(sys.stdin)]))`],
    { cwd: programsFolder, input: JSON.stringify(inputs), encoding: "utf8" },
  );
  expect(stderr).toBe("");
  return JSON.parse(stdout);
}

/** The same by the program itself. */
function decide(...changes: Parameters<typeof caseOf>): Decision {
  const { stdout, stderr } = spawnSync(join(programsFolder, "decide"), {
    input: JSON.stringify(caseOf(...changes)),
    encoding: "utf8",
    env: { ...process.env, PYTHONDONTWRITEBYTECODE: "1" },
  });
  expect(stderr).toBe("");
  return JSON.parse(stdout);
}

const free = { ...standby, owner: "none" };
const word = { fenced: ["host1"] };

/** The refusal, why, what is so, and the sentence; null: it is not refused. */
const cases: readonly (readonly [string, string, Parameters<typeof caseOf>, RegExp | null])[] = [
  ["platform", "the model's own", [], null],
  ["platform", "no answer", [{}, {}, silent()], /^host2 does not answer\.$/],
  [
    "platform",
    "no answer, but a sign of life",
    [{}, {}, silent("ssh")],
    /^host2 is alive, but cannot be asked \(no route\)\.$/,
  ],
  [
    "platform",
    "another system",
    [{}, {}, { system: "Ubuntu 24.04 LTS", system_id: "ubuntu" }],
    /^This is Ubuntu 24\.04 LTS; the playbooks were generated for RHEL 9 and its rebuilds\.$/,
  ],
  ["platform", "another version of it", [{}, {}, { system_version: "8.9" }], /^This is Rocky/],
  ["platform", "not root", [{}, {}, { user: "1000" }], /^Ansible is not root here: set become/],
  ["platform", "no such NIC", [{ nics: ["eth7"] }], /^There is no NIC eth7; there are: eth0 lo\.$/],
  [
    "platform",
    "the virtual IP at boot",
    [{}, {}, { virtual_ip_at_boot: "/etc/a /etc/b" }],
    /^\/etc\/a and \/etc\/b has the virtual IP 10\.0\.0\.50, which would come back at boot/,
  ],
  [
    "platform",
    "no shared path",
    [{}, {}, { there: "", mounted: "1" }],
    /^\/HA-data does not exist: mount the shared data there on both hosts\.$/,
  ],
  [
    "platform",
    "a shared path that is no mount",
    [{}, {}, { mounted: "1" }],
    /^\/HA-data is no mount of its own, it lies on the root file system\.$/,
  ],
  [
    "platform",
    "a shared path that hangs",
    [{}, {}, { unanswered: { "shared data": "no answer within 5 s" } }],
    /^\/HA-data gives no answer within 5 s\.$/,
  ],
  ["platform", "a disk that is not mounted yet", [{ device: true }, {}, { mounted: "1" }], null],

  ["set-up", "this pair's", [], null],
  ["set-up", "more on it", [{}, {}, { complete: "/install /x /etc/xcat" }], null],
  [
    "set-up",
    "another pair's",
    [{}, {}, { marker: "theirs" }],
    /^host2 cannot become active: \/HA-data is not this pair's shared data\. It bears the marker of 'theirs' and holds: \/install \/etc\/xcat\. Nothing was changed\. Mount the shared data, or run setup\.yml if this pair was never set up\.$/,
  ],
  [
    "set-up",
    "an empty folder",
    [{}, {}, { marker: "", complete: "" }],
    /the marker of 'nobody' and holds: nothing\./,
  ],
  [
    "set-up",
    "a directory that is missing",
    [{}, {}, { complete: "/install" }],
    /holds: \/install\./,
  ],

  ["engine", "the model's", [], null],
  [
    "engine",
    "another",
    [{}, {}, { engine: "sqlite" }],
    /^The shared data holds xCAT on 'sqlite', and these playbooks were generated for postgresql\. host2 was not activated\./,
  ],
  ["engine", "none", [{}, {}, { engine: "" }], /holds xCAT on 'no database'/],

  ["version", "the one that served", [], null],
  [
    "version",
    "another one than both",
    [{}, {}, { version: "9.9" }],
    /^host2 has xCAT 9\.9, but 2\.19\.0 is what the pair was last served with\..*add -e xcatha_accept_version=9\.9$/,
  ],
  ["version", "not installed", [{}, {}, { version: "" }], /has xCAT \(not installed\), but/],
  ["version", "the peer's, upgraded by hand", [{}, { version: "9.9" }, { version: "9.9" }], null],
  ["version", "accepted", [{ accept_version: "9.9" }, {}, { version: "9.9" }], null],
  [
    "version",
    "another was accepted",
    [{ accept_version: "9.8" }, {}, { version: "9.9" }],
    /but 9\.8, 2\.19\.0 is what/,
  ],
  ["version", "nobody served yet", [{}, silent(), { served: "" }], null],

  ["clocks", "10 s and what the questions took", [{}, { clock: "1011" }], null],
  [
    "clocks",
    "12 s",
    [{}, { clock: "1013" }],
    /^The clocks of host2 and host1 are at least 11 s apart\. Certificates .*`chronyc tracking` says Normal.*Nothing was stopped\.$/,
  ],
  [
    "clocks",
    "no time told",
    [{}, { clock: "" }],
    /^The clocks of host2 and host1 are not known both/,
  ],
  ["clocks", "the peer does not answer", [{}, silent()], null],

  [
    "peer",
    "it is active",
    [],
    /^host1 is still active: it holds the virtual IP\. Two active hosts would destroy the data, so host2 was not activated and nothing was changed\. To move the service: ansible-playbook failover\.yml\. To stop host1 first: ansible-playbook deactivate\.yml --limit host1$/,
  ],
  ["peer", "it runs a service", [{}, { ...standby, running: "xcatd" }], /it runs xcatd\./],
  ["peer", "it is activated", [{}, { ...standby, activated: "yes" }], /it runs as active host\./],
  ["peer", "it is standby", [{}, standby], null],
  ["peer", "it has the disk", [{ device: true }, standby], /it has the shared data mounted\./],
  ["peer", "the disk is not there", [{ device: true }, { ...standby, mounted: "1" }], null],
  ["peer", "it does not answer", [{}, silent()], null],
  ["peer", "a check, and it would have handed over", [{ check: true, handed_over: true }], null],
  ["peer", "it handed over, and is active again", [{ handed_over: true }], /still active/],
  [
    "peer",
    "a setup, and an xCAT of its own",
    [{ for_setup: true }, { ...standby, running: "xcatd", guarded: "" }],
    null,
  ],
  [
    "peer",
    "a setup, and an xCAT of the pair's",
    [{ for_setup: true }, { ...standby, running: "xcatd" }],
    /it runs xcatd/,
  ],

  [
    "alive",
    "it answers a ping",
    [word, silent("ping")],
    /^host1 is alive \(ping\), so it is not fenced, and nothing was changed\. It cannot be asked: no route\. Mend that/,
  ],
  ["alive", "nobody called it fenced", [{}, silent("ping")], null],
  ["alive", "it is dead", [word, silent()], null],

  ["owner-allows", "nobody", [{}, standby, free], null],
  ["owner-allows", "this host", [{}, standby, { owner: "host2" }], null],
  [
    "owner-allows",
    "the peer, which answers",
    [{}, standby],
    /^The owner record on the shared data names 'host1', so host2 was not activated and nothing was changed\. host1 answers: run ansible-playbook deactivate\.yml --limit host1 first\.$/,
  ],
  [
    "owner-allows",
    "the peer, which does not",
    [{}, silent()],
    /host1 does not answer, and may still write to the shared data\. Cut its power .*-e xcatha_fenced=host1\.$/,
  ],
  [
    "owner-allows",
    "the peer, which is alive",
    [{}, silent("ssh")],
    /host1 is alive, but cannot be asked \(no route\)\. Mend that, then run again\.$/,
  ],
  ["owner-allows", "the peer, by word", [word, silent()], null],
  ["owner-allows", "the peer, by its power", [{ proven: "host1" }, silent()], null],
  ["owner-allows", "the peer, which handed over", [{ handed_over: true }, standby], null],
  ["owner-allows", "a stranger", [word, silent(), { owner: "host9" }], /names 'host9'/],
  ["owner-allows", "unreadable", [word, silent(), { owner: "" }], /'nobody that can be read'/],
  [
    "owner-allows",
    "a setup, no marker",
    [{ for_setup: true }, standby, { marker: "", owner: "" }],
    null,
  ],
  ["owner-allows", "no marker", [{}, standby, { marker: "", owner: "" }], /nobody that can be/],

  ["same-data", "the same", [], null],
  [
    "same-data",
    "another",
    [{}, { identity: "2" }],
    /^host2 and host1 see different data at \/HA-data: .* No package was installed\.$/,
  ],
  ["same-data", "not known", [{}, silent()], null],

  ["refuse-active", "a standby", [], null],
  [
    "refuse-active",
    "it holds the virtual IP",
    [{}, standby, { virtual_ip: "eth0" }],
    /^host2 is the active host, and standby would take the service away\. Nothing was changed\..*--limit host2$/,
  ],
  ["refuse-active", "it is activated", [{}, standby, active], /^host2 is the active host/],
  ["refuse-active", "no answer", [{}, {}, silent()], /^host2 does not answer, so it was not made/],

  ["whole-pair", "both", [{ to: ["host2"], fenced: ["host1"] }], null],
  [
    "whole-pair",
    "one alone",
    [{ alone: true }],
    /^A failover needs both hosts of the pair hamn, so run it without --limit; xcatha_to and xcatha_fenced each name one of them: host1 or host2\. Nothing was changed\.$/,
  ],
  ["whole-pair", "to a typo", [{ to: ["host3"] }], /host1 or host2\. Nothing/],
  ["whole-pair", "to nothing", [{ to: [""] }], /host1 or host2\. Nothing/],
  ["whole-pair", "a typo is fenced", [{ fenced: ["host3"] }], /host1 or host2\. Nothing/],

  ["nobody-was-active", "one is", [], null],
  [
    "nobody-was-active",
    "none is",
    [{}, { ...free }, { owner: "none" }],
    /^No host of the pair hamn is active and the owner record names nobody, .*activate\.yml --limit HOST$/,
  ],
  ["nobody-was-active", "one is silent", [{}, silent(), { owner: "" }], null],

  [
    "alive-but-unasked",
    "the active one",
    [{}, silent("ssh, ping")],
    /^host1 is alive \(ssh, ping\), but cannot be asked: no route\. It may still serve, so it was neither fenced nor replaced, and nothing was changed\. .*-e xcatha_fenced=host1$/,
  ],
  ["alive-but-unasked", "it is dead", [{}, silent()], null],
  ["alive-but-unasked", "it answers", [], null],
  ["alive-but-unasked", "the other one serves", [{ to: ["host2"] }, silent("ssh"), active], null],

  ["cannot-take-over", "it can", [], null],
  [
    "cannot-take-over",
    "it was never prepared",
    [{}, {}, { guarded: "" }],
    /^host2 was never prepared, so it cannot take over\. host1 was left alone\. When host2 answers: ansible-playbook standby\.yml --limit host2, then failover\.yml again\.$/,
  ],
  ["cannot-take-over", "it does not answer", [{}, {}, silent()], /^host2 does not answer, so/],

  [
    "may-still-write",
    "it does not answer",
    [{}, silent()],
    /^host1 does not answer, and may still write to the shared data\. host2 was not activated and nothing was changed\. Cut the power of host1 or unplug .*failover\.yml -e xcatha_fenced=host1$/,
  ],
  ["may-still-write", "it answers", [], null],
  ["may-still-write", "the operator's word", [word, silent()], null],
  ["may-still-write", "the word names the other", [{ fenced: ["host2"] }, silent()], /may still/],
  ["may-still-write", "its power says off", [{ proven: "host1" }, silent()], null],
  ["may-still-write", "the record names nobody", [{}, silent(), { owner: "none" }], null],

  ["cannot-be-stopped", "it answers", [], null],
  [
    "cannot-be-stopped",
    "it does not",
    [{}, {}, silent()],
    /^host2 does not answer, so it cannot be deactivated\. Its state is not known\. To let host1 take over: ansible-playbook failover\.yml$/,
  ],

  ["no-standby", "both", [], null],
  [
    "no-standby",
    "nobody is active",
    [{}, standby],
    /^An upgrade needs both hosts of the pair hamn/,
  ],
  ["no-standby", "one is silent", [{}, silent(), active], /Nothing was changed/],
  ["no-standby", "one is left out", [{ alone: true }], /without --limit\.$/],

  ["nobody-active", "one is", [], null],
  [
    "nobody-active",
    "none is",
    [{}, standby],
    /^No host of the pair hamn is active, so there is no running xCAT .*First: ansible-playbook activate\.yml$/,
  ],
];

describe("what is refused", () => {
  let decisions: readonly Decision[] = [];
  beforeAll(() => {
    decisions = decideAll(cases.map(([, , changes]) => caseOf(...changes)));
  }, 60_000);

  test.each(cases.map((each, at) => [...each, at] as const))(
    "%s: %s",
    (id, _why, _changes, sentence, at) => {
      const found = decisions[at]?.refusals[id];
      if (sentence === null) expect(found).toBeUndefined();
      else expect(found).toMatch(sentence);
    },
  );

  const ids: readonly string[] = JSON.parse(
    spawnSync(
      "python3",
      ["-Bc", "import json, refusals; print(json.dumps(list(refusals.CHECKS)))"],
      {
        cwd: programsFolder,
        encoding: "utf8",
      },
    ).stdout,
  );

  test("has a case in which it is, and one in which it is not", () => {
    for (const refused of [true, false])
      expect(
        ids.filter(
          (id) => !cases.some(([of, , , said]) => of === id && (said !== null) === refused),
        ),
      ).toEqual([]);
  });

  test("is in the runbook's table, with what it means and what to do, and the table names no other", () => {
    const byProgram = ["ground", "quiet", "look-again", "virtual-ip-unused"];
    const told = [
      ...Object.keys(refusals(siteOf(pairOf()))).filter((id) => !byProgram.includes(id)),
      ...Object.values(playbookRefusals).flatMap(({ id }) => id ?? []),
    ];
    expect(told.toSorted()).toEqual(ids.toSorted());
  });
});

describe("who hands over", () => {
  const who = (...changes: Parameters<typeof caseOf>) => {
    const { active: serves, owner, lead, hands_over: from } = decide(...changes);
    return [serves, owner, lead, from];
  };

  test("the active host, whatever the record says", () => {
    expect(who()).toEqual(["host1", "host1", "host1", "host1"]);
    expect(who({}, standby, { ...active, owner: "host1" })).toEqual([
      ...["host2", "host1", "host2", "host2"],
    ]);
  });

  test("without one, whom the record names; without a record, who does not answer", () => {
    expect(who({}, standby)).toEqual(["", "host1", "host1", "host1"]);
    expect(who({}, silent(), { owner: "" })).toEqual(["", "", "host1", "host1"]);
    expect(who({ primary: "host2" }, free, { owner: "none" })).toEqual(["", "", "host2", ""]);
  });

  test("the peer of the host that was named", () => {
    expect(who({ to: ["host1"] })[3]).toBe("host2");
    expect(who({ to: ["host2"] })[3]).toBe("host1");
    expect(who({ to: ["host3"] })[3]).toBe("");
  });
});
