import { debianIscDhcp, debianNfs, debianPlatform } from "../families/debian.js";
import type { Service } from "../types.js";

/** Its script takes the file that a dead dhcpd left for a running one, and would not start it again. */
const iscDhcp: Service = {
  ...debianIscDhcp,
  settings: ["ExecStopPost=/bin/rm -f /run/dhcpd.pid"],
};

/** It has no Kea, and its kernel tracks NFSv4 clients by a helper that no unit starts. */
export const debian11 = debianPlatform({
  name: "debian11",
  title: "Debian 11",
  osRelease: { ids: ["debian"], version: "11" },
  python: "3.9",
  postgresql: "13",
  dhcp: { isc: iscDhcp },
  nfs: { ...debianNfs, also: [], tracker: null },
  defaultDhcp: "isc",
});
