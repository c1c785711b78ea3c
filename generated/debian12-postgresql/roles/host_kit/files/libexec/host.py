"""What of the pair is on this host: units, addresses, the name, links."""
import os

import kit

ASIDE = os.environ.get("XCATHA_ASIDE", "/var/lib/xcatha/aside")
PARTS = os.environ.get("XCATHA_PARTS", os.path.join(os.path.dirname(os.path.abspath(__file__)), "parts.list"))
RUNNING = ("active", "activating", "deactivating", "reloading")


def parts():
    """The parts of xcatha.target in the order in which they start: vital or not, the unit, its limit in seconds, what it
    makes true."""
    with open(PARTS, encoding="utf-8") as file:
        lines = [line.split(None, 3) for line in file if line.strip() and not line.startswith("#")]
    return [{"vital": kind == "vital", "unit": unit, "limit": int(limit), "makes": makes.strip()} for kind, unit, limit, makes in lines]


def full_name(unit):
    """A unit's name with its suffix."""
    return unit if unit.endswith((".service", ".socket", ".target", ".path", ".timer", ".mount")) else unit + ".service"


def states(units):
    """Of each unit what systemd calls it: active, inactive, failed …"""
    if not units:
        return {}
    lines = kit.run("systemctl", "is-active", *units, timeout=60).out.split()
    # What is not known is not taken for stopped.
    if len(lines) != len(units):
        raise kit.Refused("systemd does not tell which units run.")
    return dict(zip(units, lines))


def running(units):
    return [unit for unit, state in states(units).items() if state in RUNNING]


def addresses(address):
    """Places of an address on this host: pairs of NIC and address with prefix."""
    lines = kit.run("ip", "-4", "-o", "address", "show", "to", address + "/32", timeout=10).out.splitlines()
    return [(words[1], words[3]) for words in (line.split() for line in lines)]


def take_away(nic, held):
    """Takes an address with its prefix off a NIC, and no other with it.

    Without promote_secondaries the kernel removes, with a subnet's first address, all others of the subnet (the kernel's
    ip-sysctl.rst): the host's own too, where that came second.
    """
    try:
        with open("/proc/sys/net/ipv4/conf/{}/promote_secondaries".format(nic), "w", encoding="ascii") as file:
            file.write("1")
    except OSError:
        # A name of an alias, or read-only: then the address goes as it always went.
        pass
    kit.run("ip", "address", "del", held, "dev", nic, timeout=10)


def hostname():
    return os.uname().nodename


def rename(name):
    """Gives the kernel another hostname: through hostnamed where it is there, so that it knows (hostnamectl(1), --transient)."""
    kit.run("hostnamectl", "--transient", "set-hostname", name, timeout=5)
    if hostname() != name:
        kit.run("hostname", name, timeout=10)


def is_mount_point(path):
    return not os.path.islink(path) and kit.run("mountpoint", "-q", path, timeout=10).ok


def linked(settings, path):
    """Whether a path leads to the shared data."""
    target = settings["SHARED"] + path
    if settings["METHOD"] == "bind":
        return is_mount_point(path) and _same(path, target)
    return os.path.islink(path) and os.readlink(path) == target


def _same(one, other):
    try:
        return os.path.samefile(one, other)
    except OSError:
        return False


def note_of(path):
    return os.path.join(ASIDE, path.replace("/", ":"))


def must(*argv, timeout=30):
    done = kit.run(*argv, timeout=timeout)
    if not done.ok:
        raise kit.Refused("{}: {}".format(" ".join(argv), (done.err or done.out).strip() or "not done in {} s".format(timeout)))
    return done


def move(source, target):
    # os.rename cannot move a folder of an overlay's lower layer.
    must("mv", "-T", "-n", source, target)
    if os.path.lexists(source):
        raise kit.Refused("{} could not be moved to {}.".format(source, target))
