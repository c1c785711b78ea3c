"""xcatconfig: sets a management node up (-i), brings it up to date (-u), or gives it new certificates (-c)."""

import os
import shutil
import sys

from . import certificates, consoles, defaults, hostlayout, location, lsxcatd, store, system
from .request import Usage

USAGE = """\
xcatconfig -h|--help
xcatconfig -v|--version
xcatconfig [-i|--initialinstall] [-u|--updateinstall] [-c|--credentials]"""

POSTSCRIPTS = "/opt/xcat/share/xcat/postscripts"
EXPORTS = [
    "/tftpboot *(rw,no_root_squash,sync,no_subtree_check,insecure)",
    "/install *(rw,no_root_squash,sync,no_subtree_check,insecure)",
]

CLOSING = """\
xCAT is now running, it is recommended to tabedit networks 
and set a dynamic ip address range on any networks where nodes 
are to be discovered. Then, run makedhcp -n to create a new DHCP 
configuration file, and restart the selected DHCP service. Either examine sample 
configuration templates, or write your own, or specify a value per 
node with nodeadd or tabedit."""


def xcatconfig(request):
    options = [word for word in request.arguments if word not in ("-V", "--verbose")]
    if len(options) != 1:
        raise Usage(USAGE)
    option = options[0]
    if option in ("-v", "--version"):
        request.say(lsxcatd.version())
        request.say()
        return 0
    actions = {
        "-i": _install,
        "--initialinstall": _install,
        "-u": _update,
        "--updateinstall": _update,
        "-c": _renew_certificates,
        "--credentials": _renew_certificates,
    }
    if option not in actions:
        raise Usage(USAGE)
    return actions[option](request)


def _install(request):
    _make_directories()
    _make_ssh_keys(request)
    if not certificates.exist():
        certificates.make()
        request.say("Created xCAT certificate.")
    _publish_credentials()
    _write_exports()
    if not os.path.exists(consoles.CONFIGURATION):
        system.write_file(consoles.CONFIGURATION, consoles.SSL_BLOCK)
    defaults.fill(store.connect_and_create(location.read()))
    if os.environ.get("XCATPGPW") and location.read().engine == "SQLite":
        sys.stdout.flush()
        system.show("/opt/xcat/bin/pgsqlsetup", "-i", "-N")
    _start_services(request)
    request.say(CLOSING)
    return 0


def _update(request):
    """After an upgrade of the package: xcatd again; nothing is enabled, and no row written where a cfgloc names the tables."""
    _make_directories()
    if not os.path.exists(certificates.AUTHORITY):
        certificates.make()
    _publish_credentials()
    _write_exports()
    tables = store.connect_and_create(location.read())
    if not os.path.exists(location.CFGLOC):
        defaults.fill(tables)
    _systemctl(request, "restart", "xcatd")
    return 0


def _renew_certificates(request):
    certificates.make()
    _publish_credentials()
    request.say("Created xCAT certificate.")
    trusted = defaults.trusted_host()
    request.store.write("policy", {"priority": trusted.pop("priority")}, trusted)
    _systemctl(request, "restart", "xcatd")
    return 0


def _make_directories():
    for path in ("/install/postscripts", "/install/prescripts", "/install/kdump", "/var/log/xcat", "/var/log/consoles"):
        os.makedirs(path, exist_ok=True)
    shutil.copytree(POSTSCRIPTS, "/install/postscripts", dirs_exist_ok=True)


def _make_ssh_keys(request):
    """Keys for the nodes to use as their own, new each time, and root's key if there is none."""
    directory = "/etc/xcat/hostkeys"
    shutil.rmtree(directory, ignore_errors=True)
    os.makedirs(directory)
    request.say("Generating SSH host keys for the nodes.")
    for kind in ("rsa", "ecdsa", "ed25519"):
        system.run("ssh-keygen", "-q", "-t", kind, "-N", "", "-f", f"{directory}/ssh_host_{kind}_key")
    root_key = "/root/.ssh/id_rsa"
    if not os.path.exists(root_key):
        os.makedirs("/root/.ssh", mode=0o700, exist_ok=True)
        system.run("ssh-keygen", "-q", "-t", "rsa", "-N", "", "-f", root_key)


def _publish_credentials():
    """What nodes may fetch from /install/postscripts."""
    for directory, source, name in (
        ("_ssh", "/root/.ssh/id_rsa.pub", "authorized_keys"),
        ("ca", "/etc/xcat/ca/ca-cert.pem", "ca-cert.pem"),
    ):
        target = os.path.join("/install/postscripts", directory)
        os.makedirs(target, exist_ok=True)
        shutil.copy(source, os.path.join(target, name))


def _write_exports():
    path = "/etc/exports"
    present = ""
    if os.path.exists(path):
        with open(path, encoding="utf-8") as file:
            present = file.read()
    missing = [line for line in EXPORTS if line not in present.splitlines()]
    if missing:
        separator = "" if present.endswith("\n") or not present else "\n"
        system.write_file(path, present + separator + "\n".join(missing) + "\n")


def _start_services(request):
    """Enable what xCAT needs, and start xcatd and the web server; refusals are only reported."""
    for unit in (hostlayout.dhcp_unit(), hostlayout.dns_unit(), hostlayout.http_unit()):
        if unit:
            _systemctl(request, "enable", unit)
    _systemctl(request, "enable", "xcatd")
    if hostlayout.http_unit():
        _systemctl(request, "restart", hostlayout.http_unit())
    _systemctl(request, "restart", "xcatd")


def _systemctl(request, verb, unit):
    result = system.run("systemctl", verb, unit)
    if result.returncode != 0:
        request.complain(result.stderr.strip())
