import type { CodeBook } from "./types.js";

/** Names of hosts, of the pair, of users and domains. */
export const nameCodes: CodeBook = {
  "hostname-illegal": {
    what: "A value is not a hostname.",
    why: "It is set on the host, written into /etc/hosts and into xCAT's tables: letters, digits, hyphens, and dots between.",
    mend: "Write a name without underscores or spaces, 64 characters at most.",
    example:
      "hosts: [{name: host1, address: 10.5.106.70, hostname: mn1.cluster.internal}, {name: host2, address: 10.5.106.5}]",
  },
  "hostnames-equal": {
    what: "Two of the three names (host, peer, virtual) are the same before their first dot.",
    why: "Short names count: they stand in /etc/hosts, and xCAT goes by them. Each host keeps its own, and the virtual hostname goes with the virtual IP.",
    mend: "Give each of the three its own name.",
    example: "virtual: {address: 10.5.106.50, prefix: 24, nic: eth0, hostname: hamn}",
  },
  "host-name-reserved": {
    what: "A host has the name of a group that every inventory has.",
    why: "Ansible could not tell the host from the group.",
    mend: "Write another `name`; the host's own hostname can be given as `hostname`.",
    example:
      "hosts: [{name: host1, address: 10.5.106.70, hostname: mn1}, {name: host2, address: 10.5.106.5}]",
  },
  "pair-name-illegal": {
    what: "The pair's name cannot be a group of Ansible's inventory.",
    why: "It is the group of the two hosts. Without `name` it is made from the virtual hostname. Names that begin with xcatha_run_ are groups that playbooks make while they run.",
    mend: "Set `name` to a word of small letters, digits and underscores.",
    example: "name: hamn",
  },
  "domain-illegal": {
    what: "A value is not a DNS domain.",
    why: "xCAT writes it into the zones that it makes.",
    mend: "Write a domain without a dot at either end.",
    example: "site: {domain: cluster.internal}",
  },
  "kept-name-malformed": {
    what: "A value of `names.keep` is neither a place in xCAT's tables nor a path.",
    why: "It says where xCAT may go on naming a host: setup then changes nothing there, and status is silent about it.",
    mend: "Write the place as status does: the table, a dot and the attribute, with ` of ` and the row for one row alone; or a file or folder.",
    example:
      'names: {keep: [site.ntpservers, "networks.gateway of lan", /install/autoinst/login1]}',
  },
  "user-illegal": {
    what: "A value is not a login name.",
    why: "Ansible logs in to the host as this user.",
    mend: "Write the user's name; one that is not root needs `become: true`.",
    example:
      "hosts: [{name: host1, address: 10.5.106.70, user: admin, become: true}, {name: host2, address: 10.5.106.5}]",
  },
};
