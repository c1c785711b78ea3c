import {
  debianChrony,
  debianConserver,
  debianGoconserver,
  debianHttp,
  debianIscDhcp,
  debianKea,
  debianMariadb,
  debianNamed,
  debianNfs,
  debianPostgresql,
  debianTftp,
  debianTools,
} from "../families/debian.js";
import type { Platform } from "../types.js";

export const debian13: Platform = {
  name: "debian13",
  title: "Debian 13",
  osRelease: { ids: ["debian"], version: "13" },
  packageManager: "apt",
  xcatPackages: ["xcat"],
  toolPackages: debianTools,
  databases: {
    postgresql: debianPostgresql("17"),
    mariadb: debianMariadb,
  },
  dns: debianNamed,
  dhcp: { isc: debianIscDhcp, kea: debianKea },
  console: { goconserver: debianGoconserver, conserver: debianConserver },
  ntp: debianChrony,
  http: debianHttp,
  nfs: debianNfs,
  tftp: debianTftp,
  defaults: { console: "conserver", dhcp: "isc", database: "postgresql" },
};
