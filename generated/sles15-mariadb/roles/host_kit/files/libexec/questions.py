"""Asks many questions side by side, each within its own time."""
import json
import os
import select
import signal
import sys
import time


class Late(Exception):
    """A question had no answer within its time."""


def ask(questions):
    """Answers to the questions, which are functions by name, each with its limit in seconds: {name: (function, seconds)}.

    Each is asked by a process of its own, so that one that hangs (a dead file server) holds up nothing. An answer is
    whatever JSON can hold. In place of an answer that failed or came too late stands the exception.
    """
    begun = time.monotonic()
    waiting, answers = {}, {}
    for name, (function, seconds) in questions.items():
        reader, child = _start(function)
        waiting[reader] = (name, child, begun + seconds, seconds, [])
    while waiting:
        left = max(0, min(end for _, _, end, _, _ in waiting.values()) - time.monotonic())
        for reader in select.select(list(waiting), [], [], left)[0]:
            name, child, _, _, parts = waiting[reader]
            part = os.read(reader, 65536)
            parts.append(part)
            if not part:
                os.close(reader)
                del waiting[reader]
                answers[name] = _read(b"".join(parts))
        for reader, (name, child, end, seconds, _) in list(waiting.items()):
            if time.monotonic() >= end:
                # Not waited for: a process that hangs in the kernel does not end, not by SIGKILL either.
                _kill(child)
                os.close(reader)
                del waiting[reader]
                answers[name] = Late("no answer within {:g} s".format(seconds))
    return answers


def _start(function):
    reader, writer = os.pipe()
    child = os.fork()
    if child:
        os.close(writer)
        return reader, child
    try:
        # With the commands that it runs, it is a group that can be ended together.
        os.setsid()
        os.close(reader)
        # Who reads this program's output is not to wait for what hangs.
        nothing = os.open(os.devnull, os.O_RDWR)
        for standard in (0, 1, 2):
            os.dup2(nothing, standard)
        try:
            given = {"answer": function()}
        except Exception as error:  # pylint: disable=broad-except
            given = {"failed": "{}".format(error) or type(error).__name__}
        text = json.dumps(given).encode()
        while text:
            text = text[os.write(writer, text):]
    finally:
        os._exit(0)


def _read(text):
    given = json.loads(text.decode()) if text else {"failed": "the question itself was ended"}
    return given["answer"] if "answer" in given else RuntimeError(given["failed"])


def _kill(child):
    for end in (os.killpg, os.kill):
        try:
            end(child, signal.SIGKILL)
        except OSError:
            pass


def or_else(answer, value):
    """The answer, or another value in place of one that did not come."""
    return value if isinstance(answer, Exception) else answer


def quit_now():
    """Ends this program without waiting for a question that hangs."""
    sys.stdout.flush()
    os._exit(0)
