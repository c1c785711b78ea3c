import { type Flavour, NO_SERVICE } from "../flavour.js";
import { debianFlavour } from "./debian.js";

const own = { platform: "debian11", root: "host-debian11", postgresql: "13" } as const;
const { databases, dhcps, ...common } = debianFlavour(own);
const { isc = NO_SERVICE } = dhcps;

/**
 * Bare Debian 11: its MariaDB has no socket unit yet, and it has no Kea. Its dhcpd and its omshell lose about every second
 * OMAPI connection, by which xCAT makes reservations and asks for them.
 */
export const debian11: Flavour = {
  ...common,
  databases: { ...databases, mariadb: { ...databases.mariadb, quiet: [], boot: ["mariadb"] } },
  dhcps: { isc: { ...isc, tells: false } },
};
