"""What pgsqlsetup and mysqlsetup have in common: moving the tables from one database to another."""

import os
import shutil

from . import system
from .request import CommandFailed

BACKUP = "/root/xcat-dbback"


def back_up(request):
    """Dump the tables by bare name, as xCAT does: it fails where PATH lacks xCAT's directories."""
    request.say(f"Backing up xCAT Database to {BACKUP}.")
    request.say("This could take several minutes.")
    shutil.rmtree(BACKUP, ignore_errors=True)
    os.makedirs(BACKUP)
    command = f"XCATBYPASS=1 dumpxCATdb -p {BACKUP} 2>&1"
    result = system.run("sh", "-c", command)
    if result.returncode != 0:
        request.complain(f"Command failed: {command}. Error message: {result.stdout.strip()}.")
        request.complain("")
        request.complain(f" XCATBYPASS=1 dumpxCATdb -p {BACKUP} failed.")
        request.complain("")
        raise CommandFailed("")


def stop_xcatd(request):
    request.say("Shutting down the xcatd daemon during database migration.")
    system.run("systemctl", "stop", "xcatd")


def master():
    """site.master, which becomes the database's address."""
    with open(os.path.join(BACKUP, "site.csv"), encoding="utf-8") as file:
        for line in file:
            if line.startswith('"master",'):
                return line.split('"')[3]
    raise CommandFailed("site.master is not set.")


def restore(request, label):
    """Load the dump; what goes wrong in it is not told, as with xCAT."""
    request.say(f"Restoring the xCAT Database with {BACKUP} to {label} database.")
    request.say("This could take several minutes.")
    system.run("sh", "-c", f"XCATBYPASS=1 restorexCATdb -p {BACKUP}")
