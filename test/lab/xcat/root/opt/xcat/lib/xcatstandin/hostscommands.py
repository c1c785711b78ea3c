"""makehosts and makenetworks."""

import ipaddress

from . import noderange, system


def makehosts(request):
    """Give the nodes their lines in /etc/hosts."""
    domain = request.store.site().get("domain", "")
    nodelist = request.store.rows("nodelist")
    words = [word for word in request.arguments if not word.startswith("-")]
    names = noderange.resolve(words[0], nodelist) if words else [row["node"] for row in nodelist]
    addresses = {row["node"]: row.get("ip") for row in request.store.rows("hosts")}
    with open("/etc/hosts", encoding="utf-8") as file:
        lines = file.read().splitlines()
    for name in names:
        if addresses.get(name):
            lines = [line for line in lines if name not in line.partition("#")[0].split()[1:]]
            lines.append(f"{addresses[name]} {name} {name}.{domain} ")
    system.write_file("/etc/hosts", "\n".join(lines) + "\n")
    return 0


def makenetworks(request):
    for name, row in discovered_networks().items():
        if any(name == known.get("netname") for known in request.store.rows("networks")):
            request.warn(
                f"The network entry '{name}' already exists in xCAT networks table. "
                f"Cannot create a definition for '{name}'"
            )
        else:
            request.store.write("networks", {"netname": name}, row)
    return 0


def discovered_networks():
    """A row for each network in which this host has an address."""
    found = {}
    for interface, address, prefix in system.addresses():
        network = ipaddress.ip_network(f"{address}/{prefix}", strict=False)
        if prefix == 32:
            continue
        net, mask = str(network.network_address), str(network.netmask)
        name = f"{net}-{mask}".replace(".", "_")
        gateway = system.default_gateway()
        inside = gateway and ipaddress.ip_address(gateway) in network
        found.setdefault(
            name,
            {
                "net": net,
                "mask": mask,
                "mgtifname": interface,
                "gateway": gateway if inside else "<xcatmaster>",
                "tftpserver": "<xcatmaster>",
                "mtu": "1500",
            },
        )
    return found
