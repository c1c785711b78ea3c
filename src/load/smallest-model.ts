/** How to begin, for whoever has no model yet. */
export const startWith = `start with the smallest model:
  platform: el9
  hosts: [{name: host1, address: 10.5.106.70}, {name: host2, address: 10.5.106.5}]
  virtual: {address: 10.5.106.50, netmask: 255.255.255.0, nic: eth0, hostname: hamn}
  shared: {path: /HA-data}`;
