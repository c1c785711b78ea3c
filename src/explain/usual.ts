/**
 * Seconds that each procedure took in the lab (Debian 12, PostgreSQL, two hosts on one quiet machine of 2 cores).
 * Nothing but the words of a runbook depends on them.
 */
export const usualSeconds: Readonly<Record<string, number>> = {};
