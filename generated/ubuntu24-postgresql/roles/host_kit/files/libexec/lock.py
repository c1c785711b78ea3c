"""One program at a time moves xCAT's data on a host: what an interrupted run started may still be at work."""
import contextlib
import fcntl
import os

import kit

# Always there where xCAT is, and on the host's own disk.
PLACE = os.environ.get("XCATHA_LOCK", "/opt/xcat")


def _taken(descriptor):
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


@contextlib.contextmanager
def alone(seconds):
    """Holds the lock while its block runs; refuses when another program has it for longer than that."""
    descriptor = os.open(PLACE, os.O_RDONLY)
    try:
        if not kit.wait_for(lambda: _taken(descriptor), seconds):
            raise kit.Refused("An earlier run still moves or copies xCAT's data on this host. Wait until it has ended.")
        yield
    finally:
        os.close(descriptor)
