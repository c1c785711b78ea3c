"""What a file system keeps of a file, found out with scratch files that are removed again.

Clusters' file systems differ. NFS with root_squash gives root's files to nobody, NFSv4 has no POSIX ACLs, Lustre keeps whole
seconds (vfat two), BeeGFS before 7.4 makes no hard links across directories, or symbolic ones in their place, sshfs counts
none, SMB has no file capabilities. What each adds to its files by itself (system.nfs4_acl, lustre.lov, trusted.lov, ceph.*,
security.selinux) is no part of the data.
"""
import errno
import os
import stat
import struct
import tempfile

import kit

# Named by how their names begin; with a value that a file system which has them takes.
ATTRIBUTES = {
    "user.": ("extended attributes of users", "user.xcatha", b"1"),
    # CAP_NET_RAW, as ping has it.
    "security.capability": ("file capabilities", "security.capability", struct.pack("<5I", 0x02000001, 1 << 13, 0, 0, 0)),
    # u::rw-,u:1:r--,g::r--,m::r--,o::---
    "system.posix_acl_": ("POSIX ACLs", "system.posix_acl_access", struct.pack("<I", 2) + b"".join(
        struct.pack("<HHI", *entry) for entry in ((1, 6, 2**32 - 1), (2, 4, 1), (4, 4, 2**32 - 1), (16, 4, 2**32 - 1), (32, 0, 2**32 - 1)))),
    "trusted.": ("extended attributes of root", "trusted.xcatha", b"1"),
}
# Those of Lustre, GlusterFS, overlayfs and XFS.
OWN = tuple("trusted." + name for name in (
    "lov", "lma", "lmv", "dmv", "link", "fid", "hsm", "som", "version", "gfid", "pgfid.", "afr.", "ec.", "glusterfs.", "bit-rot.",
    "overlay.", "SGI_"))
LINKS = "hard links (each name becomes a file of its own)"
STEPS = (1, 100, 10**3, 10**6, 10**7, 10**9, 2 * 10**9)
# An odd second, and no part of it that a coarser clock has.
MOMENT = 1000000001 * 10**9 + 987654321


class Kept:
    """`step`: by how many nanoseconds a kept time may differ; `links`: whether hard links stay; `attributes`: which, by how
    their names begin."""

    def __init__(self, step, links, attributes):
        self.step, self.links, self.attributes = step, links, tuple(attributes)

    def keeps(self, attribute):
        return attribute.startswith(self.attributes)

    def lost(self, attribute):
        """What people call an attribute that is not kept; None for one that is."""
        return None if self.keeps(attribute) else next(words for begin, (words, _, _) in ATTRIBUTES.items() if attribute.startswith(begin))


def attributes_of(path):
    """The extended attributes of a file that are data, by name."""
    try:
        names = os.listxattr(path, follow_symlinks=False)
    except OSError:
        # A file system without attributes.
        return {}
    found = {}
    for name in names:
        if not name.startswith(tuple(ATTRIBUTES)) or name.startswith(OWN):
            continue
        try:
            value = os.getxattr(path, name, follow_symlinks=False)
        except OSError:
            continue
        # An ACL of three entries says what the mode says; some file systems list it for each file.
        if len(value) > {"system.posix_acl_access": 28, "system.posix_acl_default": 4}.get(name, 0):
            found[name] = value
    return found


def probe(directory):
    """What the file system of a directory keeps. Refuses one on which xCAT and a database cannot live."""
    try:
        scratch = tempfile.mkdtemp(prefix=".xcatha-probe-", dir=directory)
    except OSError as error:
        raise kit.Refused("Root cannot write to {}: {}. Nothing was copied.{}".format(
            directory, error.strerror, " An NFS export needs no_root_squash." if error.errno in (errno.EACCES, errno.EPERM) else ""))
    try:
        reasons = list(_refusals(scratch))
        if reasons:
            raise kit.Refused("{} cannot hold the pair's data: {}. Nothing was copied.".format(directory, "; ".join(reasons)))
        return Kept(_step(scratch), _links(scratch), [begin for begin, (_, name, value) in ATTRIBUTES.items() if _sets(scratch, name, value)])
    except OSError as error:
        raise kit.Refused("{} does not do what a file system must: {}: {}. Nothing was copied.".format(
            directory, os.path.basename(error.filename or scratch), error.strerror))
    finally:
        _remove(scratch)


def _remove(directory):
    # shutil.rmtree goes by inode numbers, which some file systems change.
    try:
        for place, directories, files in os.walk(directory, topdown=False):
            for remove, names in ((os.unlink, files), (os.rmdir, directories)):
                for name in names:
                    remove(os.path.join(place, name))
        os.rmdir(directory)
    except OSError:
        # What was found out counts; the scratch files are empty.
        pass


def _scratch(directory, name):
    path = os.path.join(directory, name)
    with open(path, "w", encoding="ascii") as file:
        file.write("x")
    return path


def _refusals(directory):
    path = _scratch(directory, "owner")
    given = os.lstat(path)
    if (given.st_uid, given.st_gid) != (os.geteuid(), os.getegid()):
        yield "it gives root's files to user {} and group {} (root_squash?)".format(given.st_uid, given.st_gid)
        return
    try:
        os.chown(path, 1, 2)
        kept = os.lstat(path)
        if (kept.st_uid, kept.st_gid) != (1, 2):
            yield "it does not keep owners"
    except OSError as error:
        yield "owners cannot be changed there ({})".format(error.strerror)
        return
    try:
        os.chmod(path, 0o6751)
        if stat.S_IMODE(os.lstat(path).st_mode) != 0o6751:
            yield "it does not keep modes"
    except OSError as error:
        yield "modes cannot be changed there ({})".format(error.strerror)
    try:
        os.symlink("owner", os.path.join(directory, "symbolic"))
    except OSError as error:
        yield "it has no symbolic links ({})".format(error.strerror)
    if _step(directory) is None:
        yield "times cannot be set there"


def _step(directory):
    path = _scratch(directory, "time")
    os.utime(path, ns=(MOMENT, MOMENT))
    away = abs(os.lstat(path).st_mtime_ns - MOMENT)
    return next((step for step in STEPS if away < step), None)


def _links(directory):
    path, apart = _scratch(directory, "link"), os.path.join(directory, "apart")
    os.mkdir(apart)
    try:
        os.link(path, os.path.join(apart, "link"))
    except OSError:
        return False
    # In place of a link some make a symbolic one, and some do not count it.
    return os.lstat(path).st_nlink == 2


def _sets(directory, name, value):
    path = _scratch(directory, "attribute")
    try:
        os.setxattr(path, name, value)
        return os.getxattr(path, name) == value
    except OSError:
        return False
