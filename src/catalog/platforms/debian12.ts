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

export const debian12: Platform = {
  name: "debian12",
  title: "Debian 12",
  osRelease: { ids: ["debian"], version: "12" },
  packageManager: "apt",
  xcatPackages: ["xcat"],
  toolPackages: debianTools,
  databases: {
    postgresql: debianPostgresql("15"),
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
