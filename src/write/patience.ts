/** How long to wait for another run, in milliseconds. It takes a second; one that cannot be asked is dead when nothing moves. */
export const patience = { alive: 10_000, silent: 3_000, step: 50 } as const;
