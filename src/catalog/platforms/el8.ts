import {
  rhelChrony,
  rhelGoconserver,
  rhelHttp,
  rhelIds,
  rhelIscDhcp,
  rhelMariadb,
  rhelNamed,
  rhelNfs,
  rhelPostgresql,
  rhelTftp,
  rhelTools,
} from "../families/rhel.js";
import type { Platform } from "../types.js";

export const el8: Platform = {
  name: "el8",
  title: "RHEL 8 and its rebuilds",
  osRelease: { ids: rhelIds, version: "8" },
  packageManager: "dnf",
  xcatPackages: ["xCAT"],
  toolPackages: rhelTools,
  databases: { postgresql: rhelPostgresql, mariadb: rhelMariadb },
  dns: rhelNamed,
  dhcp: { isc: rhelIscDhcp },
  console: { goconserver: rhelGoconserver },
  ntp: rhelChrony,
  http: rhelHttp,
  nfs: rhelNfs,
  tftp: rhelTftp,
  defaults: { console: "goconserver", dhcp: "isc", database: "postgresql" },
};
