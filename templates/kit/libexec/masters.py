"""Which nodes have no noderes.xcatmaster, and the weakest rows that give them one.

xCAT 2.19 then takes the first address that the active host has in the node's network, its own: Template.pm (autoinst), grub2.pm,
petitboot.pm, destiny.pm and dhcp.pm by NetworkUtils.pm's my_ip_facing. An attribute of a node is looked up in its own row, then
in those of its groups in the order of nodelist.groups (Table.pm, getNodeAttribs_nosub_returnany): the row of the group `all`
is the weakest. A node that has a service node is that one's.
"""
import re

import pair as pairs

WEAKEST = "all"


class Lookup:
    """Attributes of nodes as xCAT finds them, from the rows of nodelist, noderes and hosts."""

    def __init__(self, nodelist, noderes, hosts):
        self.groups = {row["node"]: [group.strip() for group in row.get("groups", "").split(",")] for row in nodelist}
        self._noderes = {row["node"]: row for row in noderes}
        self._addresses = {row["node"]: row.get("ip", "") for row in hosts}
        self._listing = pairs.listing()

    def row(self, name, attribute):
        """What the row of a node or group itself has."""
        return self._noderes.get(name, {}).get(attribute, "")

    def value(self, node, attribute):
        return next(filter(None, (self.row(name, attribute) for name in [node] + self.groups[node])), "")

    def addresses(self, node):
        own = self._addresses.get(node, "")
        return {own} if pairs.is_address(own) else self._listing.get(node.lower(), set())


def network_of(lookup, name, pair):
    """The one served network that a node is in, or all nodes of a group; None when it is none, or not known."""
    nodes = [name] if name in lookup.groups else [node for node, groups in lookup.groups.items() if name in groups]
    found = [network for network in pair.networks for node in nodes if _is_in(lookup, node, network)]
    return found[0] if found and all(network is found[0] for network in found) else None


def _is_in(lookup, node, network):
    return any(address in network for address in lookup.addresses(node))


def lacking(lookup, pair):
    """Nodes of the pair's own that have no master, by the virtual IP that is theirs: of their network, or the first."""
    found = {}
    for node in lookup.groups:
        if pair.host(node) or lookup.value(node, "xcatmaster") or _is_managed(lookup, node, pair):
            continue
        virtual = [network.virtual for network in pair.networks if not lookup.addresses(node) or _is_in(lookup, node, network)]
        found.setdefault(virtual[0] if virtual else "", []).append(node)
    return found


def _is_managed(lookup, node, pair):
    words = [word for word in re.split(r"[,\s]+", lookup.value(node, "servicenode")) if word]
    return any(pair.host(word) is None and not pair.is_virtual(word) for word in words)


def weakest_rows(lookup, pair):
    """The rows that give nodes their master and reach no other node: each with the virtual IP and the nodes that it is for.

    The group `all` where it does for every node. Where the pair serves several networks, groups whose nodes all lack the same.
    """
    found = lacking(lookup, pair)
    if len(pair.networks) == 1 and not lookup.row(WEAKEST, "xcatmaster") and not any(not pair.host(node) for node in lookup.groups):
        # The first node is still to come, and then setup need not be run again.
        found = {pair.networks[0].virtual: []}
    if len(found) == 1 and "" not in found:
        virtual, nodes = next(iter(found.items()))
        touched = [node for node, groups in lookup.groups.items()
                   if WEAKEST in groups and not pair.host(node) and not lookup.value(node, "xcatmaster")]
        if sorted(touched) == sorted(nodes):
            return [(WEAKEST, virtual, nodes)]
    if len(pair.networks) == 1:
        return []
    return [row for virtual, nodes in sorted(found.items()) if virtual for row in _by_groups(lookup, pair, virtual, nodes)]


def _by_groups(lookup, pair, virtual, nodes):
    members = {}
    for node, groups in lookup.groups.items():
        for group in groups if not pair.host(node) else []:
            members.setdefault(group, set()).add(node)
    fit = sorted((group for group, each in members.items() if group and each <= set(nodes)), key=lambda group: (-len(members[group]), group))
    rows, given = [], set()
    for group in fit:
        if members[group] - given:
            rows.append((group, virtual, sorted(members[group])))
            given |= members[group]
    return rows
