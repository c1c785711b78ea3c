import {
  debianChrony,
  debianConserver,
  debianGoconserver,
  debianHttp,
  debianIscDhcp,
  debianMariadb,
  debianNamed,
  debianNfs,
  debianPostgresql,
  debianTftp,
  debianTools,
} from "../families/debian.js";
import type { Platform } from "../types.js";

/** It has no Kea. */
export const debian11: Platform = {
  name: "debian11",
  title: "Debian 11",
  osRelease: { ids: ["debian"], version: "11" },
  packageManager: "apt",
  xcatPackages: ["xcat"],
  toolPackages: debianTools,
  databases: {
    postgresql: debianPostgresql("13"),
    mariadb: debianMariadb,
  },
  dns: debianNamed,
  dhcp: { isc: debianIscDhcp },
  console: { goconserver: debianGoconserver, conserver: debianConserver },
  ntp: debianChrony,
  http: debianHttp,
  nfs: debianNfs,
  tftp: debianTftp,
  defaults: { console: "conserver", dhcp: "isc", database: "postgresql" },
};
