"""An xcatd that no unit knows: restartxcatd, which an upgrade of xCAT's packages calls, starts one past systemd."""
import os
import re
import signal

import kit
import processes

_UNIT = "xcatd"
# What xcatd starts, and leaves behind.
_TFTP = re.compile(r"^\S*in\.tftpd .*/tftpboot")


def all_of_host(settings):
    """Every xcatd, whoever started it."""
    return processes.of_service("xcatd", settings, processes.all_of_host())


def past_unit(settings):
    """Those that xcatd's unit does not hold, with the tftp server of theirs."""
    everyone = processes.all_of_host()
    found = processes.of_service("xcatd", settings, everyone)
    outside = [each for each in found if not each.within(_UNIT)]
    return outside and outside + [each for each in everyone if _TFTP.search(each.command) and not each.within(_UNIT)]


def end(find):
    """Ends what `find` finds, by force after 5 s; a refusal names what is left."""
    for number in (signal.SIGTERM, signal.SIGKILL):
        for each in find():
            _send(each.pid, number)
        if kit.wait_for(lambda: not find(), 5):
            return
    raise kit.Refused("xcatd still runs past systemd: process {}.".format(" ".join(str(each.pid) for each in find())))


def _send(pid, number):
    try:
        os.kill(pid, number)
        # One that was stopped ends only when it goes on.
        os.kill(pid, signal.SIGCONT)
    except OSError:
        pass
