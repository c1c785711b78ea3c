"""The owner record: numbered files on the shared data, one an epoch. The highest valid one counts.

A record is written whole beside its name, and then published by a link, which never replaces a file: of two hosts that write
the same epoch, one fails. A hard link, or, on a file system that has none, a symbolic one, in whose place the file goes then.
At no moment does the name stand for less than the whole record.
"""
import errno
import os
import re
import tempfile
import time

import kit

VALID = re.compile(r"host: (\S+)\n(?:by: [^\n]*\nat: [^\n]*\n)?\Z")
NO_LINKS = (errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK, errno.EXDEV)
# Seconds after which a record that leads nowhere is a damaged one.
MOMENT = 3


def name_of(epoch):
    return "{:010d}".format(epoch)


def folder(settings):
    return os.path.join(settings["SHARED"], ".xcatha/owner")


def names(settings):
    """Names of all records, damaged ones too, in order."""
    try:
        return sorted(name for name in os.listdir(folder(settings)) if re.match(r"\d{10}\Z", name))
    except OSError as error:
        raise kit.Refused("The owner record cannot be read: {}: {}.".format(folder(settings), error.strerror))


def _read(path):
    with open(path, encoding="utf-8", errors="replace") as file:
        return file.read(4096)


def _read_now(path):
    """What a record holds; None for a link that leads nowhere."""
    try:
        return _read(path)
    except FileNotFoundError:
        if os.path.lexists(path):
            return None
        raise


def holder(settings, name):
    """Whom a record names; None when it is damaged."""
    path, found = os.path.join(folder(settings), name), []
    try:
        # Another host may see the link, in whose place the file has gone, for a moment longer.
        kit.wait_for(lambda: found.append(_read_now(path)) or found[-1] is not None, MOMENT)
    except OSError as error:
        raise kit.Refused("The owner record cannot be read: {}: {}.".format(name, error.strerror))
    valid = VALID.match(found[-1] or "")
    return valid.group(1) if valid else None


def newest(settings, known=None):
    """Epoch and host of the last valid record, of the known names or of all; the host is `none` while nobody owns the pair."""
    for name in reversed(names(settings) if known is None else known):
        host = holder(settings, name)
        if host is not None:
            return int(name), host
    raise kit.Refused("There is no valid owner record in {}. Run setup.yml if this pair was never set up.".format(folder(settings)))


def damaged(settings):
    """Names of the damaged records that are younger than the last valid one."""
    found = []
    for name in reversed(names(settings)):
        if holder(settings, name) is not None:
            break
        found.append(name)
    return found


def publish(settings, host, known):
    """Writes the epoch after the known names' last in a host's name; gives the epoch. Refuses when another run was quicker:
    what was decided by the known records no longer holds."""
    epoch = int((known or ["-1"])[-1]) + 1
    text = "host: {}\nby: {}\nat: {}\n".format(host, settings["HOST"], time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()))
    try:
        put(os.path.join(folder(settings), name_of(epoch)), text)
    except FileExistsError:
        raise kit.Refused("Another run wrote epoch {} of the owner record at the same moment. Nothing was changed.".format(epoch))
    except OSError as error:
        raise kit.Refused("The owner record cannot be written in {}: {}.".format(folder(settings), error.strerror))
    return epoch


def put(target, text):
    """Makes a file with that text, at once and whole; raises FileExistsError when there is one of that name."""
    directory = os.path.dirname(target)
    handle, draft = tempfile.mkstemp(prefix=".draft-", dir=directory)
    try:
        os.fchmod(handle, 0o644)
        _write(handle, draft, text)
        _link(draft, target)
    except BaseException:
        os.unlink(draft)
        raise
    # From here on the name is taken. What it leads to stays, whatever happens.
    if os.path.islink(target):
        os.rename(draft, target)
    else:
        os.unlink(draft)
    _sync(directory)
    if _read(target) != text:
        raise OSError(errno.EIO, "what was written cannot be read back")


def _link(draft, target):
    try:
        os.link(draft, target)
    except FileExistsError:
        # A file server that was asked twice, since its answer was lost, says this of its own work.
        if os.lstat(draft).st_nlink < 2:
            raise
    except OSError as error:
        if error.errno not in NO_LINKS:
            raise
        try:
            os.symlink(os.path.basename(draft), target)
        except FileExistsError:
            if not os.path.islink(target) or os.readlink(target) != os.path.basename(draft):
                raise
        except OSError as other:
            raise OSError(other.errno, "no hard link ({}) and no symbolic link ({}) can be made".format(error.strerror, other.strerror))


def _write(handle, path, text):
    """Writes, syncs and reads back: a full or lying file system must not leave an empty record."""
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    with open(path, encoding="utf-8") as file:
        if file.read() != text:
            raise OSError(errno.EIO, "what was written cannot be read back")


def _sync(directory):
    handle = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError:
        # Some file systems cannot sync a directory.
        pass
    finally:
        os.close(handle)
