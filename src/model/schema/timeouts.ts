const week = 7 * 24 * 3600;

const seconds = <Default extends number>(title: string, description: string, value: Default) =>
  ({
    title,
    description: `${description}, in whole seconds.`,
    type: "integer",
    minimum: 1,
    maximum: week,
    default: value,
    examples: [value],
  }) as const;

export const timeoutsSchema = {
  title: "Timeouts",
  description: "Upper bounds of what the playbooks wait for.",
  type: "object",
  additionalProperties: false,
  properties: {
    connect: seconds("Connect", "Reaching a host by ssh", 10),
    start: seconds("Start", "The start of one service", 60),
    stop: seconds("Stop", "The stop of one service", 60),
    database: seconds("Database", "The database's start until it answers", 60),
    xcatd: seconds("xcatd", "xcatd's start until it answers", 90),
    install: seconds("Install", "Installing xCAT and its packages on one host", 1800),
    migrate: seconds("Migrate", "Moving xCAT's tables to another database", 900),
    copy: seconds("Copy", "Copying and verifying one directory", 14400),
    fence: seconds("Fence", "A fencing command, and the host's return after a restart", 300),
  },
} as const;
