"""What the programs ask of xCAT: what stands in its tables, and whether it answers."""
import csv
import io
import os
import re
import time

import kit

# Logs and measurements, which xCAT's own dump leaves out too.
NOT_DUMPED = re.compile(r"auditlog$|eventlog$|x_teal|isnm_perf")

# One attempt; a busy host was seen to need more than 20 s for an answer.
ATTEMPT = 60


def ask(*argv, seconds, fits=None, env=None):
    """What one of xCAT's commands prints. Asked again until it succeeds and its output fits, at most so many seconds.

    A refusal says which it was: no answer in time, an error, or an answer that does not fit.
    """
    end = time.monotonic() + seconds
    while True:
        answer = kit.xcat(*argv, timeout=max(1, min(ATTEMPT, end - time.monotonic())), env=env)
        if answer.ok and (fits is None or fits(answer.out)):
            return answer.out
        if time.monotonic() >= end:
            raise kit.Refused("{} {} within {} s.".format(" ".join(argv), _failure(answer), seconds))
        time.sleep(0.2)


def _failure(answer):
    if answer.timed_out:
        return "did not answer"
    said = (answer.err.strip() or answer.out.strip() or "nothing").splitlines()[-1]
    return ("gave no fitting answer ({})" if answer.ok else "failed ({})").format(said)


def is_table(text):
    """Whether that is the output of tabdump, which may print an error and end with 0."""
    return text.startswith("#")


def parse(text):
    """Rows of what tabdump prints: CSV whose first line names the columns after a `#`."""
    lines = csv.reader(io.StringIO(text))
    columns = next(lines)
    columns[0] = columns[0].lstrip("#")
    return [dict(zip(columns, line)) for line in lines if line]


def dump(directory, seconds):
    """Writes every table into a new directory, a file TABLE.csv each; the logs are left out."""
    end = time.monotonic() + seconds
    names = ask("tabdump", seconds=seconds, fits=str.strip).split()
    os.makedirs(directory, mode=0o700)
    for name in names:
        if NOT_DUMPED.match(name):
            continue
        text = ask("tabdump", name, seconds=max(1, end - time.monotonic()), fits=is_table)
        with open(os.path.join(directory, name + ".csv"), "w", encoding="utf-8", newline="") as file:
            file.write(text)
