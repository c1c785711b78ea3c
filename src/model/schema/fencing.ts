const command = (title: string, description: string, example: string) =>
  ({ title, description, type: "string", minLength: 1, examples: [example] }) as const;

export const fencingSchema = {
  title: "Fencing",
  description:
    "Commands that the control machine runs, without a shell, when the host does not answer. Keep passwords in files that they read.",
  type: "object",
  additionalProperties: false,
  required: ["status"],
  examples: [
    {
      status: "ipmitool -H mn1-bmc -U xcat -f /etc/xcatha/mn1 power status",
      reboot: "ipmitool -H mn1-bmc -U xcat -f /etc/xcatha/mn1 power cycle",
    },
  ],
  properties: {
    status: command(
      "Status",
      "Prints the host's power state, with the word `off` when it is off.",
      "ipmitool -H mn1-bmc -U xcat -f /etc/xcatha/mn1 power status",
    ),
    reboot: command(
      "Reboot",
      "Restarts the host.",
      "ipmitool -H mn1-bmc -U xcat -f /etc/xcatha/mn1 power cycle",
    ),
    off: command(
      "Off",
      "Cuts the host's power. Absent: the operator does, and says so.",
      "ipmitool -H mn1-bmc -U xcat -f /etc/xcatha/mn1 power off",
    ),
  },
} as const;
