"""Switch files in /etc/xcat-standin by which a test makes the stand-in misbehave (see README.md)."""

import os
import time

DIRECTORY = "/etc/xcat-standin"

_REAL_TIMES = {
    "chdef": 0.2,
    "dumpxCATdb": 15,
    "lsdef": 0.2,
    "lsxcatd": 0.12,
    "makeconservercf": 0.15,
    "makedhcp": 0.3,
    "makedhcp -a": 1.3,
    "makedhcp -n": 3.4,
    "makedns": 2.3,
    "makedns -n": 3.4,
    "makentp": 0.4,
    "mysqlsetup": 12,
    "pgsqlsetup": 65,
    "restorexCATdb": 75,
    "tabdump": 0.13,
    "xcatconfig -c": 5,
    "xcatd": 2.5,
}


def is_set(name):
    return os.path.exists(os.path.join(DIRECTORY, name))


def number(name, default=0):
    """The number written in a switch file, or the default if there is no such file."""
    try:
        with open(os.path.join(DIRECTORY, name), encoding="ascii") as switch:
            return float(switch.read().strip() or default)
    except FileNotFoundError:
        return default


def delay(command, arguments):
    """Wait as the switches say: for so long as they give this command, or as long as the real one takes."""
    own = number("delay-" + command)
    time.sleep(max(own, _real_time(command, arguments)) if is_set("real-times") else own)


def _real_time(command, arguments):
    """Seconds, as measured on xCAT 2.19.0 with two cores; a command with its options comes before the bare one."""
    return next((_REAL_TIMES[key] for key in (" ".join([command, *arguments]), command) if key in _REAL_TIMES), 0)
