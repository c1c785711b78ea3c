"""kea-dhcp4.conf as makedhcp writes it, with the reservations in it."""

import ipaddress
import json

from . import system

PATH = "/etc/kea/kea-dhcp4.conf"


def configuration(site, subnets):
    """The whole configuration, without a reservation."""
    return {
        "Dhcp4": {
            "interfaces-config": {"interfaces": list(dict.fromkeys(part.interface for part in subnets))},
            "lease-database": {"type": "memfile", "name": "/var/lib/kea/kea-leases4.csv"},
            "valid-lifetime": int(site.get("dhcplease", "43200")),
            "subnet4": [_subnet(site, number, part) for number, part in enumerate(subnets, 1)],
        }
    }


def write(settings):
    """Replace the configuration."""
    system.write_file(PATH, json.dumps(settings, indent=2) + "\n")


def reserve(nodes):
    """Put reservations into the subnets of their addresses, in place of earlier ones: (name, hardware, IP)."""
    settings = _read()
    names = {name for name, _, _ in nodes}
    for subnet in settings["Dhcp4"]["subnet4"]:
        network = ipaddress.ip_network(subnet["subnet"])
        subnet["reservations"] = [entry for entry in subnet["reservations"] if entry["hostname"] not in names] + [
            {"hostname": name, "hw-address": mac, "ip-address": address}
            for name, mac, address in nodes
            if ipaddress.ip_address(address) in network
        ]
    write(settings)


def reserved(names):
    """A line for each of the nodes that has a reservation."""
    return [
        f"{entry['hostname']}: ip-address = {entry['ip-address']}, hardware-address = {entry['hw-address']}"
        for subnet in _read()["Dhcp4"]["subnet4"]
        for entry in subnet["reservations"]
        if entry["hostname"] in names
    ]


def _read():
    with open(PATH, encoding="utf-8") as file:
        return json.load(file)


def _subnet(site, number, part):
    row = part.row
    nameservers = row.get("nameservers") or site.get("nameservers") or site.get("master", "")
    options = {
        "routers": part.gateway(),
        "domain-name": row.get("domain") or site["domain"],
        "domain-name-servers": nameservers.replace(",", ", "),
    }
    ranges = [item for item in row.get("dynamicrange", "").split(";") if item]
    return {
        "id": number,
        "subnet": str(part.network),
        "next-server": part.next_server(),
        "option-data": [{"name": name, "data": data} for name, data in options.items() if data],
        "pools": [{"pool": item} for item in ranges],
        "reservations": [],
    }
