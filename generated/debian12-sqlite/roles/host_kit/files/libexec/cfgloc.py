"""Where xCAT's tables are: /etc/xcat/cfgloc, a line `SCHEME:dbname=xcatdb;host=ADDRESS|USER|PASSWORD`; absent on SQLite."""
import os
import re
import shutil

import kit

PATH = os.environ.get("XCATHA_CFGLOC", "/etc/xcat/cfgloc")

SCHEMES = {"postgresql": "Pg", "mariadb": "mysql"}
USERS = {"postgresql": "xcatadm", "mariadb": "xcatadmin"}

# What `lsxcatd -d` calls each database.
ENGINES = {"postgresql": "Pg", "mariadb": "mysql", "sqlite": "SQLite"}

LABELS = {"postgresql": "PostgreSQL", "mariadb": "MariaDB"}


class Location:
    """What cfgloc says: the database's name as in the model, the server's address and the password of xCAT's user."""

    def __init__(self, database, address, password):
        self.database, self.address, self.password = database, address, password


def read():
    """The location that xCAT has now. An empty file is no location: xCAT takes it for SQLite."""
    text = line()
    scheme = text.partition(":")[0]
    database = next((name for name, known in SCHEMES.items() if known == scheme), "sqlite")
    address = re.search(r"^[^|]*\bhost=([^|;]*)", text)
    return Location(database, address.group(1) if address else "", text.rpartition("|")[2])


def line():
    """The file's only line; an empty one when it is not there."""
    try:
        with open(PATH, encoding="utf-8") as file:
            return file.readline().rstrip("\n")
    except FileNotFoundError:
        return ""


def write(database, address, password):
    """Lets cfgloc name a database of the pair's."""
    replace("{}:dbname=xcatdb;host={}|{}|{}".format(SCHEMES[database], address, USERS[database], password))


def replace(text):
    """Puts a new line in the place of the old one at once; what it held is kept beside it."""
    keep()
    draft = PATH + ".new"
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text + "\n")
        file.flush()
        os.fsync(file.fileno())
    os.replace(draft, PATH)


def keep():
    """Copies the file beside itself; the copy's path, or an empty word when there is no file."""
    if not os.path.exists(PATH):
        return ""
    kept = kit.unique(PATH)
    shutil.copy2(PATH, kept)
    os.chmod(kept, 0o600)
    return kept


def put_back(kept):
    """Makes the location what it was when `keep` gave that path; what is there now moves aside."""
    if os.path.lexists(PATH):
        os.rename(PATH, kit.unique(PATH))
    if kept:
        shutil.copy2(kept, PATH + ".new")
        os.replace(PATH + ".new", PATH)
