"""The certificates that xcatd and root's client show each other, in the files that xCAT's own programs read.

xcatd shows /etc/xcat/cert/server-cred.pem and trusts /etc/xcat/cert/ca.pem; root's client shows /root/.xcat/client-cred.pem
and trusts /root/.xcat/ca.pem (xCAT's sbin/xcatd and Client.pm). Any of them may be the site's own. /etc/xcat/ca is what xCAT
makes further ones with: it is not looked at by either side, and a site with an authority of its own may have none.
"""
import calendar
import os
import re
import time

import kit

ROOT = os.environ.get("XCATHA_ROOT", "")
ETC, HOME = "/etc/xcat", "/root/.xcat"
SOON = 60
_DAY = 86400


class Unknown(Exception):
    """openssl gave no answer."""


class Credentials:
    """Those below two directories, which stand for /etc/xcat and /root/.xcat."""

    def __init__(self, etc, home):
        self.home = home
        self.server, self.authority = (os.path.join(etc, "cert", name) for name in ("server-cred.pem", "ca.pem"))
        self.client, self.trusted = (os.path.join(home, name) for name in ("client-cred.pem", "ca.pem"))
        # What is shown, and what the other side holds it against.
        self._pairs = ((self.server, self.trusted), (self.client, self.authority))

    def fault(self):
        """Why one side would refuse the other, a sentence without its end; None when neither would."""
        return next((why for why in (_fault(*pair) for pair in self._pairs) if why is not None), None)

    def server_fault(self):
        """Why nobody can use the server's certificate, whoever the client is; None when its own authority vouches for it."""
        found = [_fault(self.server, authority) for authority in (self.authority, self.trusted) if os.path.exists(authority)]
        if not found:
            return "{} is missing".format(self.authority)
        return None if None in found else found[0]

    def ending(self, days=SOON, now=None):
        """Which of the two will not be valid any more in so many days: its path, and the first day that does it, YYYY-MM-DD."""
        moment = (time.time() if now is None else now) + days * _DAY
        found = []
        for shown, authority in self._pairs:
            if _fault(shown, authority) is None and _fault(shown, authority, moment) is not None:
                ends = [end for path in (shown, authority) for end in _ends(path) if end <= moment]
                found.append([shown, time.strftime("%Y-%m-%d", time.gmtime(min(ends, default=moment)))])
        return found

    def newer_than(self, other):
        """Whether root's certificate is another one than there, and was written later."""
        mine, its = (_stat(each.client) for each in (self, other))
        return mine is not None and (its is None or (mine.st_mtime > its.st_mtime and _read(self.client) != _read(other.client)))


def here():
    """What this host itself uses now."""
    return Credentials(ROOT + ETC, ROOT + HOME)


def shared(settings):
    """What the shared data has for whoever is active."""
    return Credentials(settings["SHARED"] + ETC, settings["SHARED"] + HOME)


def are_shared(settings):
    return {ETC, HOME} <= set(settings["LINKS"].split())


def _fault(shown, authority, moment=None):
    for path in (shown, authority):
        if not os.path.exists(path):
            return "{} is missing".format(path)
    # As for a connection: the intermediate ones are shown too, and whatever stands in the file is trusted, nothing else.
    answer = kit.run("openssl", "verify", "-partial_chain", "-no-CApath", *(["-attime", str(int(moment))] if moment else []),
                     "-CAfile", authority, "-untrusted", shown, shown, timeout=10, env={"LC_ALL": "C"})
    if answer.ok:
        return None
    if answer.code in (None, 127):
        raise Unknown("{} cannot be verified: openssl gives no answer".format(shown))
    found = re.search(r"error \d+ at \d+ depth lookup: *(.*)", answer.out + answer.err)
    return "{} is not valid under {}: {}".format(shown, authority, found.group(1) if found else "openssl does not verify it")


def _ends(path):
    """When each certificate of a file ends, in seconds of Unix time."""
    ends = []
    for block in re.findall(r"-----BEGIN CERTIFICATE-----.*?-----END CERTIFICATE-----", _read(path), re.S):
        answer = kit.run("openssl", "x509", "-noout", "-enddate", timeout=10, input=block + "\n", env={"LC_ALL": "C"})
        found = re.search(r"notAfter=(.* GMT)", answer.out)
        if found:
            ends.append(calendar.timegm(time.strptime(found.group(1), "%b %d %H:%M:%S %Y GMT")))
    return ends


def _read(path):
    try:
        with open(path, encoding="utf-8", errors="replace") as file:
            return file.read()
    except OSError:
        return ""


def _stat(path):
    try:
        return os.stat(path)
    except OSError:
        return None
