"""Programs of the host that the stand-in calls, and what it asks the host about itself."""

import json
import os
import socket
import subprocess


def run(*words, **options):
    """Run a program with its output kept apart; never raises for its exit code."""
    options.setdefault("text", True)
    return subprocess.run(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False, **options)


def show(*words, **options):
    """Run a program whose output goes to where ours goes."""
    return subprocess.run(words, check=False, **options).returncode


def unit_is_active(unit):
    return run("systemctl", "is-active", "--quiet", unit).returncode == 0


def addresses():
    """The IPv4 addresses of this host: (interface, address, prefix), the interface's own first."""
    links = json.loads(run("ip", "-j", "-4", "address", "show").stdout or "[]")
    return [
        (link["ifname"], info["local"], info["prefixlen"])
        for link in links
        for info in link["addr_info"]
        if link["ifname"] != "lo"
    ]


def default_gateway():
    routes = json.loads(run("ip", "-j", "-4", "route", "show", "default").stdout or "[]")
    return routes[0].get("gateway", "") if routes else ""


def forwards():
    """Whether this host forwards packets between its networks."""
    with open("/proc/sys/net/ipv4/ip_forward", encoding="ascii") as file:
        return file.read().strip() == "1"


def hosts_file():
    """The IPv4 entries of /etc/hosts: (address, names)."""
    entries = []
    with open("/etc/hosts", encoding="utf-8") as file:
        for line in file:
            words = line.partition("#")[0].split()
            if len(words) > 1 and ":" not in words[0]:
                entries.append((words[0], words[1:]))
    return entries


def address_of(name):
    """The address that a name resolves to, or None."""
    try:
        return socket.gethostbyname(name)
    except OSError:
        return None


def write_file(path, text, mode=0o644):
    """Replace a file's content, keeping the file itself."""
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8") as file:
        os.fchmod(file.fileno(), mode)
        file.write(text)
