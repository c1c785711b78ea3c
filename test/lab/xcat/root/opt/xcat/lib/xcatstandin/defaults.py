"""The rows that a fresh installation has."""

import socket

from . import hostscommands, system

_SITE = """
blademaxp 64
domain @domain
fsptimeout 0
installdir /install
ipmimaxp 64
ipmiretries 3
ipmitimeout 2
consoleondemand no
master @address
forwarders @forwarders
nameservers @address
maxssh 8
ppcmaxp 64
ppcretry 3
ppctimeout 0
powerinterval 0
syspowerinterval 0
sharedtftp 1
SNsyncfiledir /var/xcat/syncfiles
nodesyncfiledir /var/xcat/node/syncfiles
tftpdir /tftpboot
xcatdport 3001
xcatiport 3002
xcatconfdir /etc/xcat
timezone Universal
useNmapfromMN no
enableASMI no
db2installloc /mntdb2
databaseloc /var/lib
sshbetweennodes ALLGROUPS
dnshandler ddns
vsftp n
cleanupxcatpost no
cleanupdiskfullxcatpost no
dhcplease 43200
auditnosyslog 0
xcattlspolicy modern
auditskipcmds ALL
"""

_POLICY = [
    {"priority": "1", "name": "root", "rule": "allow"},
    {"priority": "2", "commands": "getbmcconfig", "rule": "allow"},
    {"priority": "2.1", "commands": "remoteimmsetup", "rule": "allow"},
    {"priority": "2.3", "commands": "lsxcatd", "rule": "allow"},
    {"priority": "3", "commands": "nextdestiny", "rule": "allow"},
    {"priority": "4", "commands": "getdestiny", "rule": "allow"},
    {"priority": "4.4", "commands": "getpostscript", "rule": "allow"},
    {"priority": "4.5", "commands": "getcredentials", "rule": "allow"},
    {"priority": "4.6", "commands": "syncfiles", "rule": "allow"},
    {"priority": "4.7", "commands": "litefile", "rule": "allow"},
    {"priority": "4.8", "commands": "litetree", "rule": "allow"},
    {"priority": "4.9", "commands": "getadapter", "rule": "allow"},
]


def fill(store):
    """Fill the tables of a fresh installation; a table that has rows already is left alone."""
    if not store.rows("site"):
        store.replace("site", _site_rows())
    if not store.rows("policy"):
        store.replace("policy", [_POLICY[0], trusted_host(), *_POLICY[1:]])
    if not store.rows("postscripts"):
        store.replace(
            "postscripts",
            [
                {
                    "node": "xcatdefaults",
                    "postscripts": "syslog,remoteshell,syncfiles",
                    "postbootscripts": "otherpkgs",
                },
                {"node": "service", "postscripts": "servicenode"},
            ],
        )
    if not store.rows("networks"):
        for name, row in hostscommands.discovered_networks().items():
            store.write("networks", {"netname": name}, row)


def trusted_host():
    """Policy 1.2: the name in the server's certificate is trusted."""
    return {"priority": "1.2", "name": socket.gethostname(), "rule": "trusted"}


def _site_rows():
    values = {
        "@domain": system.run("hostname", "-d").stdout.strip(),
        "@address": system.address_of(socket.gethostname()) or "NORESOLUTION",
        "@forwarders": ",".join(_forwarders()),
    }
    rows = []
    for line in _SITE.strip().splitlines():
        key, value = line.split(" ", 1)
        if values.get(value, value):
            rows.append({"key": key, "value": values.get(value, value)})
    return rows


def _forwarders():
    own = [address for _, address, _ in system.addresses()]
    try:
        with open("/etc/resolv.conf", encoding="utf-8") as file:
            words = [line.split() for line in file if line.startswith("nameserver")]
    except FileNotFoundError:
        return []
    return [pair[1] for pair in words if len(pair) > 1 and ":" not in pair[1] and pair[1] not in own]
