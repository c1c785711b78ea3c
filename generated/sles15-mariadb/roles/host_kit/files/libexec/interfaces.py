"""NICs that a service of xCAT's is told to listen on: `host1|eth0,eth2;service|bond0`, or plainly `eth0,eth2`.

What xCAT 2.19 does (xCAT_plugin/dhcp.pm, preprocessing of `makedhcp -n`; mknb.pm and, for site.dnsinterfaces, ddns.pm alike):
an entry without a name applies everywhere; one with a name applies on the hosts that hold the address which the name resolves
to, or that are a node of that noderange. The NICs of all that apply are taken. **If none applies, DHCP answers on every NIC.**
`:noboot` after a NIC keeps the boot image from it; `!remote!` is no NIC but a network behind a relay.
"""
import os
import re
import socket

import kit

NET = os.environ.get("XCATHA_NET", "/sys/class/net")


def entries(value):
    """Pairs of whom an entry is for, None for everybody, and its NICs with their flags."""
    found = []
    for entry in filter(None, (part.strip() for part in value.split(";"))):
        whom, bar, nics = entry.rpartition("|")
        found.append((whom.strip() if bar else None, [nic for nic in re.split(r"[,\s]+", nics) if nic]))
    return found


def written(found):
    return ";".join((whom + "|" if whom is not None else "") + ",".join(nics) for whom, nics in found)


def is_by_name(value):
    return any(whom is not None for whom, _ in entries(value))


def for_both(value, pair):
    """The same value, in which each entry that names one host, or the virtual name, stands for each host with its own NIC.

    An entry by the virtual name applies on whichever host is active: it is taken apart only where the NICs have other names.
    """
    found, before = [], entries(value)
    meant = {host.name for whom, _ in before for host in [_host(whom, pair)] if host}
    for whom, nics in before:
        host = _host(whom, pair)
        if host:
            found.append((whom, nics))
            found += [(other.name, _translated(nics, host, other)) for other in pair.hosts if other.name not in meant]
            meant.update(other.name for other in pair.hosts)
        elif whom is not None and pair.is_virtual(whom) and _translated(nics, *pair.hosts) != nics:
            found += [(each.name, _translated(nics, pair.hosts[0], each)) for each in pair.hosts]
        else:
            found.append((whom, nics))
    return value if found == before else written(found)


def _host(whom, pair):
    return pair.host(whom) if whom is not None else None


def _translated(nics, one, other):
    """One host's NICs as the other calls them: what is no virtual IP's NIC has the same name on both."""
    theirs = dict(zip(one.nics, other.nics))
    return [":".join([theirs.get(name, name)] + flags) for name, *flags in (nic.split(":") for nic in nics)]


def proposal(value, pair, lost=()):
    """A value by which each host of the pair listens on NICs of its own, and what is for others stays as it is."""
    here, both = pair.hosts[0], entries(for_both(value, pair))
    found = [(whom, [nic for nic in nics if _host(whom, pair) is not here or nic.split(":")[0] not in lost]) for whom, nics in both]
    if written(found) != value and all(nics for _, nics in found):
        return written(found)
    others = [(whom, nics) for whom, nics in both if whom is not None and not pair.host(whom) and not pair.is_virtual(whom)]
    return written([(host.name, list(dict.fromkeys(host.nics))) for host in pair.hosts] + others)


def here(value, pair, nodes):
    """NICs of the entries that apply on this host; `nodes` tells which nodes a noderange has."""
    host, found = pair.hosts[0], []
    for whom, nics in entries(value):
        if whom is None or host.is_meant(whom) or pair.is_virtual(whom) or not pair.host(whom) and _is_local(whom, host, nodes):
            found += [nic.split(":")[0] for nic in nics]
    return list(dict.fromkeys(found))


def _is_local(whom, host, nodes):
    return any(host.is_meant(name) or _resolved(name) in host.addresses for name in [whom] + nodes(whom))


def _resolved(name):
    try:
        return socket.gethostbyname(name)
    except (OSError, UnicodeError):
        return ""


def missing(nics):
    """Those that this host does not have."""
    return [nic for nic in nics if not nic.startswith("!remote!") and not os.path.exists(os.path.join(NET, nic))]


def nodes_of(noderange):
    """The nodes of a noderange; none when xCAT does not know it, as of a name of the management node."""
    answer = kit.xcat("nodels", noderange, timeout=20)
    return answer.out.split() if answer.ok else []
