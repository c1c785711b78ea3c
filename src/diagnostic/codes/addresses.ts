import type { CodeBook } from "./types.js";

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
    why: "Each host keeps an address of its own, by which Ansible reaches it whichever is active.",
    mend: "Give each host its own address; the one that moves stands under `virtual`.",
    example: "hosts: [{name: host1, address: 10.5.106.70}, {name: host2, address: 10.5.106.5}]",
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
