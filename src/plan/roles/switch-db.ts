import type { DatabaseEngine } from "../../catalog/types.js";
import type { Site } from "../site.js";
import { step } from "../step.js";
import type { Role, Step } from "../types.js";
import { databaseListens } from "./standby.js";

const password = (): Step =>
  step({
    id: "password",
    title: "Check the database password",
    effect: "The vault's password can stand in xCAT's configuration and is not the default.",
    template: "switch-db/password",
  });

/** Takes an interrupted move back, or finds that it went on to its end. */
export const resume = (site: Site, register: string): Step =>
  step({
    id: "resume",
    title: "Go back to where an interrupted move of the tables began",
    effect: "xCAT runs on the database that it had before, or for good on the new one.",
    bound: site.pair.timeouts.migrate * 4,
    template: "switch-db/resume",
    data: { register },
  });

const look = (site: Site): readonly Step[] => [
  resume(site, "__switch_db_resume"),
  step({
    id: "look",
    title: "Decide whether xCAT's tables have to move",
    effect: "It is known which database xCAT runs on.",
    template: "switch-db/look",
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
  ...databaseListens(site).map((each) => ({
    ...each,
    from: { role: "standby", stage: "database" },
  })),
  step({
    id: "start",
    title: `Start ${engine.label} (${engine.unit})`,
    effect: `${engine.label} runs on this host.`,
    bound: site.pair.timeouts.database,
    template: "switch-db/start",
    data: { unit: engine.unit },
  }),
];

/** Where the tables go: a server that has to be started and told whom to let in, or files. */
const move = (site: Site): readonly Step[] => {
  const { engine } = site;
  const { migrate } = site.pair.timeouts;
  return [
    ...(engine === null
      ? []
      : [
          ...start(site, engine),
          step({
            id: "prepare",
            title: `Make xCAT's database in ${engine.label}, and let the pair's addresses in`,
            effect: `${engine.label} listens on the virtual IP, and lets xCAT in from there and from both hosts.`,
            undo: "Changed files are kept beside the new ones.",
            bound: migrate * 4,
            template: "switch-db/prepare",
          }),
        ]),
    step({
      id: "move",
      title: `Move xCAT's tables to ${engine === null ? "SQLite" : engine.label}, and compare every row`,
      effect: "Every row is where it was asked for, or xCAT runs on the database that it had.",
      undo: "The dump of the tables as they were is kept in /var/lib/xcatha.",
      bound: migrate * 4,
      template: "switch-db/move",
      data: { password: engine !== null },
    }),
  ];
};

const check = (site: Site): readonly Step[] => [
  ...(site.engine === null
    ? []
    : [
        step({
          id: "address",
          title: "Make xCAT reach its database on the virtual IP",
          effect: "/etc/xcat/cfgloc names the virtual IP; the earlier file is kept beside it.",
          bound: site.pair.timeouts.migrate,
          template: "switch-db/address",
        }),
      ]),
  step({
    id: "verify",
    title: "Check that xCAT runs on the pair's database",
    effect: "xCAT answers, and reads its settings from the pair's database.",
    bound: site.pair.timeouts.xcatd + 60,
    template: "switch-db/verify",
  }),
];

/** Moves xCAT's tables to the model's database. */
export const switchDbRole = (site: Site): Role => {
  const { engine } = site;
  return {
    name: "switch_db",
    summary: `Moves xCAT's tables to ${site.pair.database} where they are elsewhere.`,
    why: [
      "A program of the host kit makes the move as one act: it stops xcatd, dumps the tables, restores",
      "them past xcatd, compares every row, and starts xcatd on the new database. Whatever fails on",
      "the way, xCAT goes back to the database that it had, whose rows are compared as well. A move",
      "that was interrupted is taken back first. xCAT's own setup commands are not used:",
      "they show the password in the list of processes, and exit with 0 also when rows are missing.",
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
      {
        id: "preflight",
        title: "Look at what is there",
        entry: "main",
        inline: true,
        steps: look(site),
      },
      { id: "move", title: "Move the tables", entry: "main", steps: move(site) },
      {
        id: "check",
        title: "Check what came of it",
        entry: "main",
        inline: true,
        steps: check(site),
      },
      {
        id: "retire",
        title: "Retire the databases that the pair does not use any more",
        entry: "separate",
        steps: [
          step({
            id: "retire",
            title: "Stop an earlier database, and take its directories off the shared data's links",
            effect: "No database of an earlier model runs, starts at boot, or is linked.",
            undo: "Its data is kept in .xcatha/retired on the shared data.",
            bound: site.pair.timeouts.stop * 4 + 120,
            template: "switch-db/retire",
          }),
        ],
      },
    ],
    undoable: null,
    closing: null,
  };
};
