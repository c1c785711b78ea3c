import { postgresRows } from "./harness/evidence.js";
import type { Host } from "./harness/host.js";
import { ADDRESSES } from "./harness/network.js";
import { DATABASE_PASSWORD } from "./pair.js";

const QUERY = "SELECT node FROM nodelist ORDER BY node";

const READ_SQLITE = `
import sqlite3, sys
with sqlite3.connect("file:" + sys.argv[1] + "?mode=ro", uri=True) as tables:
    for (node,) in tables.execute("${QUERY}"):
        print(node)
`;

/** The nodes in each database, asked past xCAT. */
export const rowsOf = {
  /** From the server on the active host. */
  postgresql: (host: Host): Promise<readonly string[]> => postgresRows(host, QUERY),

  /** As xCAT asks: as its user, on the virtual IP; so from both hosts. */
  async mariadb(host: Host): Promise<readonly string[]> {
    const client = `mysql --batch --skip-column-names -h ${ADDRESSES.virtual} -u xcatadmin xcatdb`;
    const input = `${DATABASE_PASSWORD}\n${QUERY}`;
    return lines(await host.ask(`read -r MYSQL_PWD; export MYSQL_PWD; ${client}`, { input }));
  },

  /** From the file on the shared data. */
  async sqlite(host: Host): Promise<readonly string[]> {
    const file = `${host.sharedPath}/etc/xcat/nodelist.sqlite`;
    return lines(await host.ask(`python3 - ${file}`, { input: READ_SQLITE }));
  },
};

const lines = (text: string): readonly string[] => text.split("\n").filter(Boolean);
