"""The pair as xCAT's tables may name it: its hosts with their addresses and names, and the networks that it serves."""
import ipaddress
import os
import re

import kit
import networks

HOSTS = os.environ.get("XCATHA_HOSTS", "/etc/hosts")
LOOPBACK = re.compile(r"127\.|::1\Z|f[ef]..:")

# Around an address or a name inside a longer word: `http://host1/install`, `xcatd=10.0.0.1:3001`, `host1:/install`; a folder
# of a path is no host.
_BEFORE, _AFTER = r"(^|//|[=@:,;|\['\"])", r"(?=$|[/:,;|?\]'\"])"


class Host:
    """One of the two hosts: its name in the model, all names and addresses it is known by, and the NIC for each virtual IP.

    `legs` has the names that mean its address in one network alone, each with that network.
    """

    def __init__(self, name, names, addresses, nics, legs):
        self.name, self.names, self.addresses, self.nics, self.legs = name, names | set(legs), addresses, nics, legs

    def is_meant(self, word):
        return word.lower() in self.names or word in self.addresses


class Pair:
    """Both hosts, this one first, and every network that they serve; the first is the one of the pair's own name."""

    def __init__(self, hosts, served, virtual_names):
        self.hosts, self.networks, self.virtual_names = hosts, served, virtual_names
        words = sorted({word for host in hosts for word in host.names | host.addresses}, key=len, reverse=True)
        self._inside = re.compile("{}({}){}".format(_BEFORE, "|".join(map(re.escape, words)), _AFTER), re.I)

    @property
    def virtual(self):
        return self.networks[0].virtual

    def host(self, word):
        """The host that an address or a name means; None when it means neither."""
        return next((host for host in self.hosts if host.is_meant(word)), None)

    def is_virtual(self, word):
        return word.lower() in self.virtual_names or any(word == network.virtual for network in self.networks)

    def virtual_for(self, word, network=None):
        """The virtual IP that takes the place of a host's address or name.

        Of an address, that of its own network; empty where the pair serves none there. Of a name that of the network to which
        what names it belongs, the pair's first unless another is given. None when the word means neither host.
        """
        host = self.host(word)
        return None if host is None else self.virtual_at(word, host.legs.get(word.lower()) or network)

    def virtual_at(self, word, network=None):
        """The virtual IP in the network of an address; of a name, in that which is given, or the first."""
        if not is_address(word):
            return (network or self.networks[0]).virtual
        return next((each.virtual for each in self.networks if word in each), "")

    def replaced(self, word, network=None):
        """The word with what means a host in it, alone or as part of a URL or a path, replaced where a virtual IP takes its place."""
        return self._inside.sub(lambda found: found.group(1) + (self.virtual_for(found.group(2), network) or found.group(2)), word)

    def found_in(self, text, prose=False):
        """What means a host in a line, in its order. In prose a bare short name is a word like any other, not a host's."""
        found = [match for word in text.split() for match in self._inside.finditer(word)]
        return [match.group(2) for match in found
                if not prose or "." in match.group(2) or match.group(1) in ("//", "=", "@")]


def is_address(word):
    try:
        ipaddress.IPv4Address(word)
    except ValueError:
        return False
    return True


def of(settings):
    """The pair, as the settings and this host's addresses and /etc/hosts know it."""
    served, domain = networks.of(settings), settings["DOMAIN"]
    virtual_names = spellings(domain, *(network.hostname for network in served if network.hostname))
    hosts, known = [], listing()
    for who, name in (("OWN", settings["HOST"]), ("PEER", settings["PEER"])):
        names = spellings(domain, name, settings[who + "_HOSTNAME"]) - virtual_names
        legs = {each: network for network in served for each in spellings(domain, *network.names(who)) - virtual_names}
        addresses = {network.own if who == "OWN" else network.peer for network in served} - {""}
        addresses = addresses.union(*(known.get(each, ()) for each in names)) | (own_addresses() if who == "OWN" else set())
        nics = [network.nic if who == "OWN" else network.peer_nic for network in served]
        hosts.append(Host(name, names, addresses - {network.virtual for network in served}, nics, legs))
    return Pair(hosts, served, virtual_names)


def spellings(domain, *names):
    """Every way in which a name may be written: as it is, its first label, and that with the domain."""
    found = set()
    for name in names:
        found |= {name, name.split(".")[0], name if "." in name else "{}.{}".format(name, domain)}
    return {name.lower() for name in found}


def own_addresses():
    """IPv4 addresses of this host's NICs, but the loopback's."""
    lines = kit.run("ip", "-4", "-o", "address", "show", timeout=10).out.splitlines()
    found = {words[3].split("/")[0] for words in map(str.split, lines) if len(words) > 3}
    return {address for address in found if is_address(address) and not LOOPBACK.match(address)}


def listing():
    """Addresses that /etc/hosts gives to each name, but the loopback's: a host may have one name in two networks."""
    found = {}
    try:
        with open(HOSTS, encoding="utf-8", errors="surrogateescape") as file:
            lines = [line.split("#", 1)[0].split() for line in file]
    except OSError:
        return found
    for words in lines:
        if words and is_address(words[0]) and not LOOPBACK.match(words[0]):
            for word in words[1:]:
                found.setdefault(word.lower(), set()).add(words[0])
    return found
