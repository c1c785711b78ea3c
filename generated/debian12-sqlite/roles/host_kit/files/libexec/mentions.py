"""What of xCAT names one of the pair's hosts, and would be wrong after a failover: its tables, boot files, DHCP and DNS zones.

Each finding is a sentence: what names which host, and the command that mends it. Only what means a host is ever shown of a
value, since tables hold passwords. The model's exceptions are left out, and so is what a table says of the host itself.
"""
import glob
import json
import os
import re
import shlex
import stat

import interfaces
import masters
import pair as pairs
import rewriting
import xcatdb

ROOT = os.environ.get("XCATHA_ROOT", "")

# Whom to trust are the hosts, by their names.
NOT_SEARCHED = ("policy",)
REMARKS = ("comments", "usercomment", "disable")
SHOWN = 3
TABLES = "/usr/local/libexec/xcatha/tables"
# A boot file is some lines; an image is no file of this kind.
LARGEST = 256 << 10
# Whose value each statement of DHCP is (xCAT_plugin/dhcp.pm, addnet and kea_subnet4_intent); the rest is made of tftpserver.
OPTIONS = {"routers": "gateway", "log-servers": "logservers", "ntp-servers": "ntpservers", "domain-name-servers": "nameservers",
           "primary": "nameservers"}
# What a reservation says of the node that it is for.
OF_A_NODE = ("host", "fixed-address", "hardware", "hostname", "ip-address", "hw-address", "lease")
DHCP_FILES = ("/etc/dhcp/dhcpd.conf", "/etc/dhcpd.conf")
KEA_FILE = "/etc/kea/kea-dhcp4.conf"
# As xCAT looks for it (xCAT_plugin/ddns.pm, get_dbdir).
ZONES = ("/var/named", "/var/lib/named", "/var/lib/bind")


class Search:
    """The pair whose hosts are looked for, and what the model lets name them."""

    def __init__(self, settings):
        self.settings, self.pair, self.kept = settings, pairs.of(settings), rewriting.exceptions(settings)

    def who(self, words):
        """Whom words mean: `host1 (10.0.0.70), host2`."""
        found = {}
        for word in dict.fromkeys(words):
            host = self.pair.host(word)
            found.setdefault(host.name, []).extend([word] if word.lower() != host.name.lower() else [])
        return ", ".join("{} ({})".format(name, ", ".join(others)) if others else name for name, others in found.items())

    def allows(self, path):
        return any(kept.startswith("/") and (path + "/").startswith(kept.rstrip("/") + "/") for kept in self.kept)


def some(names):
    names = list(names)
    more = len(names) - SHOWN
    return ", ".join(names[:SHOWN]) + (" and {} more".format(more) if more > 0 else "")


def in_tables(settings):
    """Findings in a whole dump of the tables."""
    search, tables = Search(settings), {}
    xcatdb.each_table(lambda name, text: tables.setdefault(name, [row for row in xcatdb.parse(text) if not row.get("disable")]),
                      int(settings["TIMEOUT_XCATD"]))
    due = _due(search, tables)
    found = _grouped(search, [(change.table, change.key, change.row, value, change.command or TABLES)
                             for change, value in _with_values(tables, due)])
    told = {str(change) for change in due}
    rest = [each for each in _others(search, tables) if rewriting.place(*each[:3]) not in told]
    found += _grouped(search, [each + ("",) for each in rest]) + _nics(search, tables)
    return found + _without_master(search, tables, {change.row for change in due if change.key == "xcatmaster"})


def _lookup(tables):
    return masters.Lookup(*(tables.get(name, []) for name in ("nodelist", "noderes", "hosts")))


def _without_master(search, tables, told):
    """Nodes to which xCAT would tell the active host's own address, and that no weak row would reach; `told` are those that would."""
    lookup = _lookup(tables)
    reached = {node for row, _, nodes in masters.weakest_rows(lookup, search.pair) if row in told for node in nodes}
    found = {virtual: [node for node in nodes if node not in reached and not rewriting.is_kept(search.kept, "noderes", "xcatmaster", node)]
             for virtual, nodes in masters.lacking(lookup, search.pair).items()}
    return ["noderes.xcatmaster of {} is empty, which means whichever host is active: chdef -t node -o {} xcatmaster={}".format(
        some(nodes), ",".join(nodes), virtual) for virtual, nodes in sorted(found.items()) if virtual and nodes]


def _site(tables):
    return {row["key"]: row["value"] for row in tables.get("site", ())}


def _due(search, tables):
    """What setup would change in the tables as they are now."""
    pair, kept, site, noderes = search.pair, search.kept, _site(tables), tables.get("noderes", [])
    found = rewriting.network_changes(tables.get("networks", []), pair, frozenset(), site, kept,
                                      rewriting.has_service_nodes(noderes, pair))
    lookup = _lookup(tables)
    found += rewriting.master_changes(lookup, pair, kept)
    for table in rewriting.NODE:
        found += rewriting.node_changes(table, tables.get(table, []), pair, frozenset(), kept, lookup)
    return found + rewriting.site_changes(dict(site, domain="-"), pair, frozenset(), search.settings, "", kept)


def _with_values(tables, due):
    """Each change with what the table has now."""
    rows = {name: {row.get("netname", row.get("node")): row for row in tables.get(name, ())} for name in ("networks",) + tuple(rewriting.NODE)}
    site = _site(tables)
    return [(change, site.get(change.key, "") if change.table == "site" else rows[change.table].get(change.row, {}).get(change.key, ""))
            for change in due]


def _others(search, tables):
    """Other values that name a host: table, attribute, row, value."""
    for table in sorted(set(tables) - set(NOT_SEARCHED)):
        for row in tables[table]:
            key, first = next(iter(row.items()))
            # What a table says of the host itself is its own; as a service node the host would serve none but itself.
            if search.pair.host(first) and table != "servicenode":
                continue
            for column, value in row.items():
                attribute, whose = (first, "") if table == "site" else (column, first)
                if column in REMARKS or table == "site" and (column == key or attribute in rewriting.NOT_SERVERS
                                                             or interfaces.is_by_name(value)):
                    continue
                # In a text of several words a bare short name is a word like any other.
                if search.pair.found_in(value.replace(",", " "), prose=" " in value) and not rewriting.is_kept(search.kept, table, attribute, whose):
                    yield table, attribute, whose, value


def _grouped(search, each):
    """One sentence for all rows of an attribute: (table, attribute, row, value, the command that mends it or none)."""
    groups = {}
    for table, attribute, row, value, mend in each:
        groups.setdefault((table, attribute, bool(mend)), []).append((row, value, mend))
    found = []
    for (table, attribute, _), rows in groups.items():
        words = [word for _, value, _ in rows for word in search.pair.found_in(value.replace(",", " "))]
        where = rewriting.place(table, attribute, some(row for row, _, _ in rows))
        what = "{} names {}".format(where, search.who(words)) if words else "{} means whichever host is active".format(where)
        mends = [mend for _, _, mend in rows if mend]
        if not mends:
            found.append("{}, for which no virtual IP can stand: change it by tabedit {}, or add {} to names.keep in the model".format(
                what, table, rewriting.place(table, attribute, rows[0][0])))
        else:
            found.append("{}: {}".format(what, mends[0] if len(mends) == 1 else TABLES))
    return found


def _nics(search, tables):
    """NICs that a service is told to listen on, and that this host, or the peer by its own name for it, does not have."""
    site, found = _site(tables), []
    one, other = search.pair.hosts
    renamed = [each for each in zip(one.nics, other.nics) if each[0] != each[1]]
    for key in ("dhcpinterfaces", "dhcpinterface", "dnsinterfaces"):
        value = site.get(key, "")
        if not value or rewriting.is_kept(search.kept, "site", key):
            continue
        nics = interfaces.here(value, search.pair, interfaces.nodes_of)
        lost = interfaces.missing(nics)
        if not nics:
            what = "has no entry for {}".format(one.name)
        elif lost:
            what = "names {}, which {} does not have".format(" ".join(lost), one.name)
        elif not interfaces.is_by_name(value) and any(nic in nics for nic, _ in renamed):
            mine, theirs = next(each for each in renamed if each[0] in nics)
            what = "names {} for both hosts, which {} calls {}".format(mine, other.name, theirs)
        else:
            continue
        found.append("site.{0} {1}: chdef -t site {0}={2}".format(key, what, shlex.quote(interfaces.proposal(value, search.pair, lost))))
    for mine, theirs in renamed:
        rows = [row["netname"] for row in tables.get("networks", ()) if row.get("mgtifname") == mine
                and not rewriting.is_kept(search.kept, "networks", "mgtifname", row["netname"])]
        if rows:
            found.append("networks.mgtifname of {} is {}, which {} calls {}: give the NIC one name on both hosts, "
                         "or add networks.mgtifname to names.keep in the model".format(some(rows), mine, other.name, theirs))
    return found


def in_files(settings):
    """Findings in what nodeset and mknb wrote for nodes to boot from."""
    search, groups = Search(settings), {}
    for root in ("/tftpboot", "/install/autoinst"):
        for folder, folders, names in os.walk(ROOT + root):
            shown = folder[len(ROOT):]
            folders[:] = [name for name in folders if not search.allows(os.path.join(shown, name))]
            for name in sorted(names):
                text = _text(os.path.join(folder, name)) if not search.allows(os.path.join(shown, name)) else ""
                words = search.pair.found_in(text, prose=True)
                if words:
                    group = groups.setdefault(shown, {"names": [], "words": [], "text": text})
                    group["names"].append(name)
                    group["words"] += dict.fromkeys(words)
    return ["{} of {} name{} {}: {}".format(some(group["names"]), folder, "" if len(group["names"]) > 1 else "s",
                                            search.who(group["words"]), _remade(search, folder, group))
            for folder, group in sorted(groups.items())]


def _text(path):
    """A file's text; empty of what is no small text file, or no file at all."""
    try:
        known = os.lstat(path)
        if not stat.S_ISREG(known.st_mode) or known.st_size > LARGEST:
            return ""
        with open(path, "rb") as file:
            read = file.read()
    except OSError:
        return ""
    return "" if b"\0" in read else read.decode("utf-8", "surrogateescape")


def _remade(search, folder, group):
    """The command that writes boot files anew: of the networks it is mknb (xCAT_plugin/mknb.pm), of nodes nodeset."""
    boots = re.search(r"(?:genesis\.kernel|nbk)\.(\w+)", group["text"])
    of_networks = re.search(r"/(xnba/nets|pxelinux\.cfg/p|tftpboot/etc)$", folder) or (
        folder.endswith("/pxelinux.cfg") and all(re.match(r"[0-9A-F]{1,8}$", name) for name in group["names"]))
    if of_networks:
        return "mknb " + (boots.group(1) if boots else "ARCHITECTURE")
    nodes = ",".join(sorted({re.sub(r"\.(uefi|elilo)$", "", name) for name in group["names"][:SHOWN]}))
    return "chdef -t node -o {0} xcatmaster={1}, then nodeset {0} osimage{2}".format(
        nodes, _virtual_of(search, group["words"]), "; the others alike" if len(group["names"]) > SHOWN else "")


def _virtual_of(search, words):
    """The virtual IP that takes the place of the first of these that has one; the first where none has."""
    return next(filter(None, map(search.pair.virtual_for, words)), search.pair.virtual)


def in_services(settings):
    """Findings in what makedhcp and makedns wrote on this host."""
    search = Search(settings)
    found = _in_dhcp(search) if settings.get("DHCP_UNIT") else []
    return found + (_in_zones(search) if settings.get("DNS_UNIT") else [])


def _in_dhcp(search):
    said = {}
    for path in DHCP_FILES + (KEA_FILE,):
        if search.allows(path):
            continue
        text = _text(ROOT + path)
        for subnet, key, value in _kea(text) if path == KEA_FILE else _statements(text):
            words = search.pair.found_in(value.replace(",", " "), prose=True)
            if words and key not in OF_A_NODE:
                served = next((each for each in search.pair.networks if each.net == subnet), search.pair.networks[0])
                said.setdefault((path, served, OPTIONS.get(key, "tftpserver")), []).append((key, words))
    rows = _networks() if said else []
    return ["{} of {} names {}: chdef -t network -o {} {}={}, then makedhcp -n and makedhcp -a".format(
        some(dict.fromkeys(key for key, _ in each)), path, search.who(word for _, words in each for word in words),
        next((row["netname"] for row in rows if row["net"] == served.net), "NETWORK"), attribute, served.virtual)
        for (path, served, attribute), each in said.items()]


def _networks():
    """What xCAT calls the networks."""
    return xcatdb.parse(xcatdb.ask("tabdump", "networks", seconds=10, fits=xcatdb.is_table))


def _statements(text):
    """Statements of dhcpd.conf: the subnet that they are for, a keyword or an option's name, and the rest."""
    subnet, depth, begun = "", 0, 0
    for line in text.splitlines():
        plain = re.sub(r"#.*", "", line).strip().rstrip(";")
        match = re.match(r"subnet\s+(\S+)\s+netmask", plain)
        if match:
            subnet, begun = match.group(1), depth
        depth += plain.count("{") - plain.count("}")
        if subnet and "}" in plain and depth <= begun:
            subnet = ""
        match = re.match(r"(?:option\s+)?([\w.-]+)[\s=]+(.+)$", plain)
        if match:
            yield subnet, match.group(1), match.group(2)


def _kea(text):
    """Texts in Kea's configuration, each with its subnet and by its key, an option's by the option's name."""
    def walk(node, subnet, key):
        if isinstance(node, dict):
            within = node["subnet"].split("/")[0] if isinstance(node.get("subnet"), str) else subnet
            for name, value in node.items():
                yield from walk(value, within, node["name"] if name == "data" and isinstance(node.get("name"), str) else name)
        elif isinstance(node, list):
            for value in node:
                yield from walk(value, subnet, key)
        elif isinstance(node, str):
            yield subnet, key, node
    try:
        return list(walk(json.loads(text), "", "")) if text else []
    except ValueError:
        return []


def _in_zones(search):
    """Records that lead to a host under another name than its own; the name server's is the host's where no name moves."""
    moves = os.uname().nodename.lower() in search.pair.virtual_names
    found = []
    for path in sorted(path for folder in ZONES for path in glob.glob(ROOT + folder + "/db.*")):
        shown = path[len(ROOT):]
        if path.endswith(".jnl") or search.allows(shown):
            continue
        words = [word for owner, kind, data in _records(_text(path)) if moves or kind not in ("SOA", "NS")
                 for word in _led_to(search, owner, kind, data)]
        if words:
            found.append("{} leads to {}: give its names in /etc/hosts to the virtual IP, then makedns -n".format(shown, search.who(words)))
    return found


def _led_to(search, owner, kind, data):
    names = [word.rstrip(".") for word in data.split()]
    if kind == "SOA":
        names = names[:1]
    return [name for name in names if search.pair.host(name) and not search.pair.host(owner)]


def _records(text):
    """Records of a zone's file: the owner as far as it is written there, the type, the data."""
    owner = ""
    for line in text.splitlines():
        plain = line.split(";", 1)[0]
        match = re.match(r"(\S*)\s+(?:\d+\s+)?(?:IN\s+)?(SOA|NS|A|CNAME|MX|SRV)\s+(.+)$", plain)
        if plain[:1].strip() and not plain.startswith("$"):
            owner = plain.split()[0].rstrip(".")
        if match:
            yield owner, match.group(2), match.group(3)
