"""Ports that firewalld keeps closed to the nodes, of those that the pair serves on."""
import ipaddress
import re

import kit

_PATIENCE = 4


def _ask(*words):
    answer = kit.run("firewall-cmd", *words, timeout=_PATIENCE, env={"LC_ALL": "C"})
    if answer.timed_out:
        raise RuntimeError("firewall-cmd does not answer")
    return answer


def _fields(text):
    """Lines `name: words` as firewall-cmd lists them; what is listed below a name, such as rich rules, with it."""
    found, name = {}, ""
    for line in text.splitlines():
        match = re.match(r"\s+([a-z][a-z-]*(?: [a-z]+)?):(.*)", line)
        if match:
            name = match.group(1)
            found[name] = match.group(2).strip()
        elif name:
            found[name] += " " + line.strip()
    return found


def _zones(nic, network):
    """The zones in which the nodes' packets may come: that of the NIC, and those of their addresses."""
    own = _ask("--get-zone-of-interface=" + nic)
    zone = own.out.strip() if own.ok else _ask("--get-default-zone").out.strip()
    zones, name = [zone], ""
    for line in _ask("--get-active-zones").out.splitlines():
        if not line[:1].isspace():
            name = line.split()[0] if line.strip() else ""
        elif line.strip().startswith("sources:") and any(_overlaps(word, network) for word in line.split()[1:]):
            zones.append(name)
    return list(dict.fromkeys(zones))


def _overlaps(word, network):
    try:
        return ipaddress.ip_network(word, strict=False).overlaps(network)
    except (TypeError, ValueError):
        return False


def _service_ports(name, seen):
    if name in seen:
        return []
    seen.add(name)
    fields = _fields(_ask("--info-service=" + name).out)
    return fields.get("ports", "").split() + [port for other in fields.get("includes", "").split() for port in _service_ports(other, seen)]


def _open_in(zone):
    """Ports that a zone opens, with what rich rules accept, whomever from; None: all."""
    fields = _fields(_ask("--zone=" + zone, "--list-all").out)
    if fields.get("target") == "ACCEPT":
        return None
    rules = [rule for rule in re.split(r"(?=\brule )", fields.get("rich rules", "")) if "accept" in rule.split()]
    ports = fields.get("ports", "").split()
    ports += ["{}/{}".format(*found) for rule in rules for found in re.findall(r'port port="([\d-]+)" protocol="(\w+)"', rule)]
    if any(re.search(r'^rule (family="\w+" )?source [^ ]+ accept', rule) for rule in rules):
        return None
    services = fields.get("services", "").split() + [name for rule in rules for name in re.findall(r'service name="([\w-]+)"', rule)]
    seen = set()
    return ports + [port for service in services for port in _service_ports(service, seen)]


def _has(opened, port):
    number, protocol = port.split("/")
    for each in opened:
        numbers, _, kind = each.partition("/")
        first, _, last = numbers.partition("-")
        if kind == protocol and int(first) <= int(number) <= int(last or first):
            return True
    return False


def closed(settings):
    """{"zone", "ports"} of what the pair serves on and this host's firewalld keeps closed; nothing where none runs, or all is open."""
    if _ask("--state").out.strip() != "running":
        return {}
    network = ipaddress.ip_network("{}/{}".format(settings["VIRTUAL_NETWORK"], settings["VIRTUAL_PREFIX"]), strict=False)
    zones = _zones(settings["NIC"], network)
    opened = [_open_in(zone) for zone in zones]
    if None in opened:
        return {}
    ports = [port for port in settings["PORTS"].split() if not any(_has(each, port) for each in opened)]
    return {"zone": zones[0], "ports": ports} if ports else {}
