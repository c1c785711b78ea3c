"""The NFS exports of the shared directories: each has a number that both hosts give it.

NFS finds a file by its file system's UUID, or by the device's number. A file system without a device (NFS, FUSE, a cluster's) has
neither, or another one on each host: exportfs leaves such an export out without an error, or a client's handles go stale with a
failover. exports(5): fsid= names the file system in their place. One that is on a device is known by its UUID on both hosts.
"""
import glob
import os
import re
import uuid

ROOT = os.environ.get("XCATHA_ROOT", "")
EXPORTS, FOLDER = "/etc/exports", "/etc/exports.d/*.exports"
_ETAB = "/var/lib/nfs/etab"


def _logical(text):
    """Lines of an exports file as exportfs takes them, each with the text that it is written as."""
    written = ""
    for line in text.splitlines(True):
        written += line
        if not line.rstrip("\n").endswith("\\"):
            yield re.sub(r"\\\n", " ", written), written
            written = ""
    if written:
        yield written, written


def _words(line):
    """The exported path, its clients, and the comment."""
    plain, comment = re.match(r'((?:"[^"]*"|[^#])*)(.*)', line.rstrip("\n")).groups()
    words = re.findall(r'(?:"[^"]*"|\S)+', plain)
    return words[:1], words[1:], comment


def _path(word):
    return os.path.normpath(re.sub(r"\\([0-7]{3})", lambda found: chr(int(found.group(1), 8)), word.strip('"')))


def _is_shared(path, settings):
    return any((path + "/").startswith(top.rstrip("/") + "/") for top in settings["LINKS"].split() + [settings["SHARED"]])


def _lacks(word, clients, settings):
    return bool(word) and _is_shared(_path(word[0]), settings) and not any("fsid=" in client for client in clients)


def needs_fsid(settings):
    """Whether the shared data is on no device of its own."""
    return os.major(os.stat(settings["SHARED"]).st_dev) == 0


def lacking(text, settings):
    """Shared paths that an exports file exports without an fsid."""
    found = []
    for line, _ in _logical(text):
        word, clients, _ = _words(line)
        if _lacks(word, clients, settings):
            found.append(_path(word[0]))
    return found


def with_fsid(text, settings):
    """The text, in which each of these has an fsid, made of the pair's name and the path: the same on both hosts."""
    parts = []
    for line, written in _logical(text):
        word, clients, comment = _words(line)
        if _lacks(word, clients, settings):
            number = "fsid={}".format(uuid.uuid5(uuid.NAMESPACE_URL, "xcatha:{}:{}".format(settings["PAIR"], _path(word[0]))))
            # Options of the line stand before its first client; a line without a client is for all.
            plain = [client for client in clients if not client.startswith("-")] or ["*"]
            clients = [client for client in clients if client.startswith("-")] + [_with_option(client, number) for client in plain]
            written = " ".join(word + clients + ([comment] if comment else [])) + "\n"
        parts.append(written)
    return "".join(parts)


def _with_option(client, option):
    found = re.match(r"(.*)\((.*)\)$", client)
    if found is None:
        return "{}({})".format(client, option)
    return "{}({})".format(found.group(1), ",".join(filter(None, [found.group(2), option])))


def _read(path):
    try:
        with open(ROOT + path, encoding="utf-8", errors="surrogateescape") as file:
            return file.read()
    except OSError:
        return ""


def findings(settings):
    """What is wrong with the exports of the active host, a sentence each with what mends it."""
    texts = {EXPORTS: _read(EXPORTS)}
    texts.update({path[len(ROOT):]: _read(path[len(ROOT):]) for path in sorted(glob.glob(ROOT + FOLDER))})
    found, needed = [], needs_fsid(settings)
    for path, text in texts.items():
        paths = [_path(word[0]) for word, _, _ in (_words(line) for line, _ in _logical(text)) if word]
        shared = [each for each in paths if _is_shared(each, settings)]
        if shared and path not in settings["FILES"].split():
            found.append("{} exports {}, and stays behind at a failover: move the line to {}, or add the file to shared.files in the "
                         "model".format(path, " ".join(shared), EXPORTS))
        without = lacking(text, settings) if needed else []
        if without:
            found.append("{} exports {} without an fsid, on a file system that has no device: {}".format(
                path, " ".join(without), "systemctl restart xcatha-files.service, then exportfs -r" if path == EXPORTS
                else "add one there, the same on both hosts, then exportfs -r"))
        lost = [each for each in shared if not _is_exported(each)]
        if lost and not without:
            found.append("NFS does not export {}, which {} names: exportfs -r says why".format(" ".join(lost), path))
    return found


def _is_exported(path):
    """Whether the server has it in its table, by this name or by the one that its links lead to."""
    known = {_path(line.split("\t")[0]) for line in _read(_ETAB).splitlines()}
    return bool(known & {path, os.path.realpath(path)})
