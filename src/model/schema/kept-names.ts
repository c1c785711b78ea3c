/** A value of xCAT's tables, perhaps of one row, or a file or folder. */
export const keptName =
  "^(/[A-Za-z0-9/._+@-]+|[a-z][A-Za-z0-9_]*\\.[A-Za-z0-9_]+( of [A-Za-z0-9._-]+)?)$";

export const namesSchema = {
  title: "Names",
  description: "What xCAT's tables and files may call a host by.",
  type: "object",
  additionalProperties: false,
  properties: {
    keep: {
      title: "Keep",
      description:
        "Where xCAT may go on naming a host by its own address or name, which is another machine after a failover: setup leaves it as it is, and status does not tell it. A value of a table (`networks.gateway`, `site.ntpservers`), perhaps of one row (`noderes.nfsserver of cn07`), or a file or folder below /tftpboot and /install/autoinst.",
      type: "array",
      items: {
        title: "Place",
        description: "A value of a table, as status calls it, or an absolute path.",
        type: "string",
        pattern: keptName,
        examples: ["networks.gateway of 10_5_0_0-255_255_0_0"],
      },
      examples: [["site.ntpservers", "noderes.nfsserver of cn07", "/install/autoinst/login1"]],
    },
  },
} as const;
