"""Node ranges: names, groups, cn[1-3], cn1-cn3, and lists of these with commas."""

import re

_BRACKETS = re.compile(r"^(.*)\[(\d+)-(\d+)\](.*)$")
_DASH = re.compile(r"^(.*?)(\d+)-\1(\d+)$")


def expand(text):
    """The names that a range stands for, without looking at any table."""
    names = []
    for part in text.split(","):
        names += _expand_part(part)
    return names


def resolve(text, nodelist):
    """The nodes of a range, where a group's name stands for its members."""
    names = []
    for part in text.split(","):
        members = [row["node"] for row in nodelist if part in row.get("groups", "").split(",")]
        names += members or _expand_part(part)
    return list(dict.fromkeys(names))


def _expand_part(part):
    match = _BRACKETS.match(part)
    if match:
        head, first, last, tail = match.groups()
        return [head + number + tail for number in _numbers(first, last)]
    match = _DASH.match(part)
    if match:
        head, first, last = match.groups()
        return [head + number for number in _numbers(first, last)]
    return [part] if part else []


def _numbers(first, last):
    return [str(number).zfill(len(first)) for number in range(int(first), int(last) + 1)]
