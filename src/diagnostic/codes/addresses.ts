import type { CodeBook } from "./types.js";

const furtherExample =
  "hosts: [{name: host1, address: 10.5.106.70, addresses: [{address: 10.20.0.70}]}, {name: host2, address: 10.5.106.5, addresses: [{address: 10.20.0.5}]}]\nvirtual: [{address: 10.5.106.50, prefix: 24, nic: eth0, hostname: hamn}, {address: 10.20.0.50, prefix: 24, nic: ib0}]";

/** Addresses, the subnet and the NIC. */
export const addressCodes: CodeBook = {
  "address-malformed": {
    what: "A value is not an IPv4 address.",
    why: "An address is four numbers from 0 to 255. A number with a leading zero is refused, since some programs read it as octal. IPv6 is not supported.",
    mend: "Write the address in full, without leading zeros.",
    example: "hosts: [{name: host1, address: 10.5.106.70}, {name: host2, address: 10.5.106.5}]",
  },
  "address-special": {
    what: "An address is one that no host can be reached at, such as a loopback or a multicast address.",
    why: "Ansible connects to the hosts' addresses, and clients to the virtual IP.",
    mend: "Write an address of the subnet that both hosts are in.",
    example: "virtual: {address: 10.5.106.50, prefix: 24, nic: eth0, hostname: hamn}",
  },
  "address-is-network": {
    what: "An address is the first of its subnet, which names the network itself.",
    why: "No host can have it.",
    mend: "Write an address from inside the subnet, or correct the netmask.",
    example: "virtual: {address: 10.5.106.50, netmask: 255.255.255.0, nic: eth0, hostname: hamn}",
  },
  "address-is-broadcast": {
    what: "An address is the last of its subnet, which is for broadcasts.",
    why: "No host can have it.",
    mend: "Write an address from inside the subnet, or correct the netmask.",
    example: "virtual: {address: 10.5.106.50, netmask: 255.255.255.0, nic: eth0, hostname: hamn}",
  },
  "host-addresses-equal": {
    what: "Both hosts have the same address.",
    why: "Each host keeps an address of its own, at which it is reached whichever is active.",
    mend: "Give each host its own address; the one that moves stands under `virtual`.",
    example: "hosts: [{name: host1, address: 10.5.106.70}, {name: host2, address: 10.5.106.5}]",
  },
  "connection-malformed": {
    what: "Ansible cannot connect to the value of `ansible_host`.",
    why: "It is an IPv4 address, or a name that the control machine knows.",
    mend: "Write one of these, or leave the key out: then Ansible connects to `address`.",
    example:
      "hosts: [{name: host1, address: 10.5.106.70, ansible_host: 192.168.7.11}, {name: host2, address: 10.5.106.5, ansible_host: 192.168.7.12}]",
  },
  "connection-virtual": {
    what: "Ansible would connect to the virtual IP, or to its name.",
    why: "That leads to whichever host is active: a playbook for a standby host would change the active one.",
    mend: "Write what leads to this host alone.",
    example:
      "hosts: [{name: host1, address: 10.5.106.70, ansible_host: 192.168.7.11}, {name: host2, address: 10.5.106.5, ansible_host: 192.168.7.12}]",
  },
  "connections-equal": {
    what: "Ansible would connect to the same place for both hosts.",
    why: "A playbook for one host would change the other.",
    mend: "Write for each host what leads to it alone. Behind one address, such as a gateway's, give each another `port`.",
    example:
      "hosts: [{name: host1, address: 10.5.106.70, ansible_host: gate, port: 2201}, {name: host2, address: 10.5.106.5, ansible_host: gate, port: 2202}]",
  },
  "virtual-ip-is-host": {
    what: "The virtual IP is also a host's own address.",
    why: "The virtual IP moves from host to host. If it were a host's own, it would come back at each boot of that host, while the peer has it.",
    mend: "Give the host a second address, and make the one that clients know the virtual IP.",
    example: "virtual: {address: 10.5.106.50, prefix: 24, nic: eth0, hostname: hamn}",
  },
  "virtual-ip-outside-subnet": {
    what: "The virtual IP is not in the subnet of the hosts.",
    why: "It is added to the NIC that has the host's own address, and the network must carry it there.",
    mend: "Choose an address of the hosts' subnet, or correct the netmask.",
    example: "virtual: {address: 10.5.106.50, netmask: 255.255.255.0, nic: eth0, hostname: hamn}",
  },
  "host-outside-subnet": {
    what: "A host's address is not in the subnet of the virtual IP.",
    why: "The virtual IP is added to the NIC that has the host's own address, and the network must carry it there.",
    mend: "Correct the address, or the netmask.",
    example: "virtual: {address: 10.5.106.50, netmask: 255.255.252.0, nic: eth0, hostname: hamn}",
  },
  "networks-overlap": {
    what: "Two virtual IPs are in one network, or in networks that overlap.",
    why: "Each node finds xCAT at the virtual IP of its own network, and in one network there is one.",
    mend: "Give each network one virtual IP, or correct the netmask.",
    example: furtherExample,
  },
  "host-address-missing": {
    what: "A host has no address of its own in the network of a further virtual IP.",
    why: "The virtual IP is held beside an address of the host's own, by which its peer knows it in that network.",
    mend: "Add the host's address there to its `addresses`.",
    example: furtherExample,
  },
  "host-address-stray": {
    what: "An item of a host's `addresses` belongs to no further virtual IP, or is the second one there.",
    why: "The list has the host's address in the network of each virtual IP but the first, in whose network `address` is.",
    mend: "Write one address for each item of `virtual` but the first.",
    example: furtherExample,
  },
  "netmask-malformed": {
    what: "A value is not a netmask that a pair can use.",
    why: "A netmask is ones followed by zeros, and must leave room for two hosts and a virtual IP.",
    mend: "Write four numbers, or the length of the prefix as `prefix`.",
    example: "virtual: {address: 10.5.106.50, prefix: 22, nic: eth0, hostname: hamn}",
  },
  "netmask-and-prefix-disagree": {
    what: "`netmask` and `prefix` are both given, and say different things.",
    why: "Nobody can tell which of the two is meant.",
    mend: "Keep one of the two.",
    example: "virtual: {address: 10.5.106.50, prefix: 24, nic: eth0, hostname: hamn}",
  },
  "nic-illegal": {
    what: "A value is not the name of a network interface.",
    why: "The kernel takes at most 15 characters, without a slash or a space.",
    mend: "Write the name as `ip link` shows it.",
    example: "virtual: {address: 10.5.106.50, prefix: 24, nic: bond0.100, hostname: hamn}",
  },
};
