"""xCAT's service nodes, each with an xcatd of its own over the pair's database.

xCAT's documentation (High Availability with shared data) has xcatd stopped on all of them before a failover; afterwards each
finds the database again by the address in its own /etc/xcat/cfgloc, which is to be the virtual IP.
"""
import shlex

import kit
import pair as pairs
import xcatdb

# Seconds for each question to xCAT, and for what xdsh runs on all of them side by side: to stop or start xcatd, and to look.
QUESTION, REMOTE, LOOK = 10, 30, 15
_NO_TABLES = "no tables"


def listed(settings):
    """Names of the service nodes; the pair's hosts, which the table may list too, are none."""
    pair = pairs.of(settings)
    rows = xcatdb.parse(xcatdb.ask("tabdump", "servicenode", seconds=QUESTION, fits=xcatdb.is_table))
    # A row may be for a group.
    words = [row["node"] for row in rows if row.get("node") and not row.get("disable")]
    words = [word for word in words if not pair.host(word) and not pair.is_virtual(word)]
    if not words:
        return []
    nodes = xcatdb.ask("nodels", ",".join(words), seconds=QUESTION).split()
    return [node for node in dict.fromkeys(nodes) if not pair.host(node) and not pair.is_virtual(node)]


def tell(nodes, command, seconds):
    """What a command prints on each of the nodes: {node: lines}; one that does not answer has none."""
    done = kit.xcat("xdsh", ",".join(nodes), "-t", str(seconds), command, timeout=seconds + 8)
    said = {node: [] for node in nodes}
    for line in done.out.splitlines():
        node, _, text = line.partition(": ")
        if node in said:
            said[node].append(text.strip())
    return said


def turn(nodes, verb):
    """Stops, starts or restarts xcatd on the nodes: what systemd calls it afterwards, a word, by node; empty of one that did not answer."""
    said = tell(nodes, "systemctl {0} xcatd; echo xcatd=$(systemctl is-active xcatd)".format(verb), REMOTE)
    return {node: next((line[len("xcatd="):] for line in lines if line.startswith("xcatd=")), "") for node, lines in said.items()}


def findings(settings):
    """What is wrong with the service nodes, a sentence each with what mends it."""
    nodes = listed(settings)
    if not nodes:
        return []
    if settings["DATABASE"] == "sqlite":
        return ["xCAT's service nodes ({}) cannot reach an SQLite database: set database in the model to postgresql or mariadb, then "
                "ansible-playbook setup.yml".format(" ".join(nodes))]
    # The line of cfgloc has the password behind what is asked for.
    said = tell(nodes, "echo xcatd=$(systemctl is-active xcatd); grep -o 'host=[^|;]*' /etc/xcat/cfgloc; "
                       "timeout 10 /opt/xcat/sbin/tabdump site </dev/null 2>&1 | grep -q '^\"master\"' || echo {}".format(_NO_TABLES), LOOK)
    pair = pairs.of(settings)
    silent, down, blind, wrong = [], [], [], {}
    for node, lines in said.items():
        state = next((line[len("xcatd="):] for line in lines if line.startswith("xcatd=")), "")
        host = next((line[len("host="):] for line in lines if line.startswith("host=")), "")
        if not state:
            silent.append(node)
        elif host and not pair.is_virtual(host):
            wrong.setdefault(host, []).append(node)
        elif state != "active":
            down.append(node)
        elif _NO_TABLES in lines:
            blind.append(node)
    found = ["/etc/xcat/cfgloc of {0} names {1}, not the virtual IP: xdsh {2} {3}".format(
        " ".join(each), host, ",".join(each),
        shlex.quote("sed -i 's/host=[^|;]*/host={}/' /etc/xcat/cfgloc && systemctl restart xcatd".format(pair.virtual)))
             for host, each in sorted(wrong.items())]
    if down:
        found.append("xcatd does not run on {}: xdsh {} systemctl restart xcatd".format(" ".join(down), ",".join(down)))
    if blind:
        found.append("xCAT cannot read its tables on {}: the database on {} has to let {} in".format(
            " ".join(blind), pair.virtual, "them" if len(blind) > 1 else "it"))
    if silent:
        found.append("{} {} xdsh: xdsh {} date says why".format(
            " ".join(silent), "do not answer" if len(silent) > 1 else "does not answer", ",".join(silent)))
    return found
