"""What an earlier model installed on this host, and the model of now does not know any more.

The settings of before stand beside the ones of now, each with the time and a `~` at its end: Ansible keeps them.
"""
import glob
import os

import kit
import mounts

ROOT = os.environ.get("XCATHA_ROOT", "")
UNITS = ROOT + "/etc/systemd/system"
DUMP = [UNITS + "/xcatha-dump.timer", UNITS + "/xcatha-dump.service", ROOT + "/usr/local/sbin/xcatha-dump"]


def left(settings):
    """What of it is still there, a sentence each with the commands that take it away."""
    found = []
    for path in sorted(glob.glob(glob.escape(kit.SETTINGS_FILE) + ".*~")):
        before = kit.read_settings(path)
        for each in (_address, _links, _units):
            found += [sentence for sentence in each(before, settings) if sentence not in found]
    return found + _dump(settings)


def _address(before, settings):
    address = before.get("VIRTUAL_ADDRESS", "")
    if address in ("", settings["VIRTUAL_ADDRESS"]):
        return
    for words in map(str.split, kit.run("ip", "-4", "-o", "address", "show", "to", address + "/32", timeout=5).out.splitlines()):
        yield ("it still holds {0}, the virtual IP of an earlier model. When nobody asks there any more: ip address del {1} dev {2}".format(
            address, words[3], words[1]))


def _links(before, settings):
    shared = before.get("SHARED", "")
    mounted = mounts.listed()
    for path in before.get("LINKS", "").split():
        target = shared + path
        if path in settings["LINKS"].split():
            continue
        if os.path.islink(ROOT + path) and os.readlink(ROOT + path) == target:
            way = "rm {}".format(path)
        elif before.get("METHOD") == "bind" and mounts.leads_to(path, target, mounted):
            way = "umount {}".format(path)
        else:
            continue
        yield "{0} still leads to {1}, which the model does not share any more. To have it here alone: {2}, then cp -a -T {1} {0}".format(path, target, way)


def _units(before, settings):
    for unit in before.get("UNITS", "").split():
        if unit in settings["UNITS"].split():
            continue
        drop_in = "{}/{}.d/50-xcatha.conf".format(UNITS, unit if "." in unit else unit + ".service")
        if os.path.exists(drop_in):
            yield "{0} is no service of the pair any more, and {1} still binds it to the pair: rm {1}, then systemctl daemon-reload".format(unit, drop_in)
        elif _says("is-active", unit) == "active" and _says("is-enabled", unit) == "disabled":
            yield ("{0} is no service of the pair any more; it runs here, and does not start at boot. To keep it: systemctl enable {0}. To have "
                   "it no more: systemctl stop {0}".format(unit))


def _says(verb, unit):
    return kit.run("systemctl", verb, unit, timeout=5, env={"LC_ALL": "C"}).out.strip()


def _dump(settings):
    if settings.get("DUMPS") or not os.path.exists(DUMP[0]):
        return []
    return ["xCAT's tables are still dumped every night, which the model does not ask for any more: systemctl disable --now xcatha-dump.timer, "
            "then rm {}. The dumps themselves stay".format(" ".join(path for path in DUMP if os.path.exists(path)))]
