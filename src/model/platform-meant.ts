import { platforms } from "../catalog/index.js";
import type { PlatformName } from "./types.js";

/** What people call a distribution, where /etc/os-release has another word. */
const otherWords: Readonly<Record<string, string>> = {
  redhat: "rhel",
  alma: "almalinux",
  rockylinux: "rocky",
  oracle: "ol",
  oraclelinux: "ol",
  suse: "sles",
  sle: "sles",
  leap: "opensuse-leap",
  opensuseleap: "opensuse-leap",
};

/** The platform that a distribution and its version is, e.g. el9 for `rhel9` or `Rocky-9.4`; undefined if it is none. */
export function platformMeant(word: string): PlatformName | undefined {
  const [, letters = "", major] = /^([a-z][a-z _-]*?)[ _-]*v?(\d+)/i.exec(word) ?? [];
  const id = letters.toLowerCase().replace(/[ _-]/g, "");
  return platforms.find(
    ({ osRelease }) =>
      (osRelease.ids.includes(id) || osRelease.ids.includes(otherWords[id] ?? "")) &&
      osRelease.version.split(".")[0] === major,
  )?.name;
}
