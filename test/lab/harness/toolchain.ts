import { join } from "node:path";
import { checkoutDirectory, rootDirectory } from "./paths.js";

/** The two ends of the range of ansible-core that the generated playbooks support. */
export const ANSIBLE_VERSIONS = ["2.14", "2.19"] as const;

/** 2.14 is this machine's own; 2.19 lives in the Debian 13 root. */
export type AnsibleVersion = (typeof ANSIBLE_VERSIONS)[number];

/** Where a command of the toolchain runs. */
export interface Placement {
  /** The working directory, which the command may write to. */
  readonly directory: string;
  /** More directories that it reads or writes. */
  readonly directories?: readonly string[];
  /** The network namespace; without it, this machine's own. */
  readonly namespace?: string;
}

/** The command line that runs a command with the tools that belong to this version of Ansible. */
export function withToolchain(
  version: AnsibleVersion,
  command: readonly string[],
  { directory, directories = [], namespace }: Placement,
): readonly string[] {
  const network = namespace === undefined ? [] : ["nsenter", `--net=/run/netns/${namespace}`];
  if (version === "2.14") return [...network, "env", `--chdir=${directory}`, ...command];
  const script = join(checkoutDirectory(), "test/lab/harness/enter-root.sh");
  const enter = ["unshare", "--mount", "--propagation", "private", "bash", script];
  const places = [directory, ...directories];
  return [...network, ...enter, rootDirectory("lint"), ...places, "--", ...command];
}

/** An environment in which Ansible prints plain text and keeps its files in the given directory. */
export function ansibleEnvironment(home: string): Readonly<Record<string, string>> {
  return {
    PATH: "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
    LANG: "C.UTF-8",
    HOME: home,
    ANSIBLE_HOME: join(home, "ansible"),
    ANSIBLE_LOCAL_TEMP: join(home, "ansible/tmp"),
    ANSIBLE_NOCOLOR: "1",
    ANSIBLE_FORCE_COLOR: "0",
    NO_COLOR: "1",
  };
}
