"""lsdef, mkdef, chdef and rmdef."""

import getopt

from . import noderange, objects
from .request import CommandFailed, Usage

MADE = "{} object definitions have been created or modified."


def lsdef(request):
    options, kind, names, _ = _parse(request, "t:o:i:alh")
    found = objects.load(request.store, kind)
    wanted = _wanted(request, kind, names) if names else sorted(found)
    if not wanted:
        request.say("Could not find any object definitions to display.")
        return 0
    missing = [name for name in wanted if name not in found]
    for name in missing:
        request.error(f"Could not find an object named '{name}' of type '{kind}'.")
    present = [name for name in wanted if name in found]
    if not present:
        request.say("No object definitions have been found")
        return 1
    attributes = options["-i"].split(",") if "-i" in options else None
    if not names and attributes is None and "-l" not in options:
        for name in present:
            request.say(f"{name}  ({kind})")
        return 0
    for name in present:
        request.say(f"Object name: {name}")
        for attribute, value in sorted(found[name].items()):
            if attributes is None or attribute in attributes:
                request.say(f"    {attribute}={value}")
    return 1 if missing else 0


def mkdef(request):
    options, kind, names, attributes = _parse(request, "t:o:fh")
    _need_names(names)
    existing = objects.load(request.store, kind)
    for name in names:
        if name in existing and "-f" not in options:
            raise CommandFailed(
                f"The definition of the {kind} '{name}' already exists. "
                "Use the force option to override an existing definition."
            )
    return _save(request, kind, names, attributes)


def chdef(request):
    _, kind, names, attributes = _parse(request, "t:o:h")
    _need_names(names)
    return _save(request, kind, _wanted(request, kind, names), attributes)


def rmdef(request):
    _, kind, names, _ = _parse(request, "t:o:fh")
    _need_names(names)
    existing = objects.load(request.store, kind)
    removed = 0
    for name in _wanted(request, kind, names):
        if name in existing:
            objects.remove(request.store, kind, name)
            removed += 1
        else:
            request.error(f"Could not find an object named '{name}' of type '{kind}'.")
    if not removed:
        request.say("No objects have been removed from the xCAT database.")
        return 1
    request.say(f"{removed} object definitions have been removed.")
    return 0


def _save(request, kind, names, attributes):
    for name in names:
        objects.save(request.store, kind, name, attributes)
    request.say(MADE.format(len(names)))
    return 0


def _parse(request, short_options):
    """The options, the type, the names and the attributes of a command line."""
    try:
        pairs, words = getopt.gnu_getopt(request.arguments, short_options)
    except getopt.GetoptError as error:
        raise Usage(str(error)) from error
    options = dict(pairs)
    if "-h" in options:
        raise Usage("Usage: [-t TYPE] [-o NAMES] [NAMES] [ATTRIBUTE=VALUE ...]")
    kind = options.get("-t", "node")
    if kind not in objects.TYPES:
        raise CommandFailed(f"'{kind}' is not a valid xCAT object type.")
    attributes = dict(word.split("=", 1) for word in words if "=" in word)
    names = [word for word in words if "=" not in word]
    if "-o" in options:
        names.insert(0, options["-o"])
    if kind == "site":
        names = names or ([objects.SITE_OBJECT] if attributes or "-i" in options or "-l" in options else [])
    expand = noderange.expand if kind == "node" else _split
    return options, kind, [name for text in names for name in expand(text)], attributes


def _split(text):
    return text.split(",")


def _wanted(request, kind, names):
    if kind != "node":
        return names
    return noderange.resolve(",".join(names), request.store.rows("nodelist"))


def _need_names(names):
    if not names:
        raise CommandFailed("No object names were provided.")
