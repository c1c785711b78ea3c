"""What a directory holds, entry by entry, to tell whether a copy is equal; and what a copy of it has to be told beside its files."""
import collections
import datetime
import hashlib
import os
import stat

import kept

Entry = collections.namedtuple("Entry", "mode owner size content inode links time attributes")


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


def _entry(path, status):
    # A directory's own size and count of links differ between file systems, and so do a symbolic link's size and mode.
    whole = stat.S_ISREG(status.st_mode)
    return Entry(
        stat.S_IFMT(status.st_mode) if stat.S_ISLNK(status.st_mode) else status.st_mode, (status.st_uid, status.st_gid),
        status.st_size if whole else 0, None if stat.S_ISDIR(status.st_mode) else _content(path, status),
        (status.st_dev, status.st_ino), status.st_nlink, status.st_mtime_ns, kept.attributes_of(path))


def walk(top):
    """Paths below a directory and itself, as bytes, since names need not be text, each with its status. What goes away
    meanwhile is left out: a database may be running."""
    for directory, directories, files in os.walk(os.fsencode(top), onerror=_raise):
        for name in [b"", *files, *(name for name in directories if os.path.islink(os.path.join(directory, name)))]:
            path = os.path.join(directory, name) if name else directory
            try:
                yield path, os.lstat(path)
            except FileNotFoundError:
                pass


def _raise(error):
    if not isinstance(error, FileNotFoundError):
        raise error


def of(directory):
    """Every entry below the directory, by its path there."""
    found = {}
    for path, status in walk(directory):
        try:
            found[os.path.relpath(path, os.fsencode(directory))] = _entry(path, status)
        except FileNotFoundError:
            pass
    return found


def _when(nanoseconds):
    moment = datetime.datetime.fromtimestamp(nanoseconds // 10**9, datetime.timezone.utc)
    return "{}.{:09d}".format(moment.strftime("%Y-%m-%dT%H:%M:%S"), nanoseconds % 10**9)


def _how(entry, copy, keeps, names):
    """How a copy differs from an entry that has so many names in its directory; None when it does not."""
    facts = [
        ("kind", stat.S_IFMT(entry.mode), stat.S_IFMT(copy.mode), "{:o}"),
        ("size", entry.size, copy.size, "{}"),
        ("owner", "{}:{}".format(*entry.owner), "{}:{}".format(*copy.owner), "{}"),
        ("mode", stat.S_IMODE(entry.mode), stat.S_IMODE(copy.mode), "{:04o}"),
        # What is linked to it elsewhere is not copied.
        *([("count of hard links", names, copy.links, "{}")] if keeps.links and stat.S_ISREG(entry.mode) else []),
    ]
    for what, here, there, form in facts:
        if here != there:
            return "its {} is {}, and {} there".format(what, form.format(here), form.format(there))
    if entry.content != copy.content:
        return "its content is another there"
    # A file system may add to trusted.* what nobody knows here.
    for name in sorted(set(entry.attributes) | {name for name in copy.attributes if not name.startswith("trusted.")}):
        if keeps.keeps(name) and entry.attributes.get(name) != copy.attributes.get(name):
            return "its {} is another there".format(name)
    if abs(entry.time - copy.time) >= keeps.step:
        return "its time is {}, and {} there".format(_when(entry.time), _when(copy.time))
    return None


def differing(source, copy, keeps):
    """The first entry that is not the same in the copy as far as its file system keeps it, in the order of names, and how it
    differs; None when there is none."""
    names = collections.Counter(entry.inode for entry in source.values())
    found = []
    for path in sorted(set(source) | set(copy)):
        how = ("it is missing there" if path not in copy else "it is there alone" if path not in source
               else _how(source[path], copy[path], keeps, names[source[path].inode]))
        if how is not None:
            found.append((path, how))
    # What came or went changed the time of its directory: it says more than that.
    return next((each for each in found if not (each[1].startswith("its time") and stat.S_ISDIR(source[each[0]].mode))), (found or [None])[0])


def carry(source, target, keeps):
    """Gives a copy the modes, and the attributes that its file system keeps: cp stops at the first that it does not."""
    for path, status in walk(source):
        copy = os.path.join(os.fsencode(target), os.path.relpath(path, os.fsencode(source)))
        # What came since the copy is found by the comparison.
        if stat.S_ISLNK(status.st_mode) or not os.path.lexists(copy):
            continue
        os.chmod(copy, stat.S_IMODE(status.st_mode))
        wanted, there = kept.attributes_of(path), kept.attributes_of(copy)
        # What it has of the directory in which it was made, such as a default ACL.
        for name in set(there) - set(wanted):
            if not name.startswith("trusted."):
                os.removexattr(copy, name)
        for name, value in wanted.items():
            if keeps.keeps(name) and there.get(name) != value:
                os.setxattr(copy, name, value)


def lost(directory, keeps):
    """What of a directory its copy cannot have: {what people call it: [how often, the first path]}."""
    found = {}
    for path, status in walk(directory):
        words = {keeps.lost(name) for name in kept.attributes_of(path)} - {None}
        if stat.S_ISREG(status.st_mode) and status.st_nlink > 1 and not keeps.links:
            words.add(kept.LINKS)
        for each in words:
            found.setdefault(each, [0, os.fsdecode(path)])[0] += 1
    return found
