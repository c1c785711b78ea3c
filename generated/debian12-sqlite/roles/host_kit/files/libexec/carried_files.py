"""Files that go with the service from one active host to the next, as the shared data keeps them.

In .xcatha/files on the shared data lie their texts, each by its path, and `index`, JSON: of each path who kept it last (`by`),
its SHA-256 (empty: that host had none), mode and owners, and the SHA-256 of what each host kept last (`of`).
"""
import grp
import hashlib
import json
import os
import pwd
import shutil
import stat

import kit

ROOT = os.environ.get("XCATHA_ROOT", "")
# Not beside the files: what lies in a folder such as /etc/cron.d is taken for one more.
ASIDE = "/var/lib/xcatha/files"


def paths(settings):
    """Files that people write; those in which a service keeps its own state."""
    return settings["FILES"].split(), settings["STATE_FILES"].split()


def folder(settings):
    return os.path.join(settings["SHARED"], ".xcatha/files")


def index(settings):
    """What is kept, by path; empty before anything was."""
    try:
        with open(os.path.join(folder(settings), "index"), encoding="utf-8") as file:
            return json.load(file)
    except FileNotFoundError:
        return {}


def digest(path):
    """The SHA-256 of a file here; empty when there is none."""
    try:
        return hashlib.sha256(_text(ROOT + path)).hexdigest()
    except FileNotFoundError:
        return ""
    except IsADirectoryError:
        raise kit.Refused("{} is a directory: shared.files in the model is for files, shared.directories for directories.".format(path))


def _draft(text, target, mode):
    """A file with that text beside the target, whose place it is to take; its name."""
    draft = os.path.join(os.path.dirname(target), ".{}.xcatha-new".format(os.path.basename(target)))
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    os.chmod(draft, mode)
    return draft


def _text(path):
    with open(path, "rb") as file:
        return file.read()


def _name(known, number):
    try:
        return known(number)[0]
    except KeyError:
        return str(number)


def _number(name, known, field):
    try:
        return int(name) if name.isdigit() else getattr(known(name), field)
    except KeyError:
        raise KeyError(name)


def keep(settings, path, known):
    """Puts this host's file onto the shared data; gives its entry in the index."""
    found = digest(path)
    entry = dict(known.get(path, {"of": {}}), by=settings["HOST"], digest=found)
    entry["of"] = dict(entry["of"], **{settings["HOST"]: found})
    if not found:
        return entry
    status = os.stat(ROOT + path)
    entry.update(mode=stat.S_IMODE(status.st_mode), user=_name(pwd.getpwuid, status.st_uid), group=_name(grp.getgrgid, status.st_gid))
    target = folder(settings) + path
    os.makedirs(os.path.dirname(target), mode=0o700, exist_ok=True)
    os.replace(_draft(_text(ROOT + path), target, 0o600), target)
    return entry


def put_aside(path):
    """Copies this host's file to where no program looks, under a name that nothing has."""
    copy = kit.unique(ROOT + ASIDE + path)
    os.makedirs(ROOT + ASIDE, mode=0o700, exist_ok=True)
    os.makedirs(os.path.dirname(copy), exist_ok=True)
    shutil.copy2(ROOT + path, copy)


def bring(settings, path, entry):
    """Makes this host's file the kept one. What stood here is put aside, unless it was this host's that was kept before."""
    target, here = os.path.realpath(ROOT + path), digest(path)
    if here and here != entry["of"].get(settings["HOST"]):
        put_aside(path)
    if not entry["digest"]:
        if here:
            os.unlink(target)
        return
    try:
        # By name: a package's user may have another number here.
        owner = _number(entry["user"], pwd.getpwnam, "pw_uid"), _number(entry["group"], grp.getgrnam, "gr_gid")
    except KeyError as error:
        raise kit.Refused("{} belongs to {} on the other host, whom this host does not know: make that user here.".format(path, error.args[0]))
    os.makedirs(os.path.dirname(target), exist_ok=True)
    draft = _draft(_text(folder(settings) + path), target, entry["mode"])
    os.chown(draft, *owner)
    os.replace(draft, target)
    # SELinux's label is the path's, not the draft's.
    kit.run("restorecon", "-F", target, timeout=10)


def rewrite(path, text):
    """Gives a file of this host another text; a copy of it as it was stays."""
    target = os.path.realpath(ROOT + path)
    put_aside(path)
    status = os.stat(target)
    draft = _draft(text.encode("utf-8", "surrogateescape"), target, stat.S_IMODE(status.st_mode))
    os.chown(draft, status.st_uid, status.st_gid)
    os.replace(draft, target)
    kit.run("restorecon", "-F", target, timeout=10)


def write_index(settings, entries):
    place = os.path.join(folder(settings), "index")
    with open(place + ".new", "w", encoding="utf-8") as file:
        json.dump(entries, file, indent=1, sort_keys=True)
        file.flush()
        os.fsync(file.fileno())
    os.replace(place + ".new", place)
