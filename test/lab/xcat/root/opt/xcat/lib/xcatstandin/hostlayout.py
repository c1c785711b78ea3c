"""What services, paths and programs are called on this host, by what is there to be found."""

import glob
import os
import shutil

_UNIT_DIRECTORIES = [
    "/etc/systemd/system",
    "/run/systemd/system",
    "/lib/systemd/system",
    "/usr/lib/systemd/system",
]


def _first(candidates, exists):
    return next((candidate for candidate in candidates if exists(candidate)), None)


def _unit_exists(name):
    if os.path.exists("/etc/init.d/" + name):
        return True
    return any(os.path.exists(f"{directory}/{name}.service") for directory in _UNIT_DIRECTORIES)


def dns_unit():
    return _first(["named", "bind9"], _unit_exists)


def dns_label():
    """The name by which makedns speaks of the service."""
    return "bind9" if os.path.isdir("/etc/bind") else "named"


def dns_configuration():
    return "/etc/bind/named.conf" if os.path.isdir("/etc/bind") else "/etc/named.conf"


def dns_zone_directory():
    return "/var/lib/bind/" if os.path.isdir("/etc/bind") else "/var/named/"


def dns_user():
    return "bind" if os.path.isdir("/etc/bind") else "named"


def dhcp_unit(backend="auto"):
    """The server that site.dhcpbackend names; auto: the ISC server if it is there, else a Kea server, else None."""
    isc = ["isc-dhcp-server", "dhcpd"]
    kea = ["kea-dhcp4-server", "isc-kea-dhcp4-server", "kea-dhcp4"]
    return _first({"isc": isc, "kea": kea}.get(backend, isc + kea), _unit_exists)


def dhcp_configuration():
    return "/etc/dhcp/dhcpd.conf"


def dhcp_defaults():
    """The file that names the interfaces, or None where the unit has no such file."""
    return _first(["/etc/default/isc-dhcp-server", "/etc/sysconfig/dhcpd"], os.path.exists)


def http_unit():
    return _first(["apache2", "httpd"], _unit_exists)


def ntp_unit():
    return _first(["chrony", "chronyd"], _unit_exists)


def ntp_configuration():
    return "/etc/chrony/chrony.conf" if os.path.isdir("/etc/chrony") else "/etc/chrony.conf"


def mariadb_unit():
    return _first(["mariadb", "mysql", "mysqld"], _unit_exists)


def mariadb_settings():
    """The file in which xCAT looks for bind-address, or None; never one of EL's directory /etc/my.cnf.d."""
    return _first(
        ["/etc/mysql/mariadb.conf.d/50-server.cnf", "/etc/mysql/my.cnf", "/etc/my.cnf"], os.path.exists
    )


def mariadb_client():
    return shutil.which("mariadb") or shutil.which("mysql")


class PostgresLayout:
    """Where one PostgreSQL server keeps its programs, data and configuration."""

    def __init__(self, initdb, data, configuration):
        self.initdb = initdb
        self.data = data
        self.configuration = configuration


def debian_postgres(version):
    return PostgresLayout(
        f"/usr/lib/postgresql/{version}/bin/initdb",
        f"/var/lib/postgresql/{version}/main",
        f"/etc/postgresql/{version}/main",
    )


def is_debian():
    return os.path.exists("/etc/debian_version")


def postgres():
    """The installed server's layout, or None."""
    if is_debian():
        versions = [path.split("/")[4] for path in glob.glob("/usr/lib/postgresql/*/bin/initdb")]
        return debian_postgres(max(versions, key=float)) if versions else None
    if os.path.exists("/usr/bin/initdb"):
        return PostgresLayout("/usr/bin/initdb", "/var/lib/pgsql/data", "/var/lib/pgsql/data")
    return None
