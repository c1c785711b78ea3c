/** Leases of Kea, whose clean-up (kea-lfc) keeps older ones in the files beside the first. */
export const keaLeases: readonly string[] = ["", ".1", ".2", ".completed"].map(
  (suffix) => `/var/lib/kea/kea-leases4.csv${suffix}`,
);

/** nfsdcld(8): the option is followed by the directory for its notes. */
export const nfsTracker: readonly string[] = ["/usr/sbin/nfsdcld", "--storagedir"];
