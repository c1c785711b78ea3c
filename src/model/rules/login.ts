import { show } from "../../diagnostic/show.js";
import { hostsOf, located, type Rule, virtualsOf } from "./rule.js";

const longestNic = 15;

/** Linux takes any byte but `/`, white space and `:`; the two dots name directories. */
const nicProblem = (nic: string): string | undefined => {
  if (nic.length > longestNic)
    return `it has ${nic.length} characters, and Linux takes ${longestNic} at most`;
  return /^[A-Za-z0-9][A-Za-z0-9_.@-]*$/.test(nic)
    ? undefined
    : "only letters, digits and any of _ . @ - may stand in it";
};

export const nicsAreLegal: Rule = function* (draft) {
  const nics = [
    ...hostsOf(draft).flatMap(({ host, index }) => [
      ...located(host.nic, "hosts", index, "nic"),
      ...(host.addresses ?? []).flatMap((one, at) =>
        located(one?.nic, "hosts", index, "addresses", at, "nic"),
      ),
    ]),
    ...virtualsOf(draft).flatMap(({ virtual, path }) => located(virtual.nic, ...path, "nic")),
  ];
  for (const { value, path } of nics) {
    const problem = nicProblem(value);
    if (problem === undefined) continue;
    yield {
      code: "nic-illegal",
      message: `${show(value)} is not the name of a NIC: ${problem}.`,
      fix: "write the name as `ip link` shows it, e.g. eth0.",
      path,
    };
  }
};

export const usersAreLegal: Rule = function* (draft) {
  for (const { host, index } of hostsOf(draft)) {
    if (host.user === undefined || /^[A-Za-z0-9_][A-Za-z0-9_.@-]{0,63}$/.test(host.user)) continue;
    yield {
      code: "user-illegal",
      message: `${show(host.user)} is not a login name.`,
      fix: "write the user that Ansible logs in as, e.g. root.",
      path: ["hosts", index, "user"],
    };
  }
};
