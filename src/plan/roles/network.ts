import { type Site, serviceOf } from "../site.js";
import { noted } from "../step.js";
import type { Step } from "../types.js";

/** xCAT's command that writes each console server's configuration. */
const consoleCommands = { goconserver: "makegocons", conserver: "makeconservercf" } as const;

/** Seconds that one of xCAT's network commands may take; 80 were measured when DNS does not answer. */
export const networkTimeout = 180;

/** What is served besides xCAT itself; a fault in one leaves the others alone. */
export const networkSteps = (site: Site): readonly Step[] => {
  const { pair, platform } = site;
  const start = pair.timeouts.start;
  const dns = serviceOf(site, "dns");
  const dhcp = serviceOf(site, "dhcp");
  const consoleServer = serviceOf(site, "console");
  const plain = (["http", "nfs"] as const).flatMap((kind) => {
    const service = serviceOf(site, kind);
    return service
      ? [
          noted({
            id: `start-${kind}`,
            title: `Start ${service.label} (${service.unit})`,
            effect: `${service.label} runs.`,
            bound: start,
            template: "activate/start-unit",
            data: { unit: service.unit, register: `__activate_${kind}` },
          }),
        ]
      : [];
  });
  return [
    noted({
      id: "names",
      title: "Know the names that the last active host knew (/etc/hosts)",
      effect: dns
        ? "/etc/hosts has what the peer added to it while it was active, and every node, as makedns needs it."
        : "/etc/hosts has what the peer added to it while it was active.",
      undo: "The earlier file is kept beside it if a line of it was replaced.",
      bound: networkTimeout,
      template: "activate/names",
      data: { dns: dns !== null },
    }),
    noted({
      id: "root-key",
      title: "Use the root key that the nodes know (/root/.ssh/id_rsa)",
      effect:
        "Root's key is the one that the last active host had, as xCAT's documentation asks for.",
      undo: "The host's earlier key is kept beside it.",
      template: "activate/root-key",
    }),
    ...(dns
      ? [
          noted({
            id: "dns",
            title: "Write the DNS zones (makedns -n)",
            effect:
              "named serves the zones of xCAT's tables, with the virtual IP's hostname as server.",
            bound: networkTimeout + start,
            template: "activate/dns",
            data: { unit: dns.unit, label: dns.unit },
          }),
        ]
      : []),
    ...(dhcp
      ? [
          noted({
            id: "dhcp",
            title: "Write the DHCP configuration (makedhcp -n)",
            effect: "DHCP serves the networks and nodes of xCAT's tables.",
            bound: 2 * networkTimeout + start,
            template: "activate/dhcp",
            data: { unit: dhcp.unit, label: dhcp.unit },
          }),
        ]
      : []),
    ...(consoleServer && pair.console !== "none"
      ? [
          noted({
            id: "console",
            title: `Write the console configuration (${consoleCommands[pair.console]})`,
            effect: `${pair.console} serves the consoles of xCAT's nodes.`,
            bound: networkTimeout + start,
            template: "activate/console",
            data: {
              unit: consoleServer.unit,
              label: consoleServer.unit,
              command: consoleCommands[pair.console],
              configuration: pair.console === "conserver" ? "/etc/conserver.cf" : null,
            },
          }),
        ]
      : []),
    ...(pair.ntp === "none"
      ? []
      : [
          noted({
            id: "ntp",
            title: `Keep the clock's service running (${platform.ntp.unit})`,
            effect: "chrony runs, as it does on both hosts.",
            bound: start,
            template: "activate/ntp",
            data: { unit: platform.ntp.unit },
          }),
        ]),
    ...plain,
    noted({
      id: "policy",
      title: "Trust both hosts and the virtual hostname in xCAT's policy table",
      effect: "Commands from either host are accepted.",
      bound: 120,
      template: "activate/policy",
    }),
  ];
};
