"""The client's side: sends a command to xcatd and shows what comes back."""

import errno
import json
import os
import select
import socket
import ssl
import stat
import sys

from . import certificates

DEFAULT_SERVER = "localhost:3001"
CONNECT_TIMEOUT = 20
_TAKE_FILES = {"chdef", "lsdef", "mkdef", "rmdef"}
_TAKE_NOTHING = {"chtab", "tabrestore"}
_ORIGIN = "at /opt/xcat/lib/perl/xCAT/Client.pm line 248."


def take_input(command):
    """All that stands in standard input, as nearly every client of xCAT takes it before it does anything; "" if it takes none.

    Without TERM it is read whatever it is, as soon as it says something within a second; with TERM a pipe is read, and
    by the commands for objects all that is no terminal.
    """
    if command in _TAKE_NOTHING:
        return ""
    try:
        mode = os.fstat(0).st_mode
    except OSError:
        return ""
    if "TERM" not in os.environ:
        wanted = bool(select.select([0], [], [], 1)[0])
    elif command in _TAKE_FILES:
        wanted = not os.isatty(0)
    else:
        wanted = stat.S_ISFIFO(mode)
    return sys.stdin.buffer.read().decode("utf-8", "replace") if wanted else ""


def call(command, arguments, data, taken):
    """Run a command in xcatd; the exit code is the command's, or the errno of a failed connection."""
    server = os.environ.get("XCATHOST") or DEFAULT_SERVER
    host, _, port = server.partition(":")
    try:
        connection = socket.create_connection((host, int(port or 3001)), timeout=CONNECT_TIMEOUT)
    except socket.gaierror:
        return _fail(server, f"IO::Socket::INET: Bad hostname '{host}'", errno.EINVAL)
    except socket.timeout:
        return _fail(server, f"IO::Socket::INET: connect: {os.strerror(errno.ETIMEDOUT)}", errno.ETIMEDOUT)
    except OSError as error:
        return _fail(server, f"IO::Socket::INET: connect: {os.strerror(error.errno)}", error.errno)
    connection.settimeout(None)
    try:
        secure = _context().wrap_socket(connection)
        return _converse(secure, {"command": command, "arguments": arguments, "data": data, "stdin": taken})
    except OSError as error:
        reason = getattr(error, "reason", None) or str(error)
        return _fail(server, f"SSL connect attempt failed: {reason}", 255)


def _context():
    """Both sides show certificates of the same authority; names in them are not compared."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    directory = certificates.client_directory()
    context.load_verify_locations(os.path.join(directory, "ca.pem"))
    context.load_cert_chain(os.path.join(directory, "client-cred.pem"))
    return context


def _converse(connection, request):
    with connection, connection.makefile("rwb") as stream:
        stream.write(json.dumps(request).encode() + b"\n")
        stream.flush()
        for line in stream:
            answer = json.loads(line)
            if "exit" in answer:
                return answer["exit"]
            target = sys.stdout if answer["stream"] == "out" else sys.stderr
            target.write(answer["text"])
    raise ConnectionError("xcatd closed the connection")


def _fail(server, reason, code):
    sys.stderr.write(f"Connection failure: {reason} {_ORIGIN}\n")
    sys.stdout.write(f"Unable to open socket connection to xcatd daemon on {server}.\n")
    sys.stdout.write("Verify that the xcatd daemon is running and that your SSL setup is correct.\n")
    return code
