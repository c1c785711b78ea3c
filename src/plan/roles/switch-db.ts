import type { DatabaseEngine } from "../../catalog/types.js";
import { dbengines } from "../dbengines.js";
import type { Site } from "../site.js";
import { step } from "../step.js";
import type { Role, Step } from "../types.js";

/** xCAT's own command for a move to this database. */
const commands = { postgresql: "pgsqlsetup", mariadb: "mysqlsetup", sqlite: null } as const;

const password = (): Step =>
  step({
    id: "password",
    title: "Check the database password",
    effect: "The vault's password can stand in xCAT's configuration and is not the default.",
    template: "switch-db/password",
  });

/** Takes an interrupted move back, or finds that it went on to its end. */
export const resume = (site: Site, register: string, when: string | null): Step =>
  step({
    id: "resume",
    title: "Go back to where an interrupted move of the tables began",
    effect: "xCAT runs on the database that it had before, or for good on the new one.",
    bound: site.pair.timeouts.migrate,
    template: "switch-db/resume",
    data: { dbengine: dbengines[site.pair.database], register, when },
  });

const look = (site: Site): readonly Step[] => [
  resume(site, "__switch_db_resume", null),
  step({
    id: "look",
    title: "Decide whether xCAT's tables have to move",
    effect: "It is known which database xCAT runs on.",
    template: "switch-db/look",
    data: { engine: site.pair.database },
  }),
];

const start = (site: Site, engine: DatabaseEngine): readonly Step[] => [
  ...(engine.initialise && site.pair.database === "postgresql"
    ? [
        step({
          id: "initialise",
          title: `Initialise ${engine.label}'s data directory`,
          effect: "The data directory is initialised.",
          bound: site.pair.timeouts.start,
          template: "switch-db/initialise",
          data: { argv: engine.initialise, dataDirectory: engine.dataDirectory },
        }),
      ]
    : []),
  step({
    id: "start",
    title: `Start ${engine.label} (${engine.unit})`,
    effect: `${engine.label} runs on this host.`,
    bound: site.pair.timeouts.database,
    template: "switch-db/start",
    data: { unit: engine.unit },
  }),
];

const begin = (): Step =>
  step({
    id: "begin",
    title: "Keep a dump of xCAT's tables as they are",
    effect: "A dump of every table lies in /var/lib/xcatha.",
    undo: "The dump is kept.",
    bound: 300,
    template: "switch-db/begin",
  });

const verify = (site: Site): Step =>
  step({
    id: "verify",
    title: "Check that every table arrived",
    effect: "xCAT answers on the new database, and no row is missing.",
    bound: site.pair.timeouts.migrate,
    template: "switch-db/verify",
    data: {
      engine: site.pair.database,
      dbengine: dbengines[site.pair.database],
      command: commands[site.pair.database],
      access: site.pair.database === "mariadb",
    },
  });

const address = (site: Site): Step =>
  step({
    id: "address",
    title: "Make xCAT reach its database on the virtual IP",
    effect: "/etc/xcat/cfgloc names the virtual IP; the earlier file is kept beside it.",
    bound: 60,
    template: "switch-db/address",
    data: { access: site.pair.database === "mariadb" },
  });

const postgresql = (site: Site, engine: DatabaseEngine): readonly Step[] => [
  ...start(site, engine),
  step({
    id: "role",
    title: "Make xCAT's role and database (xcatadm, xcatdb)",
    effect: "The role owns the database, which PostgreSQL 15 and later ask for.",
    bound: site.pair.timeouts.database,
    template: "switch-db/postgresql-role",
  }),
  begin(),
  step({
    id: "pgsqlsetup",
    title: "Move xCAT's tables to PostgreSQL (pgsqlsetup)",
    effect: "xCAT runs on PostgreSQL, unless pgsqlsetup does not know this version.",
    bound: site.pair.timeouts.migrate,
    template: "switch-db/pgsqlsetup",
  }),
  step({
    id: "access",
    title: "Let both hosts and the virtual IP into PostgreSQL",
    effect: "PostgreSQL listens on the virtual IP and lets the pair's three addresses in.",
    bound: site.pair.timeouts.database,
    template: "switch-db/access-postgresql",
    data: { hbaFile: engine.hbaFile, configFile: engine.configFile, unit: engine.unit },
  }),
  step({
    id: "by-hand",
    title: "Move xCAT's tables step by step where pgsqlsetup could not",
    effect: "xCAT runs on PostgreSQL.",
    bound: site.pair.timeouts.migrate,
    template: "switch-db/postgresql-by-hand",
  }),
];

const mariadb = (site: Site, engine: DatabaseEngine): readonly Step[] => [
  ...start(site, engine),
  begin(),
  step({
    id: "mysqlsetup",
    title: "Move xCAT's tables to MariaDB (mysqlsetup)",
    effect: "xCAT runs on MariaDB.",
    bound: site.pair.timeouts.migrate,
    template: "switch-db/mysqlsetup",
  }),
  step({
    id: "access",
    title: "Let both hosts and the virtual IP into MariaDB",
    effect: "xCAT's user may come from the pair's three addresses.",
    bound: site.pair.timeouts.database,
    template: "switch-db/access-mariadb",
    data: { unit: engine.unit, port: engine.port },
  }),
];

const sqlite = (site: Site): readonly Step[] => [
  begin(),
  step({
    id: "to-sqlite",
    title: "Move xCAT's tables to SQLite",
    effect: "xCAT runs on SQLite.",
    bound: site.pair.timeouts.migrate,
    template: "switch-db/to-sqlite",
  }),
];

/** Moves xCAT's tables to the model's database. */
export const switchDbRole = (site: Site): Role => {
  const { engine } = site;
  const move =
    engine === null
      ? sqlite(site)
      : site.pair.database === "postgresql"
        ? postgresql(site, engine)
        : mariadb(site, engine);
  return {
    name: "switch_db",
    summary: `Moves xCAT's tables to ${site.pair.database} where they are elsewhere.`,
    why: [
      "xCAT's own command does the move. It exits with 0 also when the move failed, stops xcatd",
      "before it knows whether it can go on, and never mends a move that was interrupted. So the",
      "tables are dumped first, its result is read back from xCAT and compared with the dump row",
      "by row, and an interrupted move is taken back to its beginning.",
    ],
    stages: [
      ...(engine === null
        ? []
        : [
            {
              id: "password",
              title: "Check the password before anything is touched",
              entry: "main" as const,
              steps: [password()],
            },
          ]),
      { id: "preflight", title: "Look at what is there", entry: "main", steps: look(site) },
      { id: "move", title: "Move the tables", entry: "main", steps: move },
      {
        id: "check",
        title: "Check what came of it",
        entry: "main",
        steps: [...(engine === null ? [] : [address(site)]), verify(site)],
      },
    ],
    undoable: null,
    closing: null,
  };
};
