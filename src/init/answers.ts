import type { Diagnostic } from "../diagnostic/types.js";
import type { ModelDocument } from "../model/document.js";
import { checkModel } from "../model/read-model.js";

/** What `xcatha init` asks for, in the order in which it asks; each is an option of the command too. */
export const questionIds = [
  "host1",
  "host2",
  "shared",
  "nic",
  "vip",
  "netmask",
  "platform",
  "hostname",
  "database",
  "fencing",
] as const;
export type QuestionId = (typeof questionIds)[number];

/** What was answered, as it was typed. */
export type Answers = Readonly<Partial<Record<QuestionId, string>>>;

/** `NAME=ADDRESS`, also with a blank or a comma between. */
export function splitHost(answer: string): { readonly name: string; readonly address: string } {
  const [name = "", address = ""] = answer.trim().split(/\s*[=,\s]\s*/);
  return { name, address };
}

/** What stands for each host's name in an answer that is for both. */
const hostWord = /\bHOST\b/g;

/** That nothing is wanted, where that can be. */
export const nothing = "none";

/**
 * The commands that ask for a host's power and cut it: the answer with `status` or `off` as its last word. No reboot, which
 * each program calls otherwise.
 */
const fencingOf = (answer: string, host: string) => {
  const command = answer.replace(hostWord, () => host);
  return { status: `${command} status`, off: `${command} off` };
};

/** A netmask, or the length of a prefix. */
const netmaskOf = (answer: string) =>
  /^\/?\d{1,2}$/.test(answer) ? { prefix: Number(answer.replace("/", "")) } : { netmask: answer };

/** The document that the answers make; what is not answered is absent. */
function draftOf(answers: Answers): Record<string, unknown> {
  const { host1, host2, shared, nic, vip, netmask, platform, hostname, database } = answers;
  const { fencing = nothing } = answers;
  const hosts = [host1, host2]
    .filter((one) => one !== undefined)
    .map(splitHost)
    .map((host) =>
      fencing === nothing ? host : { ...host, fencing: fencingOf(fencing, host.name) },
    );
  const draft = {
    platform,
    hosts,
    virtual: { address: vip, ...(netmask !== undefined && netmaskOf(netmask)), nic, hostname },
    shared: { path: shared },
    database,
  };
  // Without what is undefined.
  return JSON.parse(JSON.stringify(draft));
}

/** Where the model has what a question asks for, as JSON pointers. */
const pointers: Readonly<Record<QuestionId, readonly string[]>> = {
  host1: ["/hosts/0/name", "/hosts/0/address"],
  host2: ["/hosts/1/name", "/hosts/1/address"],
  shared: ["/shared/path"],
  nic: ["/virtual/nic"],
  vip: ["/virtual/address"],
  netmask: ["/virtual/netmask", "/virtual/prefix"],
  platform: ["/platform"],
  hostname: ["/virtual/hostname", "/name"],
  database: ["/database"],
  fencing: ["/hosts/0/fencing/status", "/hosts/1/fencing/status"],
};

/** All that the rules of `validate` have against the answers so far, but that some are still missing. */
function faultsOf(answers: Answers): readonly Diagnostic[] {
  const result = checkModel({
    file: "xcatha.yml",
    value: draftOf(answers),
    locate: () => undefined,
  });
  const missing = ["key-missing", "count-wrong"];
  // A warning too is for the moment at which the answer is typed.
  const all = result.ok ? (result.warnings ?? []) : result.diagnostics;
  return all.filter(({ code }) => !missing.includes(code));
}

const bad = (message: string, fix: string): Diagnostic => ({
  code: "answer-missing",
  message,
  fix,
  file: "",
});

/**
 * What is wrong with an answer, given those before it; undefined if nothing is. A rule may find the fault of a new
 * answer at the place of an older one, e.g. of a netmask by which a host is in another subnet.
 */
export function answerFault(
  id: QuestionId,
  answer: string,
  before: Answers,
): Diagnostic | undefined {
  const { name, address } = splitHost(answer);
  if (/^host[12]$/.test(id) && (name === "" || address === ""))
    return bad("A host has a name and an address.", "write both, e.g. mn1=10.5.106.70.");
  if (answer.trim() === "") return bad("This has no default.", "write an answer.");
  if (id === "fencing" && answer.trim() !== nothing && answer.search(hostWord) < 0)
    return bad(
      "Both hosts would have the same command.",
      "write HOST where the host's name belongs, e.g. HOST-bmc; or none, and give each host its own in the model.",
    );
  const faults = faultsOf({ ...before, [id]: answer.trim() });
  const known = faultsOf(before).map(({ pointer, code }) => `${code} ${pointer}`);
  return (
    faults.find(({ pointer = "" }) => pointers[id].includes(pointer)) ??
    faults.find(({ pointer, code }) => !known.includes(`${code} ${pointer}`))
  );
}

/** The document of answers that all have no fault. */
export const documentOf = (answers: Required<Answers>): ModelDocument =>
  draftOf(answers) as unknown as ModelDocument;
