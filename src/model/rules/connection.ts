import { show } from "../../diagnostic/show.js";
import type { Draft } from "../document.js";
import { hostnameProblem, shortName } from "../hostname.js";
import { parseIpv4, specialUse } from "../ipv4.js";
import { furtherAddresses, hostsOf, type Located, located, type Rule, virtualsOf } from "./rule.js";

const connections = (draft: Draft): readonly Located<string>[] =>
  hostsOf(draft).flatMap(({ host, index }) =>
    located(host.ansible_host, "hosts", index, "ansible_host"),
  );

const connectionProblem = (connection: string): string | undefined => {
  if (!/^[0-9.]+$/.test(connection)) return hostnameProblem(connection);
  const address = parseIpv4(connection);
  if (address === undefined) return "it is not four numbers from 0 to 255";
  const special = specialUse(address);
  return special === undefined ? undefined : `it is ${special}`;
};

export const connectionsAreLegal: Rule = function* (draft) {
  for (const { value, path } of connections(draft)) {
    const problem = connectionProblem(value);
    if (problem === undefined) continue;
    yield {
      code: "connection-malformed",
      message: `Ansible cannot connect to ${show(value)}: ${problem}.`,
      fix: "write an IPv4 address such as 192.168.7.11, or a name that the control machine knows.",
      path,
    };
  }
};

/** The virtual IP and its name lead to whichever host is active. */
export const connectionsAreNotVirtual: Rule = function* (draft) {
  const virtual = virtualsOf(draft);
  for (const { value, path } of connections(draft)) {
    const isName = parseIpv4(value) === undefined;
    const leads = virtual.some(
      ({ virtual: { address, hostname } }) =>
        value === address || (isName && hostname && shortName(value) === shortName(hostname)),
    );
    if (!leads) continue;
    yield {
      code: "connection-virtual",
      message: `${value} leads to whichever host is active.`,
      why: "A playbook for a standby host would change the active one.",
      fix: "write what leads to this host alone.",
      path,
    };
  }
};

/** Behind one address, as of a gateway, the ports may tell them apart. */
export const connectionsDiffer: Rule = function* (draft) {
  for (const { value, path } of connections(draft)) {
    const host = draft.hosts?.[path[1] as number];
    const other = draft.hosts?.find((one) => one !== host);
    if (other === undefined) continue;
    const same = value === other.ansible_host && (host?.port ?? 22) === (other.port ?? 22);
    const others = [other.address, ...furtherAddresses(other, 0).map((one) => one.value)];
    if (!(same && path[1] === 1) && !others.includes(value)) continue;
    yield {
      code: "connections-equal",
      message: `${value} leads to the other host too.`,
      why: "A playbook for one host would change the other.",
      fix: "write for each host what leads to it alone; behind one address, another `port`.",
      path,
    };
  }
};
