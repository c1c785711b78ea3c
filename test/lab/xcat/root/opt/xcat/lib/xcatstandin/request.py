"""One call of a command: its arguments, where its output goes, and the tables it works on."""

import socket


class CommandFailed(Exception):
    """Ends a command with an error line and an exit code."""

    def __init__(self, message, code=1):
        super().__init__(message)
        self.code = code


class Usage(Exception):
    """Ends a command with a usage text and exit code 1."""


class Request:
    def __init__(self, arguments, emit, open_store, data=""):
        self.arguments = list(arguments)
        self.data = data
        self._emit = emit
        self._open_store = open_store
        self._store = None

    @property
    def store(self):
        if self._store is None:
            self._store = self._open_store()
        return self._store

    def say(self, line=""):
        self._emit("out", line + "\n")

    def warn(self, message):
        self._emit("err", f"Warning: [{short_hostname()}]: {message}\n")

    def error(self, message):
        self._emit("err", f"Error: [{short_hostname()}]: {message}\n")

    def complain(self, line):
        """A line on standard error without a prefix."""
        self._emit("err", line + "\n")


def short_hostname():
    return socket.gethostname().split(".")[0]
