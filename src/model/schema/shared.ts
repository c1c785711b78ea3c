import { absolute } from "./patterns.js";

const pathList = (title: string, description: string) =>
  ({
    title,
    description,
    type: "array",
    items: {
      title: "Directory",
      description: "An absolute path.",
      type: "string",
      pattern: absolute,
      examples: ["/var/spool/slurm"],
    },
    examples: [["/var/spool/slurm"]],
  }) as const;

export const sharedSchema = {
  title: "Shared data",
  description: "The one directory that both hosts can reach and that holds all of xCAT's data.",
  type: "object",
  additionalProperties: false,
  required: ["path"],
  examples: [{ path: "/HA-data" }],
  properties: {
    path: {
      title: "Path",
      description: "Where the shared data is, the same on both hosts.",
      type: "string",
      pattern: absolute,
      examples: ["/HA-data"],
    },
    method: {
      title: "Method",
      description: "How local paths lead to the shared data: symbolic links, or bind mounts.",
      type: "string",
      enum: ["symlink", "bind"],
      default: "symlink",
    },
    device: {
      title: "Device",
      description:
        "What is mounted at the path on the active host alone: a block device or an NFS export. Absent: the path is mounted on both hosts already.",
      type: "string",
      examples: ["/dev/disk/by-id/wwn-0x5000c500a0b1c2d3", "nas:/export/xcat"],
    },
    directories: {
      title: "Directories",
      description: "Changes to the set of directories that are shared.",
      type: "object",
      additionalProperties: false,
      properties: {
        add: pathList("Add", "More directories to share."),
        drop: pathList("Drop", "Directories of the default set that stay local to each host."),
      },
    },
    files: {
      title: "Files",
      description:
        "Files of the host's own, such as an automounter's map, that go with the service: the next active host has them as the last one did. /etc/exports and DHCP's leases do so without being listed.",
      type: "array",
      items: {
        title: "File",
        description: "An absolute path.",
        type: "string",
        pattern: absolute,
        examples: ["/etc/auto.nodes"],
      },
      examples: [["/etc/auto.nodes"]],
    },
  },
} as const;
