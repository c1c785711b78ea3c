import { show } from "../../diagnostic/show.js";
import { isWithin, keptByModel } from "../directories.js";
import { pathProblem } from "./paths.js";
import { located, type Rule } from "./rule.js";

/** What tells one host from the other, or is made on each by itself. */
const ofEachHost = [
  ...["/boot", "/dev", "/proc", "/run", "/sys", "/tmp", "/usr", "/var/run", "/var/tmp"],
  ...["/etc/NetworkManager", "/etc/fstab", "/etc/hostname", "/etc/machine-id", "/etc/netplan"],
  ...["/etc/network", "/etc/ssh", "/etc/sysconfig/network", "/etc/sysconfig/network-scripts"],
  ...["/etc/systemd", "/etc/xcatha", "/opt/xcat", "/root/.ssh/authorized_keys"],
];

/** What goes with the service without being listed. */
const carriedAlready = ["/etc/exports", "/etc/hosts", "/root/.ssh/id_rsa", "/root/.ssh/id_rsa.pub"];

const problemOf = (file: string, shared: readonly string[]): string | undefined => {
  const problem = pathProblem(file);
  if (problem !== undefined) return problem;
  if (carriedAlready.includes(file)) return "it goes with the service already";
  const directory = shared.find((each) => isWithin(file, each));
  if (directory !== undefined) return `it is on the shared data already, with ${directory}`;
  const own = ofEachHost.find((each) => isWithin(file, each));
  return own === undefined ? undefined : `each host needs its own ${own}`;
};

/** The files that go with the service are files of the site's, each listed once. */
export const carriedFilesAreLegal: Rule = function* (draft) {
  const shared = [...keptByModel(draft), ...(draft.shared?.directories?.add ?? [])].filter(
    (each) => each !== undefined,
  );
  const seen = new Set<string>();
  for (const [index, item] of (draft.shared?.files ?? []).entries()) {
    for (const { value, path } of located(item, "shared", "files", index)) {
      const problem = seen.has(value) ? "it is listed twice" : problemOf(value, shared);
      seen.add(value);
      if (problem === undefined) continue;
      yield {
        code: "carried-file-illegal",
        message: `${show(value)} cannot go with the service: ${problem}.`,
        fix: "list files that both hosts are to have alike, e.g. /etc/auto.nodes, each once.",
        path,
      };
    }
  }
};
