import type { CodeBook } from "./types.js";

/** The shared data, its directories, and the dumps. */
export const dataCodes: CodeBook = {
  "shared-path-malformed": {
    what: "The shared path is not an absolute path that can be written into scripts and units as it is.",
    why: "Links on both hosts point below it.",
    mend: "Write an absolute path without spaces, `..` or a slash at the end.",
    example: "shared: {path: /HA-data}",
  },
  "shared-path-dangerous": {
    what: "The shared path is a directory of the system, or inside one.",
    why: "The shared data is mounted there, and whatever the directory holds on each host is hidden.",
    mend: "Choose a directory that has no other use.",
    example: "shared: {path: /HA-data}",
  },
  "shared-path-overlaps": {
    what: "The shared path holds, or is inside, a directory that is to be shared.",
    why: "That directory becomes a link to a place below the shared path, and cannot hold it or be in it.",
    mend: "Choose a path beside the shared directories.",
    example: "shared: {path: /HA-data}",
  },
  "device-malformed": {
    what: "The shared device is neither a block device nor an NFS export.",
    why: "It is what is mounted at the shared path, on the active host alone.",
    mend: "Write a device by a name that does not change, or server:/export.",
    example: "shared: {path: /HA-data, device: /dev/disk/by-id/wwn-0x5000c500a0b1c2d3}",
  },
  "device-inside-pair": {
    what: "The shared data would be served by one of the pair's own hosts.",
    why: "When that host is gone its peer could not reach the data, which is what the pair is for.",
    mend: "Write an export of a third machine.",
    example: "shared: {path: /HA-data, device: 'nas:/export/xcat'}",
  },
  "directory-illegal": {
    what: "A directory cannot be added to the shared ones.",
    why: "Directories of the system differ from host to host, and each host needs its own.",
    mend: "Write the absolute path of a directory that holds one service's data.",
    example: "shared: {path: /HA-data, directories: {add: [/var/spool/slurm]}}",
  },
  "directories-overlap": {
    what: "A directory is listed twice, or inside another that is shared.",
    why: "A link inside a link would be made on the shared data itself.",
    mend: "List each directory once, and only the outermost.",
    example: "shared: {path: /HA-data, directories: {add: [/opt/site]}}",
  },
  "directory-not-default": {
    what: "A directory in `drop` is not shared by default.",
    why: "Dropping it would do nothing, so it is mostly a slip.",
    mend: "Drop only directories of the default set, which the message lists.",
    example: "shared: {path: /HA-data, directories: {drop: [/tftpboot]}}",
  },
  "directory-needed": {
    what: "A directory in `drop` holds xCAT's tables or keys.",
    why: "The other host would not have them after a failover, and would serve an empty xCAT.",
    mend: "Remove it from `drop`.",
    example: "shared: {path: /HA-data, directories: {drop: [/tftpboot]}}",
  },
  "carried-file-illegal": {
    what: "A file cannot go with the service from one active host to the next.",
    why: "It tells one host from the other, is there already by another way, or cannot be written down as it is.",
    mend: "List files that both hosts are to have alike; for a whole directory there is `directories`.",
    example: "shared: {path: /HA-data, files: [/etc/auto.nodes]}",
  },
  "backup-path-malformed": {
    what: "The folder for the dumps is not an absolute path that can be written as it is.",
    why: "A timer on the active host writes there every night.",
    mend: "Write an absolute path without spaces, `..` or a slash at the end.",
    example: "backup: {path: /var/backups/xcat}",
  },
  "backup-time-malformed": {
    what: "The time of the dumps is not a time of day.",
    why: "systemd's timer takes hours and minutes, by the host's own clock.",
    mend: 'Write hours and minutes, from "00:00" to "23:59", in quotes.',
    example: 'backup: {path: /var/backups/xcat, time: "02:30"}',
  },
  "backup-on-shared-data": {
    what: "The dumps would lie on the shared data.",
    why: "A dump is for the day on which the shared data is lost.",
    mend: "Choose a path on the host's own disk, or on another server.",
    example: "backup: {path: /var/backups/xcat}",
  },
};
