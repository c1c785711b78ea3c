"""makedns: named's configuration, its zones, and dynamic updates for the names in /etc/hosts."""

import getopt
import glob
import os
import re
import shutil
import time

from . import hostlayout, noderange, omapi, system, zones
from .request import CommandFailed, Usage

USAGE = """
  makedns - sets up domain name services (DNS).
  Usage: 
	makedns [-h|--help ]
	makedns [-V|--verbose]
	makedns [-V|--verbose] [-e|--external] [-n|--new ] [noderange]
	makedns [-V|--verbose] [-e|--external] [-d|--delete noderange]
"""


def makedns(request):
    try:
        pairs, words = getopt.gnu_getopt(request.arguments, "hVena", ["help", "verbose", "external", "new", "all"])
    except getopt.GetoptError as error:
        raise Usage(USAGE) from error
    options = dict(pairs)
    if "-h" in options or "--help" in options:
        request.say(USAGE)
        return 0
    new = "-n" in options or "--new" in options
    site = request.store.site()
    domain = site.get("domain")
    if not domain:
        raise CommandFailed("domain not defined in site table")
    all_zones = zones.reverse_zones(request.store.rows("networks")) + [zones.forward_zone(domain)]

    entries = _entries(request, "-a" in options or "--all" in options, words)
    for _, names in entries:
        request.say(f"Handling {names[0]} in /etc/hosts.")
    request.say("Getting reverse zones, this may take several minutes for a large cluster.")
    request.say("Completed getting reverse zones.")
    request.say("Updating zones.")
    new = new or not _is_generated()
    if new:
        _write_configuration(request, site, all_zones)
    request.say("Completed updating zones.")
    if new:
        request.say(f"Restarting {hostlayout.dns_label()}")
        _start()
        request.say("Restarting named complete")
    elif not system.unit_is_active(hostlayout.dns_unit()):
        _start()
    request.say("Updating DNS records, this may take several minutes for a large cluster.")
    _send_updates(request, site, domain, all_zones, entries)
    request.say("Completed updating DNS records.")
    request.say("DNS setup is completed")
    return 0


def _entries(request, none, words):
    entries = system.hosts_file()
    if none:
        return []
    if words:
        wanted = noderange.resolve(words[0], request.store.rows("nodelist"))
        entries = [entry for entry in entries if set(entry[1]) & set(wanted)]
    return entries


def _is_generated():
    try:
        with open(hostlayout.dns_configuration(), encoding="utf-8") as file:
            return file.read().startswith(zones.GENERATED)
    except FileNotFoundError:
        return False


def _write_configuration(request, site, all_zones):
    """Write all anew. named is stopped first, since it writes its zones back when it stops."""
    system.run("systemctl", "stop", hostlayout.dns_unit())
    directory = hostlayout.dns_zone_directory()
    forwarders = [word for word in site.get("forwarders", "").replace(",", " ").split() if word]
    path = hostlayout.dns_configuration()
    text = zones.named_configuration(directory, forwarders, omapi.secret(request.store), all_zones)
    system.write_file(path, text, 0o640)
    shutil.chown(path, "root", hostlayout.dns_user())

    server = system.run("hostname", "-f").stdout.strip()
    address = system.address_of(server)
    serial = time.strftime("%Y%m%d00")
    for zone in all_zones:
        zone_path = os.path.join(directory, zone.file)
        for journal in glob.glob(zone_path + ".jnl"):
            os.unlink(journal)
        in_zone = address and server.endswith("." + zone.name)
        system.write_file(zone_path, zones.zone_file(server, address, serial, in_zone))
        shutil.chown(zone_path, hostlayout.dns_user(), hostlayout.dns_user())


def _start():
    if system.run("systemctl", "start", hostlayout.dns_unit()).returncode != 0:
        raise CommandFailed(f"Failed to start {hostlayout.dns_label()}.")


def _send_updates(request, site, domain, all_zones, entries):
    secret = omapi.secret(request.store)
    for zone in reversed(all_zones):
        records = _records(zone, domain, entries)
        if not records:
            continue
        script = [f"server {site['master']}", f"key {omapi.ALGORITHM}:{omapi.NAME} {secret}", f"zone {zone.name}"]
        result = _update("\n".join([*script, *records, "send", ""]))
        if result.returncode != 0:
            if "update failed" in result.stderr:
                raise CommandFailed(f"{result.stderr.strip()} (zone {zone.name})")
            raise CommandFailed(f"No reply received when sending DNS update to zone {zone.name}.")


def _update(script):
    """As xCAT does: again where named runs and has not loaded the zone yet."""
    for attempt in range(3):
        time.sleep(attempt)
        result = system.run("nsupdate", "-t", "5", "-u", "2", "-r", "1", input=script)
        if not re.search("update failed: (NOTAUTH|SERVFAIL)", result.stderr):
            break
    return result


def _records(zone, domain, entries):
    """The update lines for one zone; loopback names belong to no zone."""
    lines = []
    for address, names in entries:
        if address.startswith("127."):
            continue
        full = _full_name(names, domain)
        if full is None:
            continue
        if zone.name == domain:
            lines += [f"update delete {full}. A", f"update add {full}. 86400 A {address}"]
        elif zones.pointer(address).endswith("." + zone.name):
            pointer = zones.pointer(address)
            lines += [f"update delete {pointer}. PTR", f"update add {pointer}. 86400 PTR {full}."]
    return lines


def _full_name(names, domain):
    for name in names:
        if name.endswith("." + domain):
            return name
    return f"{names[0]}.{domain}" if "." not in names[0] else None
