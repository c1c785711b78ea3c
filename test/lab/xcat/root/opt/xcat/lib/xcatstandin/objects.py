"""The objects of lsdef and chdef, whose attributes are spread over the tables."""

from .request import CommandFailed
from .schema import TABLES

SITE_OBJECT = "clustersite"

NODE_ATTRIBUTES = {
    "arch": ("nodetype", "arch"),
    "bmc": ("ipmi", "bmc"),
    "bmcpassword": ("ipmi", "password"),
    "bmcport": ("ipmi", "bmcport"),
    "bmcusername": ("ipmi", "username"),
    "chain": ("chain", "chain"),
    "cons": ("nodehm", "cons"),
    "conserver": ("nodehm", "conserver"),
    "consoleondemand": ("nodehm", "consoleondemand"),
    "currchain": ("chain", "currchain"),
    "currstate": ("chain", "currstate"),
    "groups": ("nodelist", "groups"),
    "hostnames": ("hosts", "hostnames"),
    "initrd": ("bootparams", "initrd"),
    "installnic": ("noderes", "installnic"),
    "ip": ("hosts", "ip"),
    "kcmdline": ("bootparams", "kcmdline"),
    "kernel": ("bootparams", "kernel"),
    "mac": ("mac", "mac"),
    "mgt": ("nodehm", "mgt"),
    "monserver": ("noderes", "monserver"),
    "netboot": ("noderes", "netboot"),
    "nfsserver": ("noderes", "nfsserver"),
    "nodetype": ("nodetype", "nodetype"),
    "os": ("nodetype", "os"),
    "otherinterfaces": ("hosts", "otherinterfaces"),
    "postbootscripts": ("postscripts", "postbootscripts"),
    "postscripts": ("postscripts", "postscripts"),
    "power": ("nodehm", "power"),
    "primarynic": ("noderes", "primarynic"),
    "profile": ("nodetype", "profile"),
    "provmethod": ("nodetype", "provmethod"),
    "rack": ("nodepos", "rack"),
    "serial": ("vpd", "serial"),
    "serialflow": ("nodehm", "serialflow"),
    "serialport": ("nodehm", "serialport"),
    "serialspeed": ("nodehm", "serialspeed"),
    "servicenode": ("noderes", "servicenode"),
    "status": ("nodelist", "status"),
    "statustime": ("nodelist", "statustime"),
    "tftpdir": ("noderes", "tftpdir"),
    "tftpserver": ("noderes", "tftpserver"),
    "usercomment": ("nodelist", "comments"),
    "xcatmaster": ("noderes", "xcatmaster"),
}

_ONE_TABLE_TYPES = {
    "network": ("networks", "netname"),
    "osimage": ("osimage", "imagename"),
    "policy": ("policy", "priority"),
}

TYPES = ["node", "site", *_ONE_TABLE_TYPES]


def load(store, kind):
    """All objects of a type: a dictionary of name to attributes."""
    if kind == "node":
        return _load_nodes(store)
    if kind == "site":
        return {SITE_OBJECT: store.site()}
    table, key = _ONE_TABLE_TYPES[kind]
    return {row.pop(key): row for row in store.rows(table) if key in row}


def save(store, kind, name, attributes):
    """Make or change an object."""
    _check(kind, attributes)
    if kind == "node":
        _save_node(store, name, attributes)
    elif kind == "site":
        for key, value in attributes.items():
            if value:
                store.write("site", {"key": key}, {"value": value})
            else:
                store.delete("site", {"key": key})
    else:
        table, key = _ONE_TABLE_TYPES[kind]
        store.write(table, {key: name}, attributes)


def remove(store, kind, name):
    if kind == "node":
        for table in {table for table, _ in NODE_ATTRIBUTES.values()}:
            store.delete(table, {"node": name})
    elif kind in _ONE_TABLE_TYPES:
        table, key = _ONE_TABLE_TYPES[kind]
        store.delete(table, {key: name})
    else:
        raise CommandFailed("The site object cannot be removed.")


def _check(kind, attributes):
    if kind == "site":
        return
    if kind == "node":
        known = NODE_ATTRIBUTES
    else:
        known = TABLES[_ONE_TABLE_TYPES[kind][0]].columns
    for attribute in attributes:
        if attribute not in known:
            raise CommandFailed(f"'{attribute}' is not a valid attribute name for an object type of '{kind}'.")


def _load_nodes(store):
    nodes = {row["node"]: {} for row in store.rows("nodelist")}
    tables = {}
    for attribute, (table, column) in NODE_ATTRIBUTES.items():
        if table not in tables:
            tables[table] = {row["node"]: row for row in store.rows(table)}
        defaults = tables[table].get("xcatdefaults", {})
        for name, attributes in nodes.items():
            own = tables[table].get(name, {}).get(column)
            values = [value for value in (defaults.get(column), own) if value]
            if values:
                attributes[attribute] = ",".join(values)
    return nodes


def _save_node(store, name, attributes):
    by_table = {"nodelist": {}}
    for attribute, value in attributes.items():
        table, column = NODE_ATTRIBUTES[attribute]
        by_table.setdefault(table, {})[column] = value
    for table, values in by_table.items():
        store.write(table, {"node": name}, values)
