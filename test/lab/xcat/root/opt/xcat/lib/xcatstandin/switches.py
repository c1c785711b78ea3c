"""Switch files in /etc/xcat-standin by which a test makes the stand-in misbehave (see README.md)."""

import os
import time

DIRECTORY = "/etc/xcat-standin"


def is_set(name):
    return os.path.exists(os.path.join(DIRECTORY, name))


def number(name, default=0):
    """The number written in a switch file, or the default if there is no such file."""
    try:
        with open(os.path.join(DIRECTORY, name), encoding="ascii") as switch:
            return float(switch.read().strip() or default)
    except FileNotFoundError:
        return default


def delay(command):
    time.sleep(number("delay-" + command))
