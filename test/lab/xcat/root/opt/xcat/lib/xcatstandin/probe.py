"""xcatprobe xcatmn: checks of a management node, a line each."""

from . import system
from .request import Usage

USAGE = """\
Supported sub commands are:
xcatmn           After xcat installation, use this command to check if xcat has
                 been installed correctly and is ready for use."""


def xcatprobe(request):
    if request.arguments[:1] != ["xcatmn"] or request.arguments[1:2] not in ([], ["-i"]):
        raise Usage(USAGE)
    interface = request.arguments[2] if len(request.arguments) > 2 else None
    site = system.run("/opt/xcat/sbin/tabdump", "site").stdout
    addresses = [address for name, address, _ in system.addresses() if interface in (None, name)]
    checks = [
        ("Checking all xCAT daemons are running...", system.unit_is_active("xcatd")),
        ("Checking xcatd can receive command request...", system.run("/opt/xcat/bin/lsxcatd", "-v").returncode == 0),
        ("Checking 'site' table is configured...", '"master",' in site and '"domain",' in site),
        ("Checking provision network is configured...", any(f'"master","{address}"' in site for address in addresses)),
    ]
    for title, passed in checks:
        request.say(f"[mn]: {title:<68}{'[ OK ]' if passed else '[FAIL]'}")
    return 0 if all(passed for _, passed in checks) else 1
