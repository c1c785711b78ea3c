"""What xCAT's tables are to name in the place of a host: which value of which row, what it is to be, and the command that writes it.

The attributes are those of xCAT 2.19's lib/perl/xCAT/Schema.pm that name a server, with its words on each: lists are separated
by commas, `noderes.monserver` is a pair "x,y", `networks.gateway` is one address or `<xcatmaster>`, which is each management
node's own first address in that network (NetworkUtils.pm, my_ip_facing; dhcp.pm, addnet), and so is what an empty tftpserver,
ntpservers or logservers of a network stands for in DHCP. An address of a network that the pair does not serve stays: `status`
tells it.
"""
import os
import re
import shlex

import interfaces
import masters
import pair as pairs

FORWARDING = os.environ.get("XCATHA_FORWARDING", "/proc/sys/net/ipv4/ip_forward")

MASTER = "<xcatmaster>"
SITE_LISTS = ("nameservers", "ntpservers", "logservers")
# Who may be no server at all: a list of nodes, a zone, servers beyond the cluster, which the virtual IP must not become.
NOT_SERVERS = ("domain", "excludenodes", "forwarders", "master")
NETWORK = ("tftpserver", "dhcpserver", "nameservers", "ntpservers", "logservers", "gateway")
# What of a network means the DHCP server itself where it is empty.
ASSUMED = ("tftpserver", "ntpservers", "logservers")
NODE = {
    "noderes": ("xcatmaster", "nfsserver", "tftpserver", "servicenode", "monserver", "nameservers", "nimserver"),
    "nodehm": ("conserver",),
    "bootparams": ("kcmdline", "addkcmdline"),
}
TEXTS = ("kcmdline", "addkcmdline")


class Change:
    """One value of one row: where it is, what it is to be, and the command that writes it."""

    def __init__(self, table, row, key, value, argv):
        self.table, self.row, self.key, self.value, self.argv = table, row, key, value, argv

    def __str__(self):
        return place(self.table, self.key, self.row)

    @property
    def command(self):
        """The command as people may read it; empty where the value is no mere list, since it may hold a password."""
        return " ".join(map(shlex.quote, self.argv)) if is_shown(self.value) else ""


def is_shown(value):
    return re.match(r"[\w.,;|:<>!/ -]*$", value) is not None


def place(table, key, row=""):
    """A value's place as people read it, and as the model's exceptions name it: `site.master`, `networks.gateway of lan`."""
    return "site." + key if table == "site" else "{}.{} of {}".format(table, key, row)


def exceptions(settings):
    """Places and paths that may go on naming a host, as the model lists them."""
    return {word.strip() for word in settings.get("NAMES_KEPT", "").split(",") if word.strip()}


def is_kept(kept, table, key, row=""):
    """Whether the model lets this value name a host."""
    return "{}.{}".format(table, key) in kept or place(table, key, row) in kept


def replaced(text, pair, old=frozenset(), unique=True, network=None):
    """A list with what means a host, or is an old master, replaced by the virtual IP, named once; separators stay what they were.

    That of the network to which the value belongs, where it is known.
    """
    parts = re.split(r"([,\s]+)", text)
    words = [pair.virtual_at(word, network) or pair.virtual if word in old else pair.replaced(word, network) for word in parts[::2]]
    if words == parts[::2]:
        return text
    found = words[0]
    for number, word in enumerate(words[1:]):
        if not unique or word not in words[:number + 1]:
            found += (parts[2 * number + 1] if found else "") + word
    return found


def in_text(text, pair, network):
    """A kernel's command line with the hosts' addresses and URLs replaced; a bare word is no name."""
    return "".join(word if pair.host(word) and not pairs.is_address(word) else pair.replaced(word, network)
                   for word in re.split(r"(\s+)", text))


def has_service_nodes(noderes, pair):
    """Whether some nodes are managed by others than the pair: `<xcatmaster>` and an empty server then mean each of these."""
    words = {word for row in noderes for word in re.split(r"[,\s]+", row.get("servicenode", "")) if word}
    return any(pair.virtual_for(word) is None and not pair.is_virtual(word) for word in words)


def site_changes(site, pair, old, settings, dhcp, kept):
    wanted = {}
    for key, value in site.items():
        if interfaces.is_by_name(value) and key not in NOT_SERVERS:
            wanted[key] = interfaces.for_both(value, pair)
        elif key not in NOT_SERVERS:
            wanted[key] = replaced(value, pair, old | ({MASTER} if key in SITE_LISTS else set()))
    wanted = {key: value for key, value in wanted.items() if not is_kept(kept, "site", key)}
    if not site.get("nameservers"):
        wanted["nameservers"] = pair.virtual
    if not site.get("domain"):
        wanted["domain"] = settings["DOMAIN"]
    if dhcp:
        wanted["dhcpbackend"] = dhcp
    # The master last: until then a run after an interrupted one still knows the old one.
    wanted["master"] = pair.virtual
    return [Change("site", "", key, value, ["chdef", "-t", "site", "{}={}".format(key, value)])
            for key, value in wanted.items() if value != site.get(key, "")]


def network_changes(rows, pair, old, site, kept, served_by_others):
    changes = []
    for row in rows:
        served = next((network for network in pair.networks if network.net == row["net"]), None)
        for key in NETWORK:
            value = replaced(row.get(key, ""), pair, old, network=served)
            assumed = served and (_means_each_host(key, value, site) or not value and _means_first(key, served, pair, old, site))
            if assumed and (key == "tftpserver" or not served_by_others):
                value = served.virtual
            if value != row.get(key, "") and not is_kept(kept, "networks", key, row["netname"]):
                argv = ["chdef", "-t", "network", "-o", row["netname"], "{}={}".format(key, value)]
                changes.append(Change("networks", row["netname"], key, value, argv))
    return changes


def _means_each_host(key, value, site):
    """Whether DHCP would hand out the active host's own address, which is another one after a failover."""
    if key == "gateway":
        return value == MASTER and routes()
    if value == MASTER:
        return key != "dhcpserver"
    return not value and key in ASSUMED and not (key in SITE_LISTS and site.get(key) not in (None, "", MASTER))


def _means_first(key, served, pair, old, site):
    """Whether DHCP would hand out in a further network what the site names: the virtual IP of the first."""
    words = re.split(r"[,\s]+", site.get(key, "")) if key in SITE_LISTS and served is not pair.networks[0] else []
    return any(pair.host(word) or pair.is_virtual(word) or word == MASTER or word in old for word in words if word) or (
        key == "nameservers" and served is not pair.networks[0] and not site.get(key))


def routes():
    """Whether this host forwards packets; xCAT gives no router for `<xcatmaster>` where it does not."""
    try:
        with open(FORWARDING, encoding="ascii") as file:
            return file.read().strip() == "1"
    except OSError:
        return False


def node_changes(table, rows, pair, old, kept, lookup):
    changes = []
    for row in rows:
        network = masters.network_of(lookup, row["node"], pair)
        for key in NODE[table]:
            text = row.get(key, "")
            value = in_text(text, pair, network) if key in TEXTS else replaced(text, pair, old, key != "monserver", network)
            if value != text and not is_kept(kept, table, key, row["node"]):
                argv = ["chtab", "node={}".format(row["node"]), "{}.{}={}".format(table, key, value)]
                changes.append(Change(table, row["node"], key, value, argv))
    return changes


def master_changes(lookup, pair, kept):
    """The rows that give nodes without a master the virtual IP of their network, where weak rows do."""
    return [Change("noderes", group, "xcatmaster", virtual, ["chtab", "node=" + group, "noderes.xcatmaster=" + virtual])
            for group, virtual, _ in masters.weakest_rows(lookup, pair) if not is_kept(kept, "noderes", "xcatmaster", group)]
