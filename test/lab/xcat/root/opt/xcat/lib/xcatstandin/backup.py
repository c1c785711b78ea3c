"""dumpxCATdb and restorexCATdb: all tables as CSV files in a directory."""

import os

from . import system
from .request import CommandFailed, Usage
from .schema import TABLES

_NOT_DUMPED = {"auditlog", "eventlog"}
TABDUMP = "/opt/xcat/sbin/tabdump"
TABRESTORE = "/opt/xcat/sbin/tabrestore"


def dumpxcatdb(request):
    directory = _directory(request, "dumpxCATdb")
    os.makedirs(directory, exist_ok=True)
    for table in sorted(set(TABLES) - _NOT_DUMPED):
        result = system.run(TABDUMP, table)
        # Past xcatd it prints before the table which plugins it could not load.
        _, mark, rows = result.stdout.partition("#")
        if result.returncode != 0 or not mark:
            raise CommandFailed(f"Dump of table {table} failed: {result.stderr.strip()}")
        system.write_file(os.path.join(directory, table + ".csv"), mark + rows)
    request.say("Backup Complete.")
    return 0


def restorexcatdb(request):
    directory = _directory(request, "restorexCATdb")
    if not os.path.isdir(directory):
        raise CommandFailed(f"{directory} does not exist.")
    for name in sorted(os.listdir(directory)):
        if name.endswith(".csv") and name[:-4] in TABLES:
            result = system.run(TABRESTORE, os.path.join(directory, name))
            if result.returncode != 0:
                raise CommandFailed(f"Restore of {name} failed: {result.stderr.strip()}")
    request.say("Restore of Database Complete.")
    return 0


def _directory(request, command):
    if len(request.arguments) != 2 or request.arguments[0] not in ("-p", "--path"):
        raise Usage(f"Usage: {command} -p <path>")
    return request.arguments[1]
