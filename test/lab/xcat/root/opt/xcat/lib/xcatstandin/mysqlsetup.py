"""mysqlsetup: puts xCAT on MariaDB."""

import getopt
import os
import re
import shutil

from . import hostlayout, location, lsxcatd, migration, system
from .request import CommandFailed, Usage

USAGE = """\
Usage:
mysqlsetup <-h|--help>
           <-v|--version>
           <-i|--init> [-f|--hostfile] [-V|--verbose]
           <-u|--update> <-f|--hostfile> [-V|--verbose]"""

USER = "xcatadmin"
DATABASE = "xcatdb"
CFGLOC_COPY = location.CFGLOC + ".mysql"
SYSTEM_TABLES = "/var/lib/mysql/mysql"


def mysqlsetup(request):
    try:
        pairs, _ = getopt.getopt(
            request.arguments, "hviuf:V", ["help", "version", "init", "update", "hostfile=", "verbose"]
        )
    except getopt.GetoptError as error:
        raise Usage(USAGE) from error
    options = {name.lstrip("-")[0]: value for name, value in pairs}
    if "v" in options:
        request.say(lsxcatd.version())
        return 0
    if "h" in options or not set(options) & set("iu"):
        raise Usage(USAGE)
    hosts = _read_hosts(options.get("f"))
    if "i" in options:
        _migrate(request, hosts)
    else:
        _update(hosts)
    return 0


def _read_hosts(path):
    if path is None:
        return []
    if not os.path.exists(path):
        raise CommandFailed(f"The host file {path} does not exist.")
    with open(path, encoding="utf-8") as file:
        return [line.strip() for line in file if line.strip()]


def _migrate(request, hosts):
    if location.read().engine == "mysql":
        request.say("The xCAT database is already configured for MySQL. Database initialization will not take place.")
        return
    if hostlayout.mariadb_unit() is None:
        raise CommandFailed("MariaDB is not installed. Install it before running mysqlsetup.")
    password = _password("XCATMYSQLADMIN_PW")
    root_password = _password("XCATMYSQLROOT_PW")
    unit = hostlayout.mariadb_unit()
    if system.unit_is_active(unit):
        request.say("MariaDB is already running. Database initialization will not take place.")
        system.show("systemctl", "stop", unit)
    _listen_everywhere()
    if not os.path.exists(SYSTEM_TABLES):
        system.run("mysql_install_db", "--user=mysql")
    system.run("systemctl", "start", unit)
    system.run("systemctl", "enable", unit)
    master = request.store.site().get("master", "")
    _sql(f"CREATE DATABASE IF NOT EXISTS {DATABASE};")
    _grant(password, [master, "localhost", "127.0.0.1", *hosts])
    _sql(f"SET PASSWORD FOR root@localhost = PASSWORD('{root_password}');")
    migration.back_up(request)
    migration.stop_xcatd(request)
    location.Location("mysql", DATABASE, migration.master(), USER, password).save(CFGLOC_COPY)
    shutil.copy(CFGLOC_COPY, location.CFGLOC)
    os.chmod(location.CFGLOC, 0o600)
    migration.restore(request, "MySQL")
    system.show("systemctl", "start", "xcatd")
    request.say("xCAT is now running on the MySQL database.")


def _update(hosts):
    if not hosts:
        raise CommandFailed("The -u flag needs a file of hosts, given by -f.")
    if location.read().engine != "mysql":
        raise CommandFailed("xCAT is not running on MySQL. Run mysqlsetup -i first.")
    _grant(location.read().password, hosts)


def _password(variable):
    password = os.environ.get(variable, "")
    if not (password.isascii() and password.isalnum()):
        raise CommandFailed(f"The password in the env variable {variable} is not alpha-numeric.")
    return password


def _listen_everywhere():
    path = hostlayout.mariadb_settings()
    if path is None:
        return
    with open(path, encoding="utf-8") as file:
        text = file.read()
    system.write_file(path, re.sub(r"^bind", "#bind", text, flags=re.MULTILINE))


def _grant(password, hosts):
    for host in hosts:
        _sql(f"CREATE USER IF NOT EXISTS '{USER}'@'{host}' IDENTIFIED BY '{password}';")
        _sql(f"GRANT ALL ON {DATABASE}.* TO '{USER}'@'{host}';")


def _sql(statement):
    """As root over the local socket, by standard input so that no password is in an argument list."""
    result = system.run(hostlayout.mariadb_client(), "-u", "root", input=statement)
    if result.returncode != 0:
        raise CommandFailed("MariaDB refused: " + result.stderr.strip())
