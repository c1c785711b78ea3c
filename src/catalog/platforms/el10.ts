import {
  rhelChrony,
  rhelGoconserver,
  rhelHttp,
  rhelIds,
  rhelKea,
  rhelMariadb,
  rhelNamed,
  rhelNfs,
  rhelPostgresql,
  rhelTftp,
  rhelTools,
} from "../families/rhel.js";
import type { Platform } from "../types.js";

export const el10: Platform = {
  name: "el10",
  title: "RHEL 10 and its rebuilds",
  osRelease: { ids: rhelIds, version: "10" },
  packageManager: "dnf",
  xcatPackages: ["xCAT"],
  toolPackages: rhelTools,
  databases: { postgresql: rhelPostgresql, mariadb: rhelMariadb },
  dns: rhelNamed,
  dhcp: { kea: rhelKea },
  console: { goconserver: rhelGoconserver },
  ntp: rhelChrony,
  http: rhelHttp,
  nfs: rhelNfs,
  tftp: rhelTftp,
  defaults: { console: "goconserver", dhcp: "kea", database: "postgresql" },
};
