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

export const ubuntu22: Platform = {
  name: "ubuntu22",
  title: "Ubuntu 22.04 LTS",
  osRelease: { ids: ["ubuntu"], version: "22.04" },
  packageManager: "apt",
  xcatPackages: ["xcat"],
  toolPackages: debianTools,
  databases: {
    postgresql: debianPostgresql("14"),
    mariadb: debianMariadb,
  },
  dns: debianNamed,
  dhcp: { isc: debianIscDhcp, kea: debianKea },
  console: { goconserver: debianGoconserver, conserver: debianConserver },
  ntp: debianChrony,
  http: debianHttp,
  nfs: debianNfs,
  tftp: debianTftp,
  defaults: { console: "conserver", dhcp: "kea", database: "postgresql" },
};
