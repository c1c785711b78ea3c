import type { Site } from "./site.js";

/** What a play runs: a role's main entry, or one stage of it. */
export interface Run {
  readonly role: string;
  readonly stage?: string;
  /** Stages of its main entry that are skipped there, since an earlier play answered what they ask. */
  readonly without?: readonly string[];
}

/**
 * One play of a procedure. `first` is the host that is active before a failover, and after setup; `second` is its
 * peer.
 */
export interface Play {
  /** As in the playbook. */
  readonly title: string;
  readonly on: "both" | "first" | "second";
  readonly runs: readonly Run[];
  /** Runs only when an earlier play of the procedure failed and kept its reason. */
  readonly afterFailure?: true;
  /** A failure ends only this play: the next ones are told the reason. */
  readonly keepsReason?: true;
}

/** What can be explained of a pair, in the order in which people meet it. */
export const procedureNames = ["setup", "failover", "takeover", "deactivate", "activate"] as const;

/** What a person does with one command: the plays of one playbook, in order, as they run in one situation. */
export interface Procedure {
  readonly name: (typeof procedureNames)[number];
  readonly playbook: string;
  /** Arguments of the command after the playbook's name. */
  readonly words: string;
  /** One sentence: what it does. */
  readonly summary: string;
  readonly plays: readonly Play[];
}

const askBoth: Play = {
  title: "Ask both hosts what they are now",
  on: "both",
  runs: [{ role: "status", stage: "ask" }],
};

const installing = ({ pair }: Site): readonly Play[] => [
  askBoth,
  {
    title: "Check both hosts and agree on names",
    on: "both",
    runs: [
      { role: "install_xcat", stage: "preflight" },
      { role: "install_xcat", stage: "tools" },
      { role: "host_kit" },
      { role: "share_data", stage: "foresee" },
      ...(pair.hostname.change ? [{ role: "install_xcat", stage: "credentials" }] : []),
      { role: "standby", stage: "names" },
    ],
  },
  {
    title: "Take the pair for the host that is set up first",
    on: "first",
    runs: ["takeover", "mark", "claim", "identity"].map((stage) => ({ role: "activate", stage })),
  },
  { title: "Install xCAT", on: "both", runs: [{ role: "install_xcat" }] },
];

const setup = (site: Site): readonly Play[] => [
  ...(site.engine
    ? [
        {
          title: "Check the database password before anything is touched",
          on: "both",
          runs: [{ role: "switch_db", stage: "password" }],
        } as const,
      ]
    : []),
  ...installing(site),
  {
    title: "Move xCAT's tables and share the data",
    on: "first",
    runs: [{ role: "switch_db" }, { role: "share_data" }],
  },
  { title: "Make the other host standby", on: "second", runs: [{ role: "standby" }] },
  {
    title: "Make the first host active",
    on: "first",
    runs: [
      { role: "standby", stage: "clock" },
      { role: "standby", stage: "prepare" },
      { role: "activate" },
      { role: "switch_db", stage: "retire" },
    ],
  },
  { title: "Tell what stopped the setup", on: "both", runs: [] },
  {
    title: "Show the pair",
    on: "both",
    runs: [{ role: "status", stage: "ask-one" }, { role: "status" }],
  },
];

const deactivating: Play = {
  title: "Deactivate the host that hands over",
  on: "first",
  // That waits until the other host serves.
  runs: [{ role: "deactivate", without: ["boot"] }],
};

const deciding: Play = { title: "Decide who hands over to whom", on: "both", runs: [] };

const takingOver = (site: Site): readonly Play[] => [
  { title: "Find out whether the active host can hand over", on: "both", runs: [] },
  {
    title: "Check that the other host can take over",
    on: "second",
    // Data on a device of its own can be looked at only once it is mounted.
    runs:
      site.pair.shared.device === null
        ? [
            { role: "activate", stage: "preflight" },
            { role: "activate", stage: "stranger" },
          ]
        : [],
  },
];

/** @param handedOver whether the peer handed over cleanly: what was checked before its stop holds. */
const activating = (site: Site, handedOver: boolean): Play => ({
  title: "Activate the host that takes over",
  on: "second",
  runs: [
    {
      role: "activate",
      without:
        site.pair.shared.device === null ? ["preflight", ...(handedOver ? ["takeover"] : [])] : [],
    },
  ],
  keepsReason: true,
});

const telling: Play = {
  title: "Tell how it ended",
  on: "second",
  // Only where it went wrong.
  runs: [{ role: "status", stage: "ask" }],
};

/** What people do with the pair, in the order in which they meet it. */
export const proceduresOf = (site: Site): readonly Procedure[] => {
  const [first, second] = site.pair.hosts;
  return [
    {
      name: "setup",
      playbook: "setup",
      words: "",
      summary: "Takes both hosts to one active and one standby.",
      plays: setup(site),
    },
    {
      name: "failover",
      playbook: "failover",
      words: "",
      summary: `Moves the service from ${first.name}, which answers, to ${second.name}.`,
      plays: [
        askBoth,
        deciding,
        ...takingOver(site),
        deactivating,
        activating(site, true),
        {
          title: "Give the service back if it could not be taken over",
          on: "first",
          runs: [{ role: "activate" }],
          afterFailure: true,
        },
        telling,
      ],
    },
    {
      name: "takeover",
      playbook: "failover",
      words: site.fencing ? "" : ` -e xcatha_fenced=${first.name}`,
      summary: `Makes ${second.name} active when ${first.name} does not answer and can no longer write.`,
      plays: [
        askBoth,
        deciding,
        ...(site.fencing
          ? [
              {
                title: "Restart the active host if it does not answer",
                on: "second",
                runs: [{ role: "fence" }],
              } as const,
            ]
          : []),
        ...takingOver(site),
        activating(site, false),
        telling,
      ],
    },
    {
      name: "deactivate",
      playbook: "deactivate",
      words: ` --limit ${first.name}`,
      summary: `Stops everything of the pair on ${first.name}.`,
      plays: [askBoth, { title: "Deactivate", on: "first", runs: [{ role: "deactivate" }] }],
    },
    {
      name: "activate",
      playbook: "activate",
      words: ` --limit ${second.name}`,
      summary: `Makes ${second.name} active.`,
      plays: [askBoth, { title: "Activate", on: "second", runs: [{ role: "activate" }] }],
    },
  ];
};

/** The command that runs a procedure. */
export const commandOf = ({ playbook, words }: Pick<Procedure, "playbook" | "words">): string =>
  `ansible-playbook ${playbook}.yml${words}`;
