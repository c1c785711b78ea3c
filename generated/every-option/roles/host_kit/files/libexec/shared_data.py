"""Which of this host's directories are on the shared data, and what is noted there of it.

In .xcatha on the shared data stand: `complete`, the directories whose copies are whole; `publishing`, where the
copy was made that was about to get its name, and that name; `copied-by`, the host; `served`, once the pair was active;
`incoming`, work in progress and what was older.
"""
import os

import host

ROOT = os.environ.get("XCATHA_ROOT", "")

TABLES = ROOT + "/etc/xcat"


class SharedData:
    def __init__(self, settings):
        self.settings, self.shared = settings, settings["SHARED"]
        self.limit = int(settings["TIMEOUT_COPY"])
        links = settings["LINKS"].split()
        # While /etc/xcat is missing on the shared data, setup is known to be unfinished: it comes last.
        self.directories = sorted(links, key=lambda path: path == TABLES)

    def note(self, name):
        return os.path.join(self.shared, ".xcatha", name)

    def read(self, name):
        """Lines of a note; none when it is not there."""
        try:
            with open(self.note(name), encoding="utf-8") as file:
                return file.read().splitlines()
        except FileNotFoundError:
            return []

    def write(self, name, text):
        with open(self.note(name + ".new"), "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        os.replace(self.note(name + ".new"), self.note(name))

    def listed(self, path):
        """Whether an earlier run made the copy and listed it as complete."""
        return os.path.isdir(self.shared + path) and path in self.read("complete")

    def published(self, path):
        """Whether the directory there is the copy that an interrupted run had just given its name: it is gone from where it
        was made. Not by its inode, which some file systems change."""
        made, _, name = "".join(self.read("publishing")).partition(" ")
        return name == path and os.path.isdir(self.shared + path) and os.path.isdir(made) and not os.path.lexists(made + "/copy")

    def is_linked(self, path):
        return host.linked(self.settings, path)

    def provisional(self, path):
        """Until the pair was served once, this host's own directory may be newer than the copy that was made of it."""
        return not self.read("served") and self.read("copied-by") == [self.settings["HOST"]] and not self.is_linked(path)

    def missing(self):
        return [path for path in self.directories if not self.listed(path) or self.provisional(path)]
