"""What runs on this host, past systemd: processes, what they listen on, and which unit they belong to."""
import os
import re

PROC = os.environ.get("XCATHA_PROC", "/proc")

# Ports of xCAT's daemon: requests, installation progress, and the local one.
XCATD_PORTS = (3001, 3002, 3003)

_LISTEN, _BOUND = "0A", "07"

# By the name of the kernel, or by the command line where that is a script's.
_NAMES = {
    "dns": re.compile(r"named$"),
    "dhcp": re.compile(r"(dhcpd|kea-dhcp4)$"),
    "console": re.compile(r"(conserver|goconserver)$"),
}
_XCATD = re.compile(r"^xcatd($|[: ])|^(\S*(perl|python3?)\s+(-\S+\s+)*)?\S*/xcatd(\s|$)")
_DATABASE = re.compile(r"^(postgres|postmaster|mariadbd|mysqld)$")


class Process:
    """A process of this host; all but the id may be empty when it has just ended."""

    def __init__(self, pid):
        self.pid = pid
        self.command = _read(pid, "cmdline").replace("\0", " ").strip()
        stat = _read(pid, "stat")
        self.name = stat[stat.find("(") + 1:stat.rfind(")")]
        # State, parent …: what follows the name, which may hold anything.
        self.state = stat[stat.rfind(")") + 2:][:1]
        # In hybrid hierarchies systemd's own line is the one that ends in the unit.
        self.group = " ".join(line.split(":", 2)[-1] for line in _read(pid, "cgroup").splitlines())

    @property
    def lives(self):
        """Neither gone nor ended and not yet collected."""
        return self.state not in ("", "Z", "X")

    @property
    def stopped(self):
        """By a signal or a debugger: it answers nothing until it is told to go on."""
        return self.state in ("T", "t")

    def within(self, unit):
        """Whether systemd started it as part of that unit."""
        name = unit if "." in unit else unit + ".service"
        return any(part == name for group in self.group.split() for part in group.split("/"))


def _read(pid, name):
    try:
        with open("{}/{}/{}".format(PROC, pid, name), encoding="utf-8", errors="replace") as file:
            return file.read()
    except OSError:
        return ""


def _link(pid, name):
    try:
        return os.readlink("{}/{}/{}".format(PROC, pid, name))
    except OSError:
        return ""


def all_of_host():
    """The processes that live, but for those inside a container."""
    own = _link("self", "ns/pid")
    pids = [int(name) for name in os.listdir(PROC) if name.isdigit()]
    return [process for process in map(Process, pids) if process.lives and _link(process.pid, "ns/pid") in (own, "")]


def _sockets(table, state):
    """Inodes of the sockets in a table of /proc/net that are in that state, by their local port."""
    found = {}
    for name in (table, table + "6"):
        try:
            with open("{}/self/net/{}".format(PROC, name), encoding="ascii") as file:
                for line in file.readlines()[1:]:
                    field = line.split()
                    if field[3] == state:
                        found.setdefault(int(field[1].rpartition(":")[2], 16), set()).add(field[9])
        except OSError:
            pass
    return found


def listening():
    """Inodes of listening TCP sockets, by port."""
    return _sockets("tcp", _LISTEN)


def bound():
    """Inodes of UDP sockets, by port."""
    return _sockets("udp", _BOUND)


def holds(process, inodes):
    """Whether the process has one of the sockets open."""
    try:
        names = os.listdir("{}/{}/fd".format(PROC, process.pid))
    except OSError:
        return False
    wanted = {"socket:[{}]".format(inode) for inode in inodes}
    return any(_link(process.pid, "fd/" + name) in wanted for name in names)


def of_service(kind, settings, processes):
    """Processes of one of the pair's services, whoever started them: xcatd, database, dns, dhcp or console."""
    if kind == "xcatd":
        inodes = {inode for port in XCATD_PORTS for inode in listening().get(port, ())}
        return [each for each in processes
                if _XCATD.search(each.command) or (inodes and holds(each, inodes))]
    if kind == "database":
        # Another server may serve somebody else here: the pair's is the one that works in its directory.
        # By the path's end, which is the same by any name of the shared data.
        place = settings["DATABASE_DIRECTORY"].rstrip("/")
        return [each for each in processes if _DATABASE.match(each.name) and _link(each.pid, "cwd").endswith(place)]
    return [each for each in processes if _NAMES[kind].match(each.name)]


def units(settings):
    """The unit of each kind of service that the pair has and whose processes are known by name."""
    known = {"xcatd": "xcatd", "database": settings["DATABASE_UNIT"], "dns": settings["DNS_UNIT"],
             "dhcp": settings["DHCP_UNIT"], "console": settings["CONSOLE_UNIT"]}
    return {kind: unit for kind, unit in known.items() if unit}


def running(settings):
    """Services that run on this host, by kind: {"unit", "pids", "past_systemd"}; the last lists ids that the unit does not hold."""
    processes = all_of_host()
    found = {}
    for kind, unit in units(settings).items():
        mine = of_service(kind, settings, processes)
        if mine:
            found[kind] = {
                "unit": unit,
                "pids": [each.pid for each in mine],
                "past_systemd": [each.pid for each in mine if not each.within(unit)],
            }
    return found
