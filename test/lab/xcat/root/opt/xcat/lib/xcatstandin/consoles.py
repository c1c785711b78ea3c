"""makeconservercf and makegocons."""

import json
import os

from . import system
from .request import CommandFailed

CONFIGURATION = "/etc/conserver.cf"
GOCONSERVER = "/usr/bin/goconserver"
GOCONSERVER_NODES = "/var/lib/goconserver/nodes.json"

SSL_BLOCK = """\
config * {
  sslrequired yes;
  sslcacertificatefile /etc/xcat/cert/ca.pem;
  sslcredentials /etc/xcat/cert/server-cred.pem;
}
"""


def makeconservercf(request):
    """Write conserver's configuration anew; without a console there is nothing to write."""
    consoles = _consoles(request.store)
    if consoles:
        blocks = [_access(request.store.site()), SSL_BLOCK, _TYPES]
        blocks += [_CONSOLE.format(node=node, method=method) for node, method in consoles]
        system.write_file(CONFIGURATION, "".join(blocks))
    return 0


def makegocons(request):
    """Have goconserver know every node with a console, and run; without a console there is nothing to do."""
    consoles = _consoles(request.store)
    if not consoles:
        return 0
    if not os.path.exists(GOCONSERVER):
        raise CommandFailed("goconserver is not installed.")
    system.write_file(GOCONSERVER_NODES, json.dumps(dict(consoles)) + "\n")
    if system.run("systemctl", "restart", "goconserver").returncode != 0:
        raise CommandFailed("Failed to start goconserver service.")
    return 0


_TYPES = """\
default cyclades { type host; portbase 7000; portinc 1; }
default mrv { type host; portbase 2000; portinc 100; }
"""

_CONSOLE = """\
#xCAT BEGIN {node} CONS
console {node} {{
  type exec;
  exec /opt/xcat/share/xcat/cons/{method} {node};
}}
#xCAT END {node} CONS
"""


def _consoles(store):
    nodes = {row["node"] for row in store.rows("nodelist")}
    return sorted((row["node"], row["cons"]) for row in store.rows("nodehm") if row.get("cons") and row["node"] in nodes)


def _access(site):
    master = site.get("master", "")
    own = [address for _, address, _ in system.addresses()]
    names = {
        name.split(".")[0] for address, words in system.hosts_file() for name in words if address in own
    }
    others = sorted(set(own) - {master}) + ["localhost", *sorted(names - {"localhost"})]
    return (
        "access * {\n"
        "  trusted 127.0.0.1;\n"
        f"  trusted {master};\n"
        f"  trusted {','.join(others)};\n"
        "}\n"
        "default * {\n"
        "  logfile /var/log/consoles/&;\n"
        "  timestamp 1lab;\n"
        "  rw *;\n"
        "  master localhost;\n"
        "}\n"
    )
