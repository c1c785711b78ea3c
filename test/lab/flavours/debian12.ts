import { rowsOf } from "../database-rows.js";
import { type Flavour, NO_SERVICE } from "../flavour.js";

/** Bare Debian 12. */
export const debian12: Flavour = {
  platform: "debian12",
  root: "host",
  databases: {
    postgresql: {
      dbengine: "Pg",
      // PostgreSQL's instance is started by its wrapper alone.
      unit: "postgresql@15-main",
      quiet: [],
      boot: ["postgresql"],
      directories: ["/var/lib/postgresql", "/etc/postgresql"],
      ports: { postgresql: 5432 },
      reachedFrom: "active",
      nodes: rowsOf.postgresql,
    },
    mariadb: {
      dbengine: "mysql",
      unit: "mariadb",
      quiet: ["mariadb.socket"],
      boot: ["mariadb", "mariadb.socket"],
      directories: ["/var/lib/mysql"],
      ports: { mariadb: 3306 },
      reachedFrom: "both",
      nodes: rowsOf.mariadb,
    },
    sqlite: {
      dbengine: "SQLite",
      unit: undefined,
      quiet: [],
      boot: [],
      directories: [],
      ports: {},
      reachedFrom: "active",
      nodes: rowsOf.sqlite,
    },
  },
  consoles: {
    conserver: { ...NO_SERVICE, withConsoles: ["conserver-server"] },
    goconserver: {
      ...NO_SERVICE,
      up: ["goconserver"],
      off: ["conserver-server"],
      ports: { goconserver: 12430 },
    },
  },
  dhcps: {
    isc: { ...NO_SERVICE, up: ["isc-dhcp-server"] },
    kea: {
      ...NO_SERVICE,
      up: ["kea-dhcp4-server"],
      off: ["kea-ctrl-agent", "isc-dhcp-server"],
    },
  },
  serving: ["named", "apache2"],
  off: ["tftpd-hpa"],
};
