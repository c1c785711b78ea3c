"""Which files of the host's network configuration have an address, so that it comes back at boot.

Read are NetworkManager's profiles (nm-settings-keyfile(5)), ifcfg files of the RHEL family (nm-settings-ifcfg-rh(5)) and of
wicked (ifcfg(5)), wicked's own XML, netplan(5), ifupdown's interfaces(5), systemd.network(5) and rc.local. What only stands in
/run is gone after a boot. A profile that does not start by itself counts: somebody will start it.
"""
import glob
import ipaddress
import os
import re

ROOT = os.environ.get("XCATHA_ROOT", "")

# Left by editors and package managers, and read by none of these programs.
_LEFT_BEHIND = ("~", ".old", ".bak", ".orig", ".scpmbackup", ".rpmnew", ".rpmsave", ".rpmorig", ".dpkg-dist", ".dpkg-old", ".dpkg-new")


def _read(path):
    try:
        with open(path, encoding="utf-8", errors="replace") as file:
            return file.read()
    except OSError:
        return ""


def _is(address, text):
    """Whether that is the address, with or without its prefix."""
    return text.strip().strip("'\"").split("/", 1)[0] == address


def _in_sections(sections, key):
    """Looks into files of the form `[SECTION]`, `KEY=VALUE`."""
    def has(address, path):
        section = ""
        for line in _read(path).splitlines():
            line = line.strip()
            if line.startswith("["):
                section = line.strip("[]").lower()
            name, equals, value = line.partition("=")
            # Behind a comma a profile has the gateway.
            if equals and section in sections and re.match(key, name.strip(), re.IGNORECASE):
                if any(_is(address, each.split(",", 1)[0]) for each in value.split(";")):
                    return True
        return False
    return has


def _ifcfg(address, path):
    values = dict(re.findall(r"""(?m)^\s*(IPADDR\w*)=["']?([\d.]+)""", _read(path)))
    if address in values.values():
        return True
    try:
        first, last = (ipaddress.IPv4Address(values["IPADDR_" + end]) for end in ("START", "END"))
        return first <= ipaddress.IPv4Address(address) <= last
    except (KeyError, ValueError):
        return False


def _xml(address, path):
    return any(_is(address, each) for each in re.findall(r"<local>([^<]*)</local>", _read(path)))


def _netplan(address, path):
    """An interface's addresses have a prefix, those of name servers have none; routes and rules say `to`, `via`, `from`."""
    for line in _read(path).splitlines():
        line = re.sub(r"(^|\s)#.*", "", line)
        for found in re.finditer(r"(?<![\d.]){}/\d".format(re.escape(address)), line):
            if not re.search(r"\b(to|via|from)[\"']?\s*:\s*[\"']?\Z", line[:found.start()]):
                return True
    return False


def _takes(address, command):
    """Whether a shell's command takes the address."""
    return bool(re.search(r"\bifconfig\b|\b(a|addr|address)\s+(add|replace|change)\b", command)
                and re.search(r"(?<![\d.]){}(?![\d.])".format(re.escape(address)), command))


def _script(address, path):
    return os.access(path, os.X_OK) and any(_takes(address, line) for line in _read(path).splitlines() if not line.strip().startswith("#"))


def _stanzas(address, path):
    for line in _read(path).replace("\\\n", " ").splitlines():
        words = line.split()
        if len(words) > 1 and (words[0] == "address" and _is(address, words[1])
                               or words[0] in ("pre-up", "up", "post-up") and _takes(address, line)):
            return True
    return False


def _sourced(path, seen):
    """A file of interfaces(5), and those that it sources."""
    if path in seen or not os.path.isfile(path):
        return
    seen.append(path)
    for line in _read(path).replace("\\\n", " ").splitlines():
        words = line.split()
        for word in words[1:] if words and words[0] in ("source", "source-directory") else []:
            pattern = ROOT + word if word.startswith("/") else os.path.join(os.path.dirname(path), word)
            for found in sorted(glob.glob(pattern)):
                inside = sorted(glob.glob(found + "/*")) if words[0] == "source-directory" else [found]
                for each in inside:
                    if words[0] == "source" or re.match(r"[\w-]+\Z", os.path.basename(each)):
                        _sourced(each, seen)


_PROFILE = _in_sections(("ipv4",), r"address(es)?\d*\Z")
_NETWORK = _in_sections(("network", "address"), r"address\Z")
_PLACES = (
    ("/etc/NetworkManager/system-connections/*", _PROFILE),
    ("/usr/lib/NetworkManager/system-connections/*.nmconnection", _PROFILE),
    ("/etc/sysconfig/network-scripts/ifcfg-*", _ifcfg),
    ("/etc/sysconfig/network/ifcfg-*", _ifcfg),
    ("/etc/wicked/ifconfig/*.xml", _xml),
    ("/etc/netplan/*.yaml", _netplan),
    ("/usr/lib/netplan/*.yaml", _netplan),
    ("/etc/systemd/network/*.network", _NETWORK),
    ("/etc/systemd/network/*.network.d/*.conf", _NETWORK),
    ("/usr/lib/systemd/network/*.network", _NETWORK),
    ("/usr/local/lib/systemd/network/*.network", _NETWORK),
    ("/etc/rc.local", _script),
    ("/etc/rc.d/rc.local", _script),
)


def files_with(address):
    """Paths of the files that have the address, in order."""
    found = [path for pattern, has in _PLACES for path in sorted(glob.glob(ROOT + pattern))
             if not path.endswith(_LEFT_BEHIND) and os.path.isfile(path) and has(address, path)]
    interfaces = []
    _sourced(ROOT + "/etc/network/interfaces", interfaces)
    return [path[len(ROOT):] for path in found + [path for path in interfaces if _stanzas(address, path)]]
