import { rowsOf } from "../database-rows.js";
import { type Flavour, NO_SERVICE } from "../flavour.js";
import { sqlite } from "./sqlite.js";

/** EL 9's names, paths and packages, over Debian's programs. */
export const el9: Flavour = {
  platform: "el9",
  // Its repositories are not known before: goconserver comes from there.
  xcat: "go-xcat",
  root: "el9",
  databases: {
    postgresql: {
      dbengine: "Pg",
      unit: "postgresql",
      quiet: [],
      boot: ["postgresql"],
      directories: ["/var/lib/pgsql"],
      ports: { postgresql: 5432 },
      reachedFrom: "active",
      nodes: rowsOf.postgresql,
    },
    mariadb: {
      dbengine: "mysql",
      unit: "mariadb",
      quiet: [],
      boot: ["mariadb"],
      directories: ["/var/lib/mysql"],
      ports: { mariadb: 3306 },
      reachedFrom: "both",
      nodes: rowsOf.mariadb,
    },
    sqlite,
  },
  consoles: {
    goconserver: { ...NO_SERVICE, up: ["goconserver"], ports: { goconserver: 12430 } },
  },
  dhcps: { isc: { ...NO_SERVICE, up: ["dhcpd"] } },
  serving: ["named", "httpd"],
  off: ["tftp", "tftp.socket"],
};
