import { rowsOf } from "../database-rows.js";
import { type Flavour, NO_SERVICE } from "../flavour.js";
import { sqlite } from "./sqlite.js";

/** What tells the flavours of this family apart. */
type Own = Pick<Flavour, "platform" | "root"> & {
  /** PostgreSQL's major version, which is in the name of its unit and in its paths. */
  readonly postgresql: string;
};

/** Hosts that call things as Debian 12 does. */
export const debianFlavour = ({ platform, root, postgresql }: Own): Flavour => ({
  platform,
  root,
  databases: {
    postgresql: {
      dbengine: "Pg",
      // PostgreSQL's instance is started by its wrapper alone.
      unit: `postgresql@${postgresql}-main`,
      quiet: [],
      boot: ["postgresql"],
      directories: ["/var/lib/postgresql", "/etc/postgresql"],
      ports: { postgresql: 5432 },
      reachedFrom: "active",
      nodes: rowsOf.postgresql,
      known: {
        ask: "pg_lsclusters --no-header | awk '{print $1, $2, $3, $4, $6}'",
        answer: `${postgresql} main 5432 online /var/lib/postgresql/${postgresql}/main`,
      },
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
    sqlite,
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
});
