"""makedhcp: the DHCP server's configuration, and reservations through OMAPI or, for Kea, in its configuration."""

import getopt
import os
import re

from . import dhcpconf, hostlayout, keaconf, noderange, omapi, system
from .request import CommandFailed, Usage

USAGE = """Usage: makedhcp -n
       makedhcp -a
       makedhcp -q noderange
       makedhcp noderange"""


def makedhcp(request):
    try:
        pairs, words = getopt.gnu_getopt(request.arguments, "naqhV", ["help"])
    except getopt.GetoptError as error:
        raise Usage(USAGE) from error
    options = dict(pairs)
    if "-h" in options or "--help" in options:
        request.say(USAGE)
        return 0
    backend = request.store.site().get("dhcpbackend") or "auto"
    unit = hostlayout.dhcp_unit(backend)
    if unit is None:
        raise CommandFailed(f"No DHCP server of the kind {backend} is installed.")
    if "-n" in options:
        return _write_configuration(request, unit)
    if "-a" not in options and not words:
        raise Usage(USAGE)
    if not system.unit_is_active(unit):
        raise CommandFailed("dhcp server is not running.  please start the dhcp server.")
    nodelist = request.store.rows("nodelist")
    names = noderange.resolve(words[0], nodelist) if words else [row["node"] for row in nodelist]
    if "kea" in unit:
        if "-q" in options:
            for line in keaconf.reserved(names):
                request.say(line)
            return 0
        keaconf.reserve(_known(request, names))
        return _restart(unit)
    return _query(request, names) if "-q" in options else _reserve(request, names)


def _write_configuration(request, unit):
    site = request.store.site()
    subnets = dhcpconf.local_subnets(request.store.rows("networks"), system.addresses())
    for part in subnets:
        if not part.row.get("domain") and not site.get("domain"):
            raise CommandFailed(f"No domain defined for {part.row['net']} in the networks table or the site table.")
        if not part.row.get("dynamicrange"):
            request.warn(
                f"No dynamic range specified for {part.row['net']}. "
                "If hardware discovery is being used, a dynamic range is required."
            )
    path = keaconf.PATH if "kea" in unit else hostlayout.dhcp_configuration()
    if os.path.exists(path):
        os.replace(path, path + ".xcatbak")
        request.say(f"Renamed existing dhcp configuration file to  {path}.xcatbak")
        request.say()
    if "kea" in unit:
        keaconf.write(keaconf.configuration(site, subnets))
    else:
        text = dhcpconf.head(site, omapi.secret(request.store))
        system.write_file(path, text + "".join(dhcpconf.subnet(site, part) for part in subnets))
        _name_interfaces(" ".join(dict.fromkeys(part.interface for part in subnets)))
    return _restart(unit)


def _restart(unit):
    if system.run("systemctl", "restart", unit).returncode != 0:
        raise CommandFailed("Failed to restart the dhcp server.")
    return 0


def _name_interfaces(interfaces):
    path = hostlayout.dhcp_defaults()
    if path is None:
        return
    variable = "INTERFACES" if path.startswith("/etc/default") else "DHCPDARGS"
    with open(path, encoding="utf-8") as file:
        text = file.read()
    pattern = rf"^(?:{variable}|INTERFACESv4|INTERFACESv6)=.*$"
    line = f'{variable}="{interfaces}"'
    changed = re.sub(pattern, line, text, flags=re.MULTILINE)
    if line not in changed:
        changed += line + "\n"
    system.write_file(path, changed)


def _known(request, names):
    """The nodes among these that have both a hardware and an IP address: (name, hardware, IP)."""
    hardware = {row["node"]: row.get("mac") for row in request.store.rows("mac")}
    addresses = {row["node"]: row.get("ip") for row in request.store.rows("hosts")}
    found = [(name, hardware.get(name), addresses.get(name)) for name in names]
    return [(name, mac.split("!")[0], address) for name, mac, address in found if mac and address]


def _reserve(request, names):
    script = []
    for name, mac, address in _known(request, names):
        script += ["new host", f'set name = "{name}"', "open", "remove", "close"]
        script += [
            "new host",
            f'set name = "{name}"',
            f"set hardware-address = {mac}",
            f"set dhcp-client-identifier = {mac}",
            "set hardware-type = 1",
            f"set ip-address = {address}",
            f'set statements = "supersede server.ddns-hostname = \\"{name}\\"; supersede host-name = \\"{name}\\";"',
            "create",
            "close",
        ]
    if script and _omshell(request, script) is None:
        request.say("The dhcp server must be restarted for OMAPI function to work")
    return 0


def _query(request, names):
    for name in names:
        answer = _omshell(request, ["new host", f'set name = "{name}"', "open"])
        if answer is None:
            raise CommandFailed("The dhcp server must be restarted for OMAPI function to work")
        address = re.search(r"ip-address = ([0-9a-f:.]+)", answer)
        mac = re.search(r"hardware-address = ([0-9a-f:]+)", answer)
        if address and mac:
            request.say(f"{name}: ip-address = {_dotted(address.group(1))}, hardware-address = {mac.group(1)}")
    return 0


def _dotted(address):
    """omshell prints an address as four bytes in hexadecimal."""
    if ":" not in address:
        return address
    return ".".join(str(int(byte, 16)) for byte in address.split(":"))


def _omshell(request, lines):
    """What omshell prints for these lines, or None if it cannot connect, or waits for an answer that never comes."""
    script = ["port 7911", f"key {omapi.NAME} {omapi.secret(request.store)}", "connect", *lines, ""]
    output = system.run("timeout", "10", "omshell", input="\n".join(script)).stdout
    return output if "obj: <null>" in output else None
