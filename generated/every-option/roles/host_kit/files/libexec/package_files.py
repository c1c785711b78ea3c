"""Files of xCAT's packages below the shared directories: how an upgrade's reach the shared data.

xCAT's packages hold files below /install (its postscripts). On the standby host /install is the host's own, so an
upgrade there never reaches the directory that nodes are served from. They are kept before the links come, and put
onto the shared data once the host is active. What stands there is moved to .xcatha/before-upgrade, never overwritten.
"""
import filecmp
import os
import shutil
import time

import kit
import package_manager

KEPT = os.environ.get("XCATHA_PACKAGE_FILES", "/var/lib/xcatha/package-files")
BEGUN = KEPT + ".begun"


def shared_files(settings):
    """Files of xCAT's packages below the shared directories, on this host."""
    manager = package_manager.of(settings)
    names = manager.xcat()
    if not names:
        raise kit.Refused("No package of xCAT is installed on {}.".format(settings["HOST"]))
    below = tuple(link + "/" for link in settings["LINKS"].split())
    return sorted({path for path in manager.files(names) if path.startswith(below)})


def is_file(path):
    return os.path.islink(path) or os.path.isfile(path)


def same(one, other):
    """Whether both are the same file, or links to the same place."""
    if os.path.islink(one) or os.path.islink(other):
        return os.path.islink(one) and os.path.islink(other) and os.readlink(one) == os.readlink(other)
    return os.path.isfile(one) and os.path.isfile(other) and filecmp.cmp(one, other, shallow=False)


def put(source, target):
    """Puts a copy in the target's place at once; whoever reads it sees the old file or the new one."""
    os.makedirs(os.path.dirname(target), exist_ok=True)
    draft = kit.unique(target)
    shutil.copy2(source, draft, follow_symlinks=False)
    if not os.path.islink(source):
        status = os.stat(source)
        os.chown(draft, status.st_uid, status.st_gid)
    os.replace(draft, target)


def begin():
    """Notes on this host that its packages' files are to be kept, also by the next run when this one is interrupted."""
    os.makedirs(os.path.dirname(BEGUN), exist_ok=True)
    with open(BEGUN, "w", encoding="utf-8") as file:
        os.fsync(file.fileno())


def begun():
    return os.path.exists(BEGUN)


def keep(settings, check):
    """Keeps what the packages wrote on this host, where it is found again once the links stand in its place."""
    for path in shared_files(settings):
        if is_file(path) and not same(path, KEPT + path):
            print("changed: keeps {}".format(path))
            if not check:
                put(path, KEPT + path)
    if not check and begun():
        os.remove(BEGUN)


def apply(settings, check):
    """Puts what was kept onto the shared data; what stood there is kept beside."""
    for link in settings["LINKS"].split():
        shared = settings["SHARED"] + link
        if not (os.path.exists(shared) and os.path.exists(link) and os.path.samefile(link, shared)):
            raise kit.Refused("{} is not the one on the shared data, so {} is not active. Nothing was changed.".format(
                link, settings["HOST"]))
    older = os.path.join(settings["SHARED"], ".xcatha/before-upgrade", time.strftime("%Y%m%dT%H%M%SZ", time.gmtime()))
    older = kit.unique(older)
    for path in shared_files(settings):
        kept = KEPT + path
        if not is_file(kept) or same(kept, path):
            continue
        print("changed: {}".format(path))
        if check:
            continue
        if os.path.lexists(path):
            put(path, older + path)
        put(kept, path)
