"""Where the tables are: the meaning of /etc/xcat/cfgloc."""

import os

DIRECTORY = "/etc/xcat"
CFGLOC = os.path.join(DIRECTORY, "cfgloc")


class Location:
    """A parsed cfgloc. The password is kept apart so that it is never printed by accident."""

    def __init__(self, engine, dbname="", host="", user="", password="", directory=DIRECTORY):
        self.engine = engine
        self.dbname = dbname
        self.host = host
        self.user = user
        self.password = password
        # Of SQLite's files.
        self.directory = directory

    def describe(self):
        """The lines of `lsxcatd -d`."""
        if self.engine == "SQLite":
            return ["dbengine=SQLite"]
        return [
            f"cfgloc={self._source()}|{self.user}",
            f"dbengine={self.engine}",
            f"dbname={self.dbname}",
            f"dbhost={self.host}",
            f"dbadmin={self.user}",
        ]

    def save(self, path=CFGLOC):
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            os.fchmod(file.fileno(), 0o600)
            file.write(f"{self._source()}|{self.user}|{self.password}\n")

    def _source(self):
        return f"{self.engine}:dbname={self.dbname};host={self.host}"


def read():
    """The location that cfgloc names; without a cfgloc, or with an empty one, it is SQLite."""
    try:
        with open(CFGLOC, encoding="ascii") as file:
            text = file.read().strip()
    except FileNotFoundError:
        text = ""
    if not text:
        return Location("SQLite")
    if text.startswith("SQLite:"):
        return Location("SQLite", directory=text.partition(":")[2])
    source, user, password = text.split("|", 2)
    engine, _, settings = source.partition(":")
    values = dict(setting.partition("=")[::2] for setting in settings.split(";"))
    return Location(engine, values.get("dbname", ""), values.get("host", ""), user, password)
