"""Commands that work on single tables and rows."""

import getopt

from . import csvtables, noderange
from .request import CommandFailed, Usage
from .schema import TABLES


def tabdump(request):
    if not request.arguments:
        for name in sorted(TABLES):
            request.say(name)
        return 0
    table = request.arguments[-1]
    _need_table(table)
    for line in csvtables.dump(table, request.store.rows(table)):
        request.say(line)
    return 0


def tabrestore(request):
    """Replace a table by the CSV that the caller read from its file."""
    table = request.arguments[0].rsplit("/", 1)[-1].partition(".")[0]
    _need_table(table)
    request.store.replace(table, csvtables.parse(request.data))
    request.say("Restore of Database Complete.")
    return 0


def tabch(request):
    options, words = _options(request, "d")
    where, changes = {}, {}
    table = None
    for word in words:
        name, _, value = word.partition("=")
        if "." in name and "=" in word:
            table, column = name.split(".", 1)
            changes[column] = value
        elif "=" in word:
            where[name] = value
        else:
            table = word
    if not where or table is None:
        raise Usage("Usage: tabch [-d] KEY=VALUE TABLE.COLUMN=VALUE ...")
    _need_table(table)
    _need_columns(table, list(where) + list(changes))
    if "-d" in options:
        request.store.delete(table, where)
    else:
        request.store.write(table, where, changes)
    return 0


def gettab(request):
    _, words = _options(request, "H")
    where = dict(word.split("=", 1) for word in words if "=" in word)
    wanted = [word.split(".", 1) for word in words if "=" not in word]
    if not where or not wanted or any(len(names) != 2 for names in wanted):
        raise Usage("Usage: gettab KEY=VALUE TABLE.COLUMN ...")
    for table, column in wanted:
        _need_table(table)
        _need_columns(table, [*where, column])
        for row in request.store.rows(table):
            if all(row.get(name) == value for name, value in where.items()):
                label = f"{table}.{column}: " if len(wanted) > 1 else ""
                request.say(label + row.get(column, ""))
    return 0


def nodels(request):
    _, words = _options(request, "")
    nodelist = request.store.rows("nodelist")
    existing = [row["node"] for row in nodelist]
    names = noderange.resolve(words[0], nodelist) if words else existing
    code = 0
    for name in sorted(names):
        if name not in existing:
            request.error(f"Invalid nodes and/or groups in noderange: {name}")
            code = 1
        elif len(words) < 2:
            request.say(name)
        else:
            _say_columns(request, name, words[1:])
    return code


def _say_columns(request, node, columns):
    for word in columns:
        table, _, column = word.partition(".")
        _need_table(table)
        values = [row.get(column, "") for row in request.store.rows(table) if row.get("node") == node]
        label = f"{node}: " if len(columns) == 1 else f"{node}: {word}: "
        request.say(label + (values[0] if values else ""))


def _options(request, short_options):
    try:
        pairs, words = getopt.getopt(request.arguments, short_options + "h")
    except getopt.GetoptError as error:
        raise Usage(str(error)) from error
    return dict(pairs), words


def _need_table(table):
    if table not in TABLES:
        raise CommandFailed(f"No such table: {table}")


def _need_columns(table, columns):
    for column in columns:
        if column not in TABLES[table].columns:
            raise CommandFailed(f"No such column: {table}.{column}")
