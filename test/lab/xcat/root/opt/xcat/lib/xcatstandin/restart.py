"""restartxcatd: ends xcatd and starts it from the caller, hence outside the unit's control group."""

import os
import signal
import time

from . import daemon, system

_USAGE = "restartxcatd [[-h|--help] | [-v|--version] | [-r|--reload]] [-V|--verbose]"


def restartxcatd(request):
    if "-h" in request.arguments or "--help" in request.arguments:
        request.say(_USAGE)
        request.say()
        return 0
    _end()
    started = system.show("/opt/xcat/sbin/xcatd") == 0
    request.say(f"Restarting xCATd{'':43}{'[  OK  ]' if started else '[ FAILED  ]'}")
    return 0 if started else 1


def _end():
    try:
        with open(daemon.PID_FILE, encoding="ascii") as file:
            process = int(file.read())
        os.kill(process, signal.SIGTERM)
    except (FileNotFoundError, ProcessLookupError):
        return
    while os.path.exists(f"/proc/{process}"):
        time.sleep(0.05)
