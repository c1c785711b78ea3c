import type { Site } from "./site.js";
import type { Refusal } from "./types.js";

/** The card on which somebody may have the virtual IP, where both hosts call it the same. */
const nicOf = ({ pair }: Site): string => {
  const [first, second] = pair.hosts;
  return first.nic === second.nic ? first.nic : "NIC";
};

/** What shows who has the virtual IP; which of several that is, the message says. */
const arping = (site: Site): string =>
  site.pair.further.length === 0
    ? `arping -c 2 -I ${nicOf(site)} ${site.pair.virtual.address}`
    : "arping -c 2 -I NIC ADDRESS";

/** What each check means that may stop a run, for who reads it at night: by the step's id. */
export const refusals = (site: Site) =>
  ({
    platform: {
      means:
        "The host is not what the model says: its system, its NIC, the shared path or where its addresses come from.",
      mend: "The message names it. Mend it, or the model and `xcatha generate`; then `setup.yml` again.",
    },
    "set-up": {
      means:
        "The host that takes over does not see this pair's shared data: it is not mounted there, or it is another one.",
      mend: `Mount it, and see with \`ls -A ${site.pair.shared.path}\` that it is the real one; then the same command again. Make no missing directory by hand.`,
    },
    engine: {
      means: `The tables on the shared data are not in ${site.pair.database}, for which these playbooks were generated.`,
      mend: "Set `database` in the model to what the message names, `xcatha generate`, and the same command again.",
    },
    version: {
      means:
        "The host that takes over has another xCAT than the one that served last. It may change the tables so that nobody can go back.",
      mend: "Install the same version on both; `upgrade.yml` finishes an upgrade that was cut short. If it is the lesser evil: the same command with `-e xcatha_accept_version=VERSION`.",
    },
    clocks: {
      means:
        "The hosts' clocks are more than 10 s apart. Certificates and the database need one time.",
      mend: "Look with `chronyc tracking` on both, give both the same time servers, wait until it says Normal; then the same command again.",
    },
    ground: {
      means:
        "The host that takes over lacks what serving needs: the NIC, the virtual hostname's address, a shared directory, or the right to write there. Or it would take the virtual IP at boot.",
      mend: "The message names each. `standby.yml --limit HOST` mends the names.",
    },
    peer: {
      means:
        "The other host still serves, or a part of it does. Two at once would destroy the data.",
      mend: "`failover.yml` moves the service. To stop the other host alone: `deactivate.yml --limit HOST`.",
    },
    "owner-allows": {
      means:
        "The record on the shared data says that the other host is active, and nothing proves that it no longer writes.",
      mend: "If it answers: `deactivate.yml --limit HOST`. If it does not: cut its power, then `failover.yml -e xcatha_fenced=HOST`.",
    },
    quiet: {
      means: "The host that was called fenced wrote to the shared data within the last seconds.",
      mend: "It is alive: `deactivate.yml --limit HOST`, or cut its power; then the same command again.",
    },
    "look-again": {
      means:
        "The other host became active while this run took the record: somebody else ran a playbook too.",
      mend: "`status.yml` says who serves now.",
    },
    "virtual-ip-unused": {
      means:
        "A machine answers at the virtual IP. Often it is the host that was thought dead, or a copy of a machine.",
      mend: `\`${arping(site)}\` on the host shows its MAC address. Stop that machine; then the same command again.`,
    },
    alive: {
      means: "The host that was named as fenced still answers: it is not off.",
      mend: "Mend what keeps Ansible from it, or cut its power; then the same command again.",
    },
    "same-data": {
      means: "What one host writes at the shared path, the other does not read.",
      mend: `Mount the same file system at ${site.pair.shared.path} on both; then the same command again.`,
    },
    "refuse-active": {
      means: "The host is the active one: making it standby would end the service.",
      mend: "`failover.yml` moves the service first.",
    },
  }) as const satisfies Readonly<Record<string, Refusal>>;

/** Likewise what the playbooks themselves refuse, by the task's name; `id`: the refusal's in the kit's table. */
export const playbookRefusals: Readonly<Record<string, Refusal & { readonly id?: string }>> = {
  "Refuse one host alone, and names of no host of the pair": {
    id: "whole-pair",
    means: "The run was limited to one host, or `-e` names none of the two.",
    mend: "The same command without `--limit`, and with a host's name from the inventory.",
  },
  "Refuse when nobody is or was active": {
    id: "nobody-was-active",
    means: "No host is active and none was: there is nothing to move.",
    mend: "`activate.yml --limit HOST` starts one.",
  },
  "Refuse to replace a host that is alive but cannot be asked": {
    id: "alive-but-unasked",
    means:
      "The host that serves, or may serve, answers on the network, but Ansible cannot work on it: its host key or its login changed, or Python or sudo is missing. It was neither fenced nor replaced.",
    mend: "Mend what the message names, then the same command again. If that cannot be done: cut its power, then `failover.yml -e xcatha_fenced=HOST`.",
  },
  "Refuse a host that does not answer or was never prepared": {
    id: "cannot-take-over",
    means:
      "The host that is to take over does not answer, or was never made standby. The active host was left alone.",
    mend: "Repair it. When it answers: `standby.yml --limit HOST`, then `failover.yml` again.",
  },
  "Refuse a takeover from a host that may still write": {
    id: "may-still-write",
    means: "The active host does not answer, and nobody has said that it can no longer write.",
    mend: "Cut its power, then `failover.yml -e xcatha_fenced=HOST`.",
  },
  "Refuse to deactivate a host that does not answer": {
    id: "cannot-be-stopped",
    means: "The host does not answer, so nothing can be stopped there, and its state is not known.",
    mend: "`failover.yml` lets its peer take over.",
  },
  "Refuse to upgrade unless one host is active and the other one standby": {
    id: "no-standby",
    means: "No host is active, one of them does not answer, or the run was limited to one.",
    mend: "`status.yml` says what is missing; then `upgrade.yml` without `--limit`.",
  },
  "Refuse when no host is active": {
    id: "nobody-active",
    means: "The tables can be moved only by an xCAT that runs.",
    mend: "`activate.yml`, then `switch-db.yml` again.",
  },
  "Refuse a run that was begun in the middle": {
    means: "With `--start-at-task` the run left out what decides who hands over, and did nothing.",
    mend: "`failover.yml` as a whole; a repetition goes on where an earlier run ended.",
  },
};
