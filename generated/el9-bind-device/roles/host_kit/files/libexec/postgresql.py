"""PostgreSQL as xCAT's database: the role, the database that it owns, and whom the server lets in."""
import os
import re
import shutil

import kit

# Tables of an earlier time are kept under another name. The server must not write a statement with the password into its
# log. From version 15 on only the owner of a database may make tables in it.
ROLE = r"""
SELECT EXISTS (SELECT FROM pg_database WHERE datname = 'xcatdb') AS there \gset
\if :there
\connect xcatdb
SELECT EXISTS (SELECT FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')) AS used \gset
\connect postgres
\if :used
SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'xcatdb' \g /dev/null
SELECT format('ALTER DATABASE xcatdb RENAME TO %I', to_char(clock_timestamp(), '"xcatdb_"YYYYMMDD"_"HH24MISS')) \gexec
\endif
\endif
SET log_statement = 'none';
SET log_min_error_statement = 'panic';
SET log_min_duration_statement = -1;
SELECT 'CREATE ROLE xcatadm LOGIN' WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'xcatadm') \gexec
ALTER ROLE xcatadm LOGIN PASSWORD 'THE_PASSWORD';
SELECT 'CREATE DATABASE xcatdb OWNER xcatadm' WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = 'xcatdb') \gexec
ALTER DATABASE xcatdb OWNER TO xcatadm;
"""


def make(settings, password):
    """Makes xCAT's role, with that password, and its empty database."""
    psql = ["psql", "-X", "-v", "ON_ERROR_STOP=1", "-q", "-d", "postgres"]
    made = kit.run("runuser", "-u", settings["DATABASE_USER"], "--", *psql,
                   timeout=int(settings["TIMEOUT_DATABASE"]), input=ROLE.replace("THE_PASSWORD", password))
    if not made.ok:
        raise kit.Refused("PostgreSQL did not make xCAT's role and database: {}".format(
            "it did not answer in time" if made.timed_out else made.err.replace(password, "*").strip()))


def admit(settings, addresses, check):
    """Lets xCAT in from these addresses, and listens on the virtual IP; whether a file changed."""
    rules, configuration = settings["DATABASE_HBA"], settings["DATABASE_CONFIG"]
    text = _text(rules)
    lines = ["host    xcatdb          xcatadm         {}/32            md5".format(address)
             for address in addresses if not _is_let_in(text, address)]
    changed = _append(rules, lines, check)
    virtual = settings["VIRTUAL_ADDRESS"]
    found = re.findall(r"^\s*listen_addresses\s*=\s*'([^']*)'", _text(configuration), re.M)
    listens = found[-1].replace(" ", "").split(",") if found else []
    if not {"*", virtual} & set(listens):
        line = "listen_addresses = 'localhost,{}'  # by xcatha: the virtual IP".format(virtual)
        changed = _append(configuration, [line], check) or changed
    return changed


def _is_let_in(text, address):
    rule = r"^\s*host[a-z]*\s+(all|xcatdb)\s+(all|xcatadm)\s+{}/32\s".format(re.escape(address))
    return re.search(rule, text, re.M) is not None


def _text(path):
    try:
        with open(path, encoding="utf-8", errors="surrogateescape") as file:
            return file.read()
    except OSError as error:
        raise kit.Refused("PostgreSQL's {} cannot be read: {}.".format(path, error.strerror))


def _append(path, lines, check):
    """Appends lines to a file, which is kept beside it; whether there was any."""
    for line in lines:
        print("changed: {}: {}".format(path, line))
    if lines and not check:
        kept = kit.unique(path)
        shutil.copy2(path, kept)
        status = os.stat(path)
        os.chown(kept, status.st_uid, status.st_gid)
        before = _text(path)
        with open(path, "a", encoding="utf-8") as file:
            file.write(("" if before.endswith("\n") or not before else "\n") + "".join(line + "\n" for line in lines))
    return bool(lines)
