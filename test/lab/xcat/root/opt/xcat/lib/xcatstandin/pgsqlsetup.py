"""pgsqlsetup: puts xCAT on PostgreSQL, with the traps of the real one."""

import getopt
import os
import shutil
import sys

from . import hostlayout, lsxcatd, migration, system
from .location import CFGLOC, Location
from .request import CommandFailed, Usage

USAGE = """\
Either -i  or -o flag must be chosen
Usage:
pgsqlsetup - Performs the setup of PostgreSQL for xCAT to use as its database. See man pgsqlsetup for more information.
pgsqlsetup <-h|--help>
           <-v|--version>
           <-i|--init> [-N|--nostart] [-l|--listen address] [-a|--access address] [-P|--PCM] [-o|--odbc] [-V|--verbose]
           <-o|--odbc> [-V|--verbose]"""

# Where it looks on Debian; the program says it.
DEBIAN_COMMANDS = ""
ROLE = "xcatadm"
DATABASE = "xcatdb"
MARK = "IPv4 local connections:"


def pgsqlsetup(request):
    try:
        pairs, _ = getopt.getopt(
            request.arguments, "hviNl:a:PoV", ["help", "version", "init", "nostart", "listen=", "access=", "verbose"]
        )
    except getopt.GetoptError as error:
        raise Usage(USAGE) from error
    names = {name for name, _ in pairs}
    if names & {"-v", "--version"}:
        request.say(lsxcatd.version())
        return 0
    if not names & {"-i", "--init"}:
        raise Usage(USAGE)
    if _is_configured():
        request.say("The xCAT database is already configured for PostgreSQL. Database initialization will not take place.")
        return 0
    access = [value for name, value in pairs if name in ("-a", "--access")]
    _migrate(request, access, start=not names & {"-N", "--nostart"})
    return 0


def _is_configured():
    """Looks for the word alone, so that a migration that stopped half way counts as done."""
    try:
        with open(CFGLOC, encoding="ascii") as file:
            return "Pg" in file.read()
    except FileNotFoundError:
        return False


def _migrate(request, access, start):
    layout = hostlayout.postgres()
    if layout is None:
        raise CommandFailed("PostgreSQL is not installed. Install it before running pgsqlsetup.")
    password = _password(request)
    migration.back_up(request)
    migration.stop_xcatd(request)
    master = migration.master()
    if hostlayout.is_debian():
        layout = hostlayout.debian_postgres(DEBIAN_COMMANDS.split("/")[4])
    sys.stdout.flush()
    system.show("su", "-", "postgres", "-c", f"{layout.initdb} -D {layout.data}")
    _admit(request, layout, [*access, master])
    _listen(layout, master)
    request.say("Starting the PosgreSQL Server")
    system.run("systemctl", "restart", "postgresql")
    system.run("systemctl", "enable", "postgresql")
    _make_database(request, password)
    Location("Pg", DATABASE, master, ROLE, password).save()
    migration.restore(request, "PostgreSQL")
    if start:
        system.show("systemctl", "start", "xcatd")
    request.say("xCAT is running on the PostgreSQL database.")
    request.say()


def _password(request):
    password = os.environ.get("XCATPGPW")
    if password is None:
        sys.stdout.write(f"Input the password for {ROLE} id: \n")
        sys.stdout.flush()
        system.show("stty", "-echo")
        password = sys.stdin.readline().strip()
        system.show("stty", "echo")
    if password and not (password.isascii() and password.isalnum()):
        request.complain("The password in the env variable XCATPGPW is not alpha-numeric.")
        raise CommandFailed("")
    return password


def _admit(request, layout, addresses):
    """Let the addresses in; fails where the looked-for version's directory does not exist."""
    path = os.path.join(layout.configuration, "pg_hba.conf")
    try:
        with open(path, encoding="utf-8") as file:
            text = file.read()
    except FileNotFoundError as error:
        request.complain(f"sh: 1: cannot create {path}.xcat: Directory nonexistent")
        request.complain(f"Command failed: awk '{{gsub(\"{MARK}\", ...); print}}'   {path} > {path}.xcat 2>&1. Error message: .")
        request.complain("")
        request.complain(f" awk '{{gsub(\"{MARK}\", ...); print}}'   {path} > {path}.xcat failed.")
        raise CommandFailed("") from error
    if not os.path.exists(path + ".org"):
        shutil.copy2(path, path + ".org")
        _copy_owner(path, path + ".org")
    lines = [f"host    all          all        {address}/32      md5" for address in addresses if f"{address}/32" not in text]
    if lines:
        _overwrite(path, text.replace(MARK, MARK + "\n" + "\n ".join(lines) + "\n  "))


def _listen(layout, master):
    path = os.path.join(layout.configuration, "postgresql.conf")
    with open(path, encoding="utf-8") as file:
        text = file.read()
    line = f"listen_addresses = 'localhost,{master}'"
    if line not in text.splitlines():
        _overwrite(path, f"{text}#setup by xCAT\n{line}\n")


def _overwrite(path, text):
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)


def _copy_owner(source, target):
    status = os.stat(source)
    os.chown(target, status.st_uid, status.st_gid)


def _make_database(request, password):
    """A role and a database that the role does not own: it may then make no table in PostgreSQL 15."""
    if f"\n{ROLE}\n" not in "\n" + _psql("SELECT rolname FROM pg_roles;"):
        _psql(f"CREATE USER {ROLE} WITH PASSWORD '{password}';")
    result = system.run("su", "-", "postgres", "-c", f"createdb {DATABASE}")
    if result.returncode != 0:
        request.complain(result.stderr.strip())
        request.say(" ")
    else:
        _psql(f"GRANT ALL ON DATABASE {DATABASE} TO {ROLE};")


def _psql(statement):
    return system.run("su", "-", "postgres", "-c", "psql -q -t -A", input=statement).stdout
