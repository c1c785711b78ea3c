"""What is mounted on this host, and what is at boot."""
import os
import re

import processes

FSTAB = os.environ.get("XCATHA_ROOT", "") + "/etc/fstab"


def _text(word):
    """A word of fstab or mountinfo, in which blanks are octal numbers."""
    return re.sub(r"\\([0-7]{3})", lambda found: chr(int(found.group(1), 8)), word)


def listed():
    """What is mounted, in the order of mounting: (mount point, device, root in its file system). A hung file server does not
    hang this."""
    with open(processes.PROC + "/self/mountinfo", encoding="utf-8", errors="surrogateescape") as file:
        return [(_text(words[4]), words[2], _text(words[3])) for words in map(str.split, file)]


def leads_to(path, target, mounted):
    """Whether what is mounted at a path is what stands at the target, by the mounts alone."""
    top = next((each for each in reversed(mounted) if each[0] == path), None)
    below = [each for each in mounted if (target + "/").startswith(each[0].rstrip("/") + "/")]
    if top is None or not below:
        return False
    point, device, root = max(reversed(below), key=lambda each: len(each[0]))
    return top[1:] == (device, os.path.normpath(os.path.join(root, os.path.relpath(target, point))))


def holding(path):
    """The mount that a path is on: (mount point, type, its options and its file system's). By the mounts alone."""
    with open(processes.PROC + "/self/mountinfo", encoding="utf-8", errors="surrogateescape") as file:
        lines = [line.partition(" - ") for line in file]
    mounted = [(_text(own.split()[4]), rest.split()[0], own.split()[5].split(",") + rest.split()[-1].split(",")) for own, _, rest in lines]
    below = [each for each in mounted if (path + "/").startswith(each[0].rstrip("/") + "/")]
    return max(reversed(below), key=lambda each: len(each[0]))


def in_fstab():
    """What /etc/fstab mounts at boot, by its mount point."""
    try:
        with open(FSTAB, encoding="utf-8", errors="surrogateescape") as file:
            lines = [line.split() for line in file if line.strip() and not line.lstrip().startswith("#")]
    except OSError:
        return {}
    return {os.path.normpath(_text(words[1])): words[0] for words in lines if len(words) > 3 and "noauto" not in words[3].split(",")}


def at_boot(settings):
    """The links over whose directories /etc/fstab would mount a disk of the host's own."""
    named = in_fstab()
    return [] if settings["METHOD"] == "bind" else [path for path in settings["LINKS"].split() if path in named]


def covered(settings):
    """The shared directories over which such a disk is mounted."""
    points = {each[0] for each in listed()}
    return [path for path in at_boot(settings) if settings["SHARED"] + path in points]
