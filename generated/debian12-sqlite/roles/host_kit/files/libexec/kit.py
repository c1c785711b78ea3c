"""What the programs of the host kit share: the host's settings, bounded commands, and how xCAT's clients are called.

Python 3.6 and its standard library: what EL 8 and SLES 15 have.
"""
import os
import re
import shlex
import subprocess
import sys
import time

SETTINGS_FILE = os.environ.get("XCATHA_CONF", "/etc/xcatha/host.conf")

# The tables' directory of xCAT's commands is on nobody's PATH under Ansible or systemd.
XCAT_ENVIRONMENT = {
    "XCATROOT": "/opt/xcat",
    "PATH": "/opt/xcat/bin:/opt/xcat/sbin:" + os.environ.get("PATH", "/usr/sbin:/usr/bin:/sbin:/bin"),
    # Without it xCAT's clients wait a second for standard input.
    "TERM": "dumb",
    "LC_ALL": "C",
}


class Refused(Exception):
    """Ends a program with one sentence for people, and the exit code 1."""


def read_settings(path=None):
    """The settings of this host, KEY=VALUE a line, quoted as in the shell."""
    found = {}
    try:
        with open(path or SETTINGS_FILE, encoding="utf-8") as file:
            for line in file:
                key, _, value = line.strip().partition("=")
                if key and not key.startswith("#"):
                    found[key] = " ".join(shlex.split(value))
    except OSError as error:
        raise Refused("The settings of this host cannot be read: {}: {}. Run standby.yml or setup.yml.".format(path or SETTINGS_FILE, error.strerror))
    return found


# Another name of it, which `carried` replaces by what it was given.
settings = read_settings


class Answer:
    """What a command left: its exit code, None when it did not end in time or is not there, and what it printed."""

    def __init__(self, code, out, err):
        self.code, self.out, self.err = code, out, err

    @property
    def ok(self):
        return self.code == 0

    @property
    def timed_out(self):
        return self.code is None


def run(*argv, timeout, input=None, env=None):
    """Runs a command, at most `timeout` seconds long. Its standard input is `input`, and closed without one."""
    environment = dict(os.environ, **(env or {}))
    given = {"input": input} if input is not None else {"stdin": subprocess.DEVNULL}
    try:
        # Whatever the locale is: xCAT's tables hold letters outside ASCII.
        done = subprocess.run(argv, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8",
                              errors="surrogateescape", timeout=timeout, env=environment, **given)
    except FileNotFoundError as error:
        return Answer(127, "", str(error))
    except (OSError, subprocess.TimeoutExpired) as error:
        return Answer(None, "", str(error))
    return Answer(done.returncode, done.stdout, done.stderr)


def xcat(*argv, timeout, env=None):
    """Runs one of xCAT's commands. They read their standard input to its end, so it is always closed.

    With XCATBYPASS a command prints, before its own output, which of xCAT's plugins it could not load.
    """
    answer = run(*argv, timeout=timeout, env=dict(XCAT_ENVIRONMENT, **(env or {})))
    answer.out = re.sub(r"\A(?:Error loading module .*\.\.\.skipping\n)+", "", answer.out)
    return answer


def wait_for(question, seconds, pause=0.1):
    """Asks until the answer is true; false when it was not within that many seconds."""
    end = time.monotonic() + seconds
    while True:
        if question():
            return True
        if time.monotonic() >= end:
            return False
        time.sleep(pause)


def unique(path):
    """A name that nothing has yet, beside the given path."""
    stamp = "{}.xcatha-{}".format(path, time.strftime("%Y%m%dT%H%M%SZ", time.gmtime()))
    number = 0
    while os.path.lexists("{}-{}".format(stamp, number)):
        number += 1
    return "{}-{}".format(stamp, number)


def main(function):
    """Runs a program's main function with its arguments; a refusal is one sentence on standard error."""
    try:
        code = function(*sys.argv[1:])
    except Refused as refusal:
        sys.stderr.write("{}\n".format(refusal))
        code = 1
    except TypeError as error:
        if "positional argument" not in str(error):
            raise
        sys.stderr.write("{}: wrong number of arguments\n".format(os.path.basename(sys.argv[0])))
        code = 2
    sys.exit(code or 0)
