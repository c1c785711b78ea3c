"""Keeps compiled what Python imports from zip files, which Python itself compiles anew each time.

Ansible sends each module as such a file: half of the lab's time on the hosts was this compilation. What is run is the
same; the key is the source.
"""

import _imp
import marshal
import os
import sys
import zipimport

FOLDER = "/var/cache/xcatha-lab-zipimport/" + sys.implementation.cache_tag

compile_source = zipimport._compile_source


def compile_once(path, source):
    kept = os.path.join(FOLDER, _imp.source_hash(0, source).hex())
    try:
        with open(kept, "rb") as file:
            return marshal.loads(file.read())
    except (OSError, EOFError, ValueError):
        code = compile_source(path, source)
    draft = "%s.%d" % (kept, os.getpid())
    try:
        os.makedirs(FOLDER, exist_ok=True)
        with open(draft, "wb") as file:
            file.write(marshal.dumps(code))
        os.rename(draft, kept)
    except OSError:
        pass  # A full or read-only disk: as without.
    return code


zipimport._compile_source = compile_once
