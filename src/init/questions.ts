import { modelSchema } from "../model/schema/index.js";
import { platformNames } from "../model/types.js";
import type { QuestionId } from "./answers.js";

/** How a question is asked. */
export interface Question {
  readonly asks: string;
  /** What stands for the answer in help texts. */
  readonly placeholder: string;
  /** Closed list of answers; absent where any text may be right. */
  readonly choices?: readonly string[];
}

const { database } = modelSchema.properties;

export const questions: Readonly<Record<QuestionId, Question>> = {
  host1: {
    asks: "The host that setup makes active: its name and address",
    placeholder: "name=address",
  },
  host2: { asks: "The other host: its name and address", placeholder: "name=address" },
  shared: { asks: "The directory that both hosts can reach", placeholder: "dir" },
  nic: { asks: "The network interface for the virtual IP", placeholder: "nic" },
  vip: { asks: "The virtual IP: a free address in the hosts' subnet", placeholder: "address" },
  netmask: {
    asks: "The subnet's netmask, or the length of its prefix",
    placeholder: "netmask|bits",
  },
  platform: { asks: "The Linux of both hosts", placeholder: "name", choices: platformNames },
  hostname: { asks: "The hostname of whichever host is active", placeholder: "name" },
  database: {
    asks: "What xCAT keeps its tables in",
    placeholder: "name",
    choices: database.enum.filter((name) => name !== "mysql"),
  },
  fencing: {
    asks: "Power control of a host, e.g. ipmitool -H HOST-bmc power; or none",
    placeholder: "command|none",
  },
};
