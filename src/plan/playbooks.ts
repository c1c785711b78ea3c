import type { Playbook } from "./types.js";

/** The playbooks, in the order in which a user meets them. */
export const playbooks: readonly Playbook[] = [
  {
    name: "ask",
    summary: "Asks both hosts what they are now: what the other playbooks begin with.",
    usage: [],
  },
  {
    name: "setup",
    summary: "Takes both hosts from bare, or from xCAT installed, to one active and one standby.",
    usage: ["ansible-playbook setup.yml"],
  },
  {
    name: "install-xcat",
    summary: "Installs xCAT on both hosts where it is missing, under the virtual IP's identity.",
    usage: ["ansible-playbook install-xcat.yml"],
  },
  {
    name: "switch-db",
    summary: "Moves xCAT's tables to the model's database, on the active host.",
    usage: ["ansible-playbook switch-db.yml"],
  },
  {
    name: "standby",
    summary:
      "Prepares a host to take over at any time; without --limit every host that is not active.",
    usage: ["ansible-playbook standby.yml", "ansible-playbook standby.yml --limit HOST"],
  },
  {
    name: "activate",
    summary: "Makes a host active; without --limit the first host, if none is active.",
    usage: ["ansible-playbook activate.yml --limit HOST"],
  },
  {
    name: "deactivate",
    summary: "Stops everything of the pair on a host; without --limit on the active host.",
    usage: ["ansible-playbook deactivate.yml --limit HOST"],
  },
  {
    name: "failover",
    summary: "Deactivates the active host, if it answers, and activates its peer.",
    usage: [
      "ansible-playbook failover.yml",
      "ansible-playbook failover.yml -e xcatha_to=HOST",
      "ansible-playbook failover.yml -e xcatha_fenced=HOST",
    ],
  },
  {
    name: "upgrade",
    summary:
      "Upgrades xCAT and the database's server on both hosts, the standby first, with a failover in between.",
    usage: ["ansible-playbook upgrade.yml"],
  },
  {
    name: "status",
    summary: "Shows who is active and what is wrong; changes nothing.",
    usage: ["ansible-playbook status.yml"],
  },
];
