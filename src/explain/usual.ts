import type { Procedure } from "../plan/plays.js";

/**
 * Seconds that each procedure takes: medians of `npm run bench:lab` (Debian 12, PostgreSQL, two hosts on one machine of two
 * cores; the setup once, from bare hosts), taken before xcatha.target and to be taken again. Nothing but the words of a
 * runbook depends on them.
 */
export const usualSeconds: Readonly<Record<Procedure["name"], number>> = {
  setup: 184,
  failover: 33,
  takeover: 55,
  deactivate: 12,
  activate: 24,
};
