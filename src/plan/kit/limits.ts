import type { Site } from "../site.js";

/** Seconds until a stop becomes a kill. A sound stop of xcatd takes 1.4 s, of a database under 1, of the others 0.1. */
export const stopLimits = ({ pair: { timeouts } }: Site) => ({
  network: Math.min(timeouts.stop, 10),
  xcatd: Math.min(timeouts.stop, 15),
  database: Math.min(timeouts.stop, 20),
  own: Math.min(timeouts.stop, 20),
});

/** Seconds that the longest way to stop everything takes on one host, when every stop runs to its limit. */
export const longestStop = (site: Site): number => {
  const { network, xcatd, database, own } = stopLimits(site);
  const has = (kind: string) => site.services.some((entry) => entry.kind === kind);
  return (
    (has("after-xcat") ? own : 0) +
    network +
    xcatd +
    (site.engine ? database : 0) +
    (has("before-xcat") ? own : 0)
  );
};

/** Seconds for xcatd on all of xCAT's service nodes: two questions to xCAT, and one command on all side by side. */
export const serviceNodesLimit = 90;

/** Seconds that systemd gives one of the pair's units to start. */
export const startLimit = ({ pair: { timeouts } }: Site): number => timeouts.start;
