"""The CSV form in which tabdump prints a table and tabrestore reads it."""

import csv
import io

from .schema import TABLES


def dump(table, rows):
    columns = TABLES[table].columns
    lines = ["#" + ",".join(columns)]
    lines += [",".join(_quote(row.get(column)) for column in columns) for row in rows]
    return lines


def parse(text):
    lines = text.splitlines()
    columns = lines[0].lstrip("#").split(",")
    return [
        {column: value for column, value in zip(columns, fields) if value}
        for fields in csv.reader(io.StringIO("\n".join(lines[1:])))
        if fields
    ]


def _quote(value):
    if value is None:
        return ""
    return '"' + value.replace('"', '""') + '"'
