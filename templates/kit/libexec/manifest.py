"""What a directory holds, entry by entry, to tell whether a copy is equal."""
import hashlib
import os
import stat

# What a file system adds to every file by itself, and a copy cannot have.
OF_FILE_SYSTEM = {"system.nfs4_acl", "lustre.lov", "trusted.lov", "security.selinux"}


def _attributes(path):
    try:
        names = os.listxattr(path, follow_symlinks=False)
        return tuple(sorted((name, os.getxattr(path, name, follow_symlinks=False))
                            for name in names if name not in OF_FILE_SYSTEM))
    except OSError:
        # A file system without attributes has none to compare.
        return ()


def _content(path, status):
    if stat.S_ISLNK(status.st_mode):
        return os.readlink(path)
    if not stat.S_ISREG(status.st_mode):
        return status.st_rdev
    digest = hashlib.sha256()
    with open(path, "rb") as file:
        for block in iter(lambda: file.read(1 << 20), b""):
            digest.update(block)
    return digest.digest()


def _entry(path):
    status = os.lstat(path)
    # A directory's own size and count of links differ between file systems.
    size = () if stat.S_ISDIR(status.st_mode) else (status.st_size, status.st_nlink)
    content = None if stat.S_ISDIR(status.st_mode) else _content(path, status)
    return (status.st_mode, status.st_uid, status.st_gid, size, content, _attributes(path)), status.st_mtime_ns


def _walk(top):
    """Paths below a directory and itself, as bytes: names need not be text."""
    for directory, directories, files in os.walk(top, onerror=_raise):
        yield directory
        for name in files + [name for name in directories if os.path.islink(os.path.join(directory, name))]:
            yield os.path.join(directory, name)


def _raise(error):
    raise error


def of(directory):
    """Every entry below the directory, by its path there."""
    top = os.fsencode(directory)
    return {os.path.relpath(path, top): _entry(path) for path in _walk(top)}


def differing(one, other):
    """The first entry that is not the same in both manifests, in the order of their names; None when there is none."""
    for path in sorted(set(one) | set(other)):
        if path not in one or path not in other:
            return path
        (facts, time), (others, other_time) = one[path], other[path]
        # A file system that keeps whole seconds keeps these.
        if facts != others or time != other_time and (other_time % 10**9 or time // 10**9 != other_time // 10**9):
            return path
    return None
