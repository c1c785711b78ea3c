"""MariaDB as xCAT's database: the database, and the addresses from which it lets xCAT's user in."""
import time

import kit


def _root(settings, statements, root_password):
    """Runs statements as MariaDB's root: by its socket, by that password, or by /root/.my.cnf.

    By standard input and environment: an argument would show the password in the list of processes.
    """
    return kit.run("mysql", "--batch", "--skip-column-names", timeout=int(settings["TIMEOUT_DATABASE"]),
                   input=statements, env={"MYSQL_PWD": root_password})


def _refused(settings, answer):
    if answer.timed_out:
        return kit.Refused("MariaDB did not answer root in {} s.".format(settings["TIMEOUT_DATABASE"]))
    return kit.Refused(
        "MariaDB does not let xCAT in from the pair's addresses, so xCAT keeps the one that it has. Root cannot ask MariaDB "
        "from where it lets xcatadmin in: not by its socket, nor with the vault's password. Put the password of MariaDB's "
        "root into /root/.my.cnf (mode 0600, 'password=' below '[mysql]'), and run this again.")


def make(settings, root_password):
    """Makes xCAT's empty database; tables of an earlier time are kept in a database of another name."""
    tables = _root(settings, "SELECT TABLE_NAME FROM information_schema.TABLES WHERE TABLE_SCHEMA = 'xcatdb';\n", root_password)
    if not tables.ok:
        raise _refused(settings, tables)
    kept = time.strftime("xcatdb_%Y%m%d_%H%M%S", time.gmtime())
    names = tables.out.split()
    statements = ["CREATE DATABASE {};".format(kept)] if names else []
    # xCAT's own set-up has Latin-1 here: keys over several columns would be too long otherwise.
    statements.append("CREATE DATABASE IF NOT EXISTS xcatdb DEFAULT CHARACTER SET latin1;")
    statements += ["RENAME TABLE xcatdb.`{0}` TO {1}.`{0}`;".format(name, kept) for name in names]
    made = _root(settings, "\n".join(statements) + "\n", root_password)
    if not made.ok:
        raise _refused(settings, made)


def admit(settings, addresses, password, root_password, check):
    """Lets xCAT's user in from these addresses with that password; what was let in before stays."""
    known = _root(settings, "SELECT Host FROM mysql.user WHERE User = 'xcatadmin';\n", root_password)
    if not known.ok:
        raise _refused(settings, known)
    missing = [address for address in addresses if address not in known.out.split()]
    literal = password.replace("\\", "\\\\").replace("'", "\\'")
    for address in missing:
        print("changed: xcatadmin may come from {}".format(address))
    if not missing or check:
        return
    statements = []
    for address in missing:
        statements.append("CREATE USER IF NOT EXISTS 'xcatadmin'@'{}' IDENTIFIED BY '{}';".format(address, literal))
        statements.append("GRANT ALL ON xcatdb.* TO 'xcatadmin'@'{}';".format(address))
    done = _root(settings, "\n".join(statements) + "\n", root_password)
    if not done.ok:
        raise _refused(settings, done)
