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
import type { Platform, Service } from "../types.js";

/** Its script takes the file that a dead dhcpd left for a running one, and would not start it again. */
const iscDhcp: Service = {
  ...debianIscDhcp,
  settings: ["ExecStopPost=/bin/rm -f /run/dhcpd.pid"],
};

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
  dhcp: { isc: iscDhcp },
  console: { goconserver: debianGoconserver, conserver: debianConserver },
  ntp: debianChrony,
  http: debianHttp,
  nfs: debianNfs,
  tftp: debianTftp,
  defaults: { console: "conserver", dhcp: "isc", database: "postgresql" },
};
