"""lsxcatd: what is running here, and on which database."""

import os

from . import location, release
from .request import Usage

USAGE = """\
       lsxcatd [-v|--version]
       lsxcatd [-h|--help]
       lsxcatd [-d|--database]
       lsxcatd [-t|--nodetype]
       lsxcatd [-a|--all]"""

_KINDS = {"v": "version", "version": "version", "d": "database", "database": "database"}
_KINDS.update({"t": "nodetype", "nodetype": "nodetype", "a": "all", "all": "all"})


def lsxcatd(request):
    words = [word.lstrip("-") for word in request.arguments]
    if words in (["h"], ["help"]):
        request.say(USAGE)
        return 0
    if len(words) != 1 or words[0] not in _KINDS:
        raise Usage(USAGE)
    kind = _KINDS[words[0]]
    if kind in ("version", "all"):
        request.say(version())
    if kind in ("nodetype", "all") and os.path.exists("/etc/xCATMN"):
        request.say("This is a Management Node")
    if kind in ("database", "all"):
        for line in location.read().describe():
            request.say(line)
    return 0


def version():
    return f"Version {release.VERSION} (git commit standin, a stand-in for xCAT)"
