#!/usr/bin/python3 -B
"""Mounts a file system with the limits of clusters' file systems, in memory, and runs a command while it is there.

    odd_file_system.py DIRECTORY [LIMIT …] -- COMMAND …

Speaks the kernel's protocol at /dev/fuse (linux/fuse.h, 7.31) by itself: nothing has to be installed. Ends with the
command's exit code. Run it in a mount namespace of its own: unshare --mount. Limits:

    own=NAME,…     each file lists these extended attributes, which nobody can set (system.nfs4_acl of NFSv4)
    no-xattr=NAME,… attributes whose names begin so cannot be set; an empty NAME: none can
    step=NS        times are rounded down to this many nanoseconds
    owner=refuse   owners cannot be changed;  owner=squash  everything is nobody's, without an error (root_squash)
    mode=fixed     modes cannot be changed, without an error (vfat)
    link=ERROR     hard links fail so, EPERM …;  link=apart  those across directories do, with EXDEV (BeeGFS 7)
    link=symbolic  a symbolic link is made in place of a hard one (BeeGFS's sysCreateHardlinksAsSymlinks)
    link=unseen    hard links work, and are counted as one (sshfs)
    link=twice     a hard link is made, and the answer is that it was there already (a repeated request of NFS)
    symlink=ERROR  symbolic links fail so
    inodes=change  each look gives another inode number
    files=N room=N so many inodes, so many KiB are free
"""
import ctypes
import errno
import os
import stat
import struct
import sys
import time

LIBC = ctypes.CDLL(None, use_errno=True)
NOBODY = 65534
ATTRIBUTES = struct.Struct("<QQQQQQIIIIIIIIII")


class Fault(Exception):
    """An error that goes to the kernel as the answer."""


class Node:
    """A file of any kind."""

    def __init__(self, number, mode, uid, gid, device=0):
        self.number, self.mode, self.uid, self.gid, self.device = number, mode, uid, gid, device
        self.data, self.entries, self.attributes, self.links = bytearray(), {}, {}, 1
        self.changed = self.modified = time.time_ns()


class FileSystem:
    def __init__(self, limits):
        self.limits = dict(limit.partition("=")[::2] for limit in limits)
        self.step = int(self.limits.get("step", 1))
        self.nodes, self.looks = {}, 0
        self.root = self.make(stat.S_IFDIR | 0o755, 0, 0)

    def make(self, mode, uid, gid, device=0):
        squashed = self.limits.get("owner") == "squash"
        node = Node(len(self.nodes) + 1, mode, NOBODY if squashed else uid, NOBODY if squashed else gid, device)
        self.nodes[node.number] = node
        return node

    def put(self, parent, name, node):
        if name in parent.entries:
            raise Fault(errno.EEXIST)
        parent.entries[name] = node
        parent.modified = parent.changed = time.time_ns()

    def take(self, parent, name):
        node = self.child(parent, name)
        del parent.entries[name]
        node.links -= 1
        parent.modified = parent.changed = node.changed = time.time_ns()

    def child(self, parent, name):
        if name not in parent.entries:
            raise Fault(errno.ENOENT)
        return parent.entries[name]

    def attributes(self, node):
        self.looks += 1
        number = node.number + (self.looks << 20 if self.limits.get("inodes") == "change" and node is not self.root else 0)
        modified, changed = (nanoseconds // self.step * self.step for nanoseconds in (node.modified, node.changed))
        size, links = len(node.data), 1 if self.limits.get("link") == "unseen" else node.links
        seconds = [modified // 10**9, modified // 10**9, changed // 10**9]
        return ATTRIBUTES.pack(number, size, (size + 511) // 512, *seconds, modified % 10**9, modified % 10**9, changed % 10**9,
                               node.mode, links, node.uid, node.gid, node.device, 4096, 0)

    def entry(self, node):
        # Nothing is kept by the kernel: each look comes here.
        return struct.pack("<QQQQII", node.number, 0, 0, 0, 0, 0) + self.attributes(node)

    # Of each operation: the node, what the request holds, and who asks.

    def lookup(self, node, body, _who):
        return self.entry(self.child(node, body[:-1]))

    def getattr(self, node, _body, _who):
        return struct.pack("<QII", 0, 0, 0) + self.attributes(node)

    def setattr(self, node, body, _who):
        valid, _, _, size, _, _, modified, _, _, modified_part, _, mode, _, uid, gid, _ = struct.unpack("<IIQQQQQQIIIIIIII", body[:88])
        if valid & (1 << 1 | 1 << 2):
            if self.limits.get("owner") == "refuse":
                raise Fault(errno.EPERM)
            if self.limits.get("owner") != "squash":
                node.uid = uid if valid & 1 << 1 else node.uid
                node.gid = gid if valid & 1 << 2 else node.gid
        if valid & 1 and self.limits.get("mode") != "fixed":
            node.mode = stat.S_IFMT(node.mode) | stat.S_IMODE(mode)
        if valid & 1 << 3:
            node.data = node.data[:size].ljust(size, b"\0")
        if valid & 1 << 8:
            node.modified = time.time_ns()
        elif valid & 1 << 5:
            node.modified = modified * 10**9 + modified_part
        node.changed = time.time_ns()
        return self.getattr(node, b"", None)

    def readlink(self, node, _body, _who):
        return bytes(node.data)

    def symlink(self, node, body, who):
        if "symlink" in self.limits:
            raise Fault(getattr(errno, self.limits["symlink"]))
        name, target = body.split(b"\0")[:2]
        made = self.make(stat.S_IFLNK | 0o777, *who)
        made.data += target
        self.put(node, name, made)
        return self.entry(made)

    def mknod(self, node, body, who):
        mode, device, umask = struct.unpack("<III", body[:12])
        made = self.make(mode & ~umask, *who, device)
        self.put(node, body[16:-1], made)
        return self.entry(made)

    def mkdir(self, node, body, who):
        mode, umask = struct.unpack("<II", body[:8])
        made = self.make(stat.S_IFDIR | mode & ~umask, *who)
        self.put(node, body[8:-1], made)
        return self.entry(made)

    def unlink(self, node, body, _who):
        self.take(node, body[:-1])

    def rmdir(self, node, body, _who):
        if self.child(node, body[:-1]).entries:
            raise Fault(errno.ENOTEMPTY)
        self.take(node, body[:-1])

    def rename(self, node, body, _who, skip=8, flags=0):
        other = self.nodes[struct.unpack("<Q", body[:8])[0]]
        name, target = body[skip:].split(b"\0")[:2]
        moved, there = self.child(node, name), other.entries.get(target)
        if there is moved:
            return
        if there is not None:
            if flags & 1:
                raise Fault(errno.EEXIST)
            if there.entries:
                raise Fault(errno.ENOTEMPTY)
            self.take(other, target)
        self.take(node, name)
        moved.links += 1
        self.put(other, target, moved)

    def rename2(self, node, body, who):
        self.rename(node, body, who, 16, struct.unpack("<I", body[8:12])[0])

    def link(self, node, body, who):
        linked, name = self.nodes[struct.unpack("<Q", body[:8])[0]], body[8:-1]
        how = self.limits.get("link", "")
        if how == "apart" and linked not in node.entries.values():
            raise Fault(errno.EXDEV)
        if how.startswith("E"):
            raise Fault(getattr(errno, how))
        if how == "symbolic":
            made = self.make(stat.S_IFLNK | 0o777, *who)
            made.data += next((text for text, found in node.entries.items() if found is linked), b"elsewhere")
            self.put(node, name, made)
            # The kernel asks again what this is.
            return self.entry(linked)
        self.put(node, name, linked)
        linked.links += 1
        linked.changed = time.time_ns()
        if how == "twice":
            raise Fault(errno.EEXIST)
        return self.entry(linked)

    def open(self, _node, _body, _who):
        # Past the page cache: what one writes another reads.
        return struct.pack("<QII", 0, 1, 0)

    def create(self, node, body, who):
        _, mode, umask, _ = struct.unpack("<IIII", body[:16])
        made = self.make(stat.S_IFREG | stat.S_IMODE(mode) & ~umask, *who)
        self.put(node, body[16:-1], made)
        return self.entry(made) + self.open(made, b"", who)

    def read(self, node, body, _who):
        _, offset, size = struct.unpack("<QQI", body[:20])
        return bytes(node.data[offset:offset + size])

    def write(self, node, body, _who):
        _, offset, size = struct.unpack("<QQI", body[:20])
        given = body[40:40 + size]
        node.data = node.data.ljust(offset, b"\0")
        node.data[offset:offset + size] = given
        node.modified = node.changed = time.time_ns()
        return struct.pack("<II", size, 0)

    def statfs(self, _node, _body, _who):
        room, files = int(self.limits.get("room", 1 << 20)), int(self.limits.get("files", 1 << 20))
        return struct.pack("<QQQQQIIII", 1 << 20, room // 4, room // 4, 1 << 20, files, 4096, 255, 4096, 0) + bytes(24)

    def refuses(self, name):
        return "no-xattr" in self.limits and name.startswith(tuple(self.limits["no-xattr"].split(",")))

    def own(self):
        return {name.encode(): b"\1\0\0\0" for name in self.limits.get("own", "").split(",") if name}

    def setxattr(self, node, body, _who):
        size, _ = struct.unpack("<II", body[:8])
        name, _, rest = body[8:].partition(b"\0")
        if self.refuses(name.decode()) or name in self.own():
            raise Fault(errno.EOPNOTSUPP)
        node.attributes[name] = rest[:size]
        node.changed = time.time_ns()

    def removexattr(self, node, body, _who):
        if node.attributes.pop(body[:-1], None) is None:
            raise Fault(errno.ENODATA)

    def getxattr(self, node, body, _who):
        value = {**node.attributes, **self.own()}.get(body[8:-1])
        if value is None:
            raise Fault(errno.ENODATA)
        return self.sized(value, body)

    def listxattr(self, node, body, _who):
        return self.sized(b"".join(name + b"\0" for name in {**node.attributes, **self.own()}), body)

    def sized(self, value, body):
        size = struct.unpack("<I", body[:4])[0]
        if size == 0:
            return struct.pack("<II", len(value), 0)
        if size < len(value):
            raise Fault(errno.ERANGE)
        return value

    def readdir(self, node, body, _who):
        _, offset, size = struct.unpack("<QQI", body[:20])
        answer = b""
        for index, (name, child) in enumerate(list(node.entries.items())):
            line = struct.pack("<QQII", child.number, index + 1, len(name), child.mode >> 12) + name
            line += bytes(-len(line) % 8)
            if index >= offset and len(answer) + len(line) <= size:
                answer += line
        return answer

    def nothing(self, _node, _body, _who):
        return b""


OPERATIONS = {1: "lookup", 3: "getattr", 4: "setattr", 5: "readlink", 6: "symlink", 8: "mknod", 9: "mkdir", 10: "unlink", 11: "rmdir",
              12: "rename", 13: "link", 14: "open", 15: "read", 16: "write", 17: "statfs", 18: "nothing", 20: "nothing", 21: "setxattr",
              22: "getxattr", 23: "listxattr", 24: "removexattr", 25: "nothing", 27: "nothing", 28: "readdir", 29: "nothing", 30: "nothing",
              35: "create", 45: "rename2"}
INIT, FORGET, INTERRUPT, BATCH_FORGET, OPENDIR = 26, 2, 36, 42, 27


def answer(system, operation, number, body, who):
    """The error and what follows it; None for what wants no answer."""
    if operation in (FORGET, INTERRUPT, BATCH_FORGET):
        return None
    if operation == INIT:
        return 0, struct.pack("<IIIIHHIIHHI", 7, 31, 1 << 17, 0, 12, 10, 1 << 17, 1, 32, 0, 0) + bytes(24)
    if operation == OPENDIR:
        return 0, struct.pack("<QII", 0, 0, 0)
    if operation not in OPERATIONS:
        return errno.ENOSYS, b""
    try:
        return 0, getattr(system, OPERATIONS[operation])(system.nodes[number], body, who) or b""
    except Fault as fault:
        return fault.args[0], b""


def serve(device, system):
    while True:
        try:
            request = os.read(device, 1 << 18)
        except OSError as error:
            if error.errno in (errno.EINTR, errno.EAGAIN, errno.ENOENT):
                continue
            return
        _, operation, unique, number, uid, gid, _, _ = struct.unpack("<IIQQIIII", request[:40])
        given = answer(system, operation, number, request[40:], (uid, gid))
        if given is not None:
            code, body = given
            try:
                os.write(device, struct.pack("<IiQ", 16 + len(body), -code, unique) + body)
            except OSError:
                pass


def mount(device, directory):
    options = "fd={},rootmode=40000,user_id=0,group_id=0,allow_other,default_permissions".format(device)
    if LIBC.mount(b"odd", os.fsencode(directory), b"fuse", 0, options.encode()) != 0:
        raise OSError(ctypes.get_errno(), "mount")


def main(directory, *words):
    limits, command = words[:words.index("--")], words[words.index("--") + 1:]
    device = os.open("/dev/fuse", os.O_RDWR)
    mount(device, directory)
    server = os.fork()
    if server == 0:
        # It ends with the program that started it, whatever ends that one.
        LIBC.prctl(1, 9)
        serve(device, FileSystem(limits))
        os._exit(0)
    os.close(device)
    child = os.fork()
    if child == 0:
        LIBC.prctl(1, 9)
        os.execvp(command[0], command)
    status = os.waitpid(child, 0)[1]
    os.kill(server, 9)
    os.waitpid(server, 0)
    LIBC.umount2(os.fsencode(directory), 2)
    return os.WEXITSTATUS(status) if os.WIFEXITED(status) else 128 + os.WTERMSIG(status)


sys.exit(main(*sys.argv[1:]))
