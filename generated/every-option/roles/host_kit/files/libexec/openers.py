"""Processes that have files of given directories open."""
import os
import signal

import kit


def _uses(process):
    for name in ("cwd", "root", "exe"):
        yield os.path.join(process, name)
    folder = os.path.join(process, "fd")
    for name in os.listdir(folder):
        yield os.path.join(folder, name)


def find(paths):
    """Process ids of those that have one of the paths, or anything below it, open."""
    prefixes = tuple(path.rstrip("/") + "/" for path in paths)
    found = []
    for name in os.listdir("/proc"):
        if not name.isdigit() or int(name) == os.getpid():
            continue
        try:
            if any(_target(use).startswith(prefixes) for use in _uses(os.path.join("/proc", name))):
                found.append(int(name))
        except OSError:
            # It has ended meanwhile.
            continue
    return found


def _target(path):
    try:
        return os.readlink(path) + "/"
    except OSError:
        return ""


def command_line(pid):
    try:
        with open("/proc/{}/cmdline".format(pid), "rb") as file:
            return file.read().replace(b"\0", b" ").decode("utf-8", "replace").strip()
    except OSError:
        return ""


def end(question, say, check=False):
    """Ends the processes that a question names: by SIGTERM, then by SIGKILL. Whether none is left."""
    pids = question()
    for pid in pids:
        say(pid)
    if check or not pids:
        return True
    for number in (signal.SIGTERM, signal.SIGKILL):
        for pid in question():
            try:
                os.kill(pid, number)
                # A stopped process ends only when it goes on.
                os.kill(pid, signal.SIGCONT)
            except OSError:
                pass
        if kit.wait_for(lambda: not question(), 5):
            return True
    return False
