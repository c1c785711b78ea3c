"""The owner record: numbered files on the shared data, one an epoch. The highest valid one counts.

A record is published by a hard link, which never replaces a file: of two hosts that write the same epoch, one fails.
"""
import errno
import os
import re
import tempfile
import time

import kit

VALID = re.compile(r"host: (\S+)\n(?:by: [^\n]*\nat: [^\n]*\n)?\Z")
NO_LINKS = (errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK, errno.EXDEV)


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


def holder(settings, name):
    """Whom a record names; None when it is damaged."""
    try:
        with open(os.path.join(folder(settings), name), encoding="utf-8", errors="replace") as file:
            found = VALID.match(file.read(4096))
    except OSError as error:
        raise kit.Refused("The owner record cannot be read: {}: {}.".format(name, error.strerror))
    return found.group(1) if found else None


def newest(settings):
    """Epoch and host of the last valid record; the host is `none` while nobody owns the pair."""
    for name in reversed(names(settings)):
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


def publish(settings, host):
    """Writes the next epoch in a host's name; gives the epoch. Refuses when another run was quicker."""
    epoch = int((names(settings) or ["-1"])[-1]) + 1
    text = "host: {}\nby: {}\nat: {}\n".format(host, settings["HOST"], time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()))
    target = os.path.join(folder(settings), name_of(epoch))
    try:
        _publish(folder(settings), target, text)
    except FileExistsError:
        raise kit.Refused("Another run wrote epoch {} of the owner record at the same moment. Nothing was changed.".format(epoch))
    except OSError as error:
        raise kit.Refused("The owner record cannot be written in {}: {}.".format(folder(settings), error.strerror))
    return epoch


def _publish(directory, target, text):
    handle, draft = tempfile.mkstemp(prefix=".draft-", dir=directory)
    try:
        os.fchmod(handle, 0o644)
        _write(handle, draft, text)
        try:
            os.link(draft, target)
        except OSError as error:
            if error.errno not in NO_LINKS:
                raise
            _create(target, text)
    finally:
        os.unlink(draft)
    _sync(directory)


def _create(target, text):
    """On a file system without hard links: a file that is not whole yet is damaged, so it does not count."""
    handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o644)
    try:
        _write(handle, target, text)
    except OSError:
        os.unlink(target)
        raise


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
