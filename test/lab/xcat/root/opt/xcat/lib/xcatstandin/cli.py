"""All commands: which function each one is, and whether it runs in xcatd or in the caller."""

import os
import signal
import sys

from . import client, location, store, switches
from .request import CommandFailed, Request, Usage

_IN_XCATD = {
    "chdef": ("defcommands", "chdef"),
    "chtab": ("tabcommands", "tabch"),
    "gettab": ("tabcommands", "gettab"),
    "lsdef": ("defcommands", "lsdef"),
    "lsxcatd": ("lsxcatd", "lsxcatd"),
    "makeconservercf": ("consoles", "makeconservercf"),
    "makedhcp": ("makedhcp", "makedhcp"),
    "makedns": ("makedns", "makedns"),
    "makegocons": ("consoles", "makegocons"),
    "makehosts": ("hostscommands", "makehosts"),
    "makenetworks": ("hostscommands", "makenetworks"),
    "makentp": ("makentp", "makentp"),
    "mkdef": ("defcommands", "mkdef"),
    "nodels": ("tabcommands", "nodels"),
    "rmdef": ("defcommands", "rmdef"),
    "tabch": ("tabcommands", "tabch"),
    "tabdump": ("tabcommands", "tabdump"),
    "tabrestore": ("tabcommands", "tabrestore"),
}

_IN_CALLER = {
    "dumpxCATdb": ("backup", "dumpxcatdb"),
    "mysqlsetup": ("mysqlsetup", "mysqlsetup"),
    "pgsqlsetup": ("pgsqlsetup", "pgsqlsetup"),
    "restartxcatd": ("restart", "restartxcatd"),
    "restorexCATdb": ("backup", "restorexcatdb"),
    "xcatconfig": ("xcatconfig", "xcatconfig"),
    "xcatprobe": ("probe", "xcatprobe"),
}

# With XCATBYPASS these print an error and succeed when the database does not answer.
_SILENT_IN_BYPASS = {"tabdump"}


def main(command, arguments):
    """Run a command as its program in /opt/xcat does; returns the exit code."""
    switches.delay(command, arguments)
    if switches.is_set("fail-" + command):
        sys.stderr.write(f"Error: {command} fails because a switch of the stand-in says so\n")
        return int(switches.number("fail-" + command, 1))
    if command == "xcatd":
        from . import daemon

        return daemon.main()
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    if switches.is_set("hollow-" + command):
        return 0
    if command in _IN_CALLER:
        return _perform_here(command, arguments, "")
    taken = client.take_input(command)
    data = _file_content(arguments) if command == "tabrestore" else ""
    if os.environ.get("XCATBYPASS"):
        # As where a library of a plugin's is missing.
        _print("out", "Error loading module /opt/xcat/lib/perl/xCAT_plugin/kvm.pm  ...skipping\n")
        return _perform_here(command, arguments, data)
    return client.call(command, arguments, data, taken)


def perform(command, arguments, emit, open_store, data):
    """Run a command's function; the ways to fail become error lines and exit codes."""
    request = Request(arguments, emit, open_store, data)
    try:
        return _function(command)(request)
    except Usage as usage:
        request.say(str(usage))
        return 1
    except CommandFailed as failure:
        if str(failure):
            request.error(str(failure))
        return failure.code


def _perform_here(command, arguments, data):
    try:
        return perform(command, arguments, _print, lambda: store.connect_and_create(location.read()), data)
    except (store.StoreDown, store.StoreRefused) as error:
        sys.stderr.write(f"Error: Unable to open the xCAT database: {error}\n")
        return 0 if command in _SILENT_IN_BYPASS else 1


def _function(command):
    module, function = {**_IN_XCATD, **_IN_CALLER}[command]
    package = __import__("xcatstandin." + module, fromlist=[function])
    return getattr(package, function)


def _print(stream, text):
    target = sys.stdout if stream == "out" else sys.stderr
    target.write(text)
    target.flush()


def _file_content(arguments):
    with open(arguments[0], encoding="utf-8") as file:
        return file.read()
