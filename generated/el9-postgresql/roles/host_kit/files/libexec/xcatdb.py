"""What the programs ask of xCAT: what stands in its tables, and whether it answers."""
import concurrent.futures
import csv
import io
import os
import re
import time

import kit

# Lets xCAT's commands read and write the tables past xcatd, which must not run then.
BYPASS = {"XCATBYPASS": "1"}

# Logs and measurements, which xCAT's own dump leaves out too.
NOT_DUMPED = re.compile(r"auditlog$|eventlog$|x_teal|isnm_perf")

# How many of xCAT's commands run side by side.
AT_ONCE = 4

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


def each_table(take, seconds, begin=lambda: None, env=None):
    """Reads every table but the logs, side by side, and gives the name and the text of each to a function.

    `begin` is called once it is known which tables there are. What stops one read, or the function, stops the rest.
    """
    end = time.monotonic() + seconds
    # A command that fails has printed nothing that is the name of a table.
    names = ask("tabdump", seconds=min(ATTEMPT, seconds), fits=is_list, env=env).split()
    begin()
    failed = []

    def read_one(name):
        if failed:
            return
        try:
            take(name, ask("tabdump", name, seconds=max(1, min(ATTEMPT, end - time.monotonic())), fits=is_table, env=env))
        except kit.Refused:
            # The tables that are still to come need not be tried.
            failed.append(name)
            raise

    # Past xcatd each command loads all of xCAT anew, two seconds of one processor.
    with concurrent.futures.ThreadPoolExecutor(min(AT_ONCE, os.cpu_count() or 1)) as pool:
        list(pool.map(read_one, [name for name in names if not NOT_DUMPED.match(name)]))


def dump(directory, seconds, env=None):
    """Writes every table into a new directory, a file TABLE.csv each; the logs are left out."""
    def write(name, text):
        with open(os.path.join(directory, name + ".csv"), "w", encoding="utf-8", errors="surrogateescape", newline="") as file:
            file.write(text)

    each_table(write, seconds, lambda: os.makedirs(directory, mode=0o700), env)


def is_list(text):
    """Whether that is a list of tables, which has the table of xCAT's settings."""
    return "site" in text.split()


def read(directory, name):
    """Rows of one table of a dump."""
    with open(os.path.join(directory, name), encoding="utf-8", errors="surrogateescape", newline="") as file:
        return parse(file.read())


def differing(before, after):
    """Names of the tables whose rows are not the same in both dumps, whatever their order."""
    names = {name for directory in (before, after) for name in os.listdir(directory)}
    return sorted(name[:-len(".csv")] for name in names if rows(before, name) != rows(after, name))


def rows(directory, name):
    """Rows of one table of a dump in an order of their own; None when the dump lacks the table."""
    if not os.path.exists(os.path.join(directory, name)):
        return None
    return sorted(tuple(row.items()) for row in read(directory, name))


def unit_state():
    """What systemd says of xcatd, a word."""
    return kit.run("systemctl", "is-active", "xcatd", timeout=ATTEMPT).out.strip() or "not known"


def stop(seconds):
    """Stops xcatd; its unit's own limit ends a stop that hangs."""
    stopped = kit.run("systemctl", "stop", "xcatd", timeout=seconds)
    if not stopped.ok:
        raise kit.Refused("xcatd {}.".format("did not stop in {} s".format(seconds) if stopped.timed_out else "cannot be stopped"))


def start():
    """Asks systemd for xcatd, and does not wait: its unit may take ten minutes to give up."""
    kit.run("systemctl", "reset-failed", "xcatd", timeout=ATTEMPT)
    kit.run("systemctl", "start", "--no-block", "xcatd", timeout=ATTEMPT)


def has_master(text):
    """Whether that is the table of xCAT's settings, with its rows."""
    return re.search('^"master",', text, re.M) is not None


def wait_for_xcatd(engine, seconds):
    """Waits until xCAT runs on that database (as `lsxcatd -d` calls it) and reads its settings from it.

    Each question may take as long as there is time: a busy host answers late. Ends early when xcatd has failed. A refusal
    tells the last question and its answer; a question that was not answered in time is no wrong answer.
    """
    begun = time.monotonic()
    questions = [(("lsxcatd", "-d"), lambda text: "dbengine=" + engine in text.split()), (("tabdump", "site"), has_master)]
    while questions:
        argv, fits = questions[0]
        answer = kit.xcat(*argv, timeout=max(1, min(ATTEMPT, begun + seconds - time.monotonic())))
        if answer.ok and fits(answer.out):
            del questions[0]
            continue
        spent, state = time.monotonic() - begun, unit_state()
        if spent >= seconds or spent >= 5 and state in ("failed", "inactive"):
            raise kit.Refused("xCAT does not answer on {} after {} s; xcatd's unit is {}: {} {}.".format(
                engine, int(spent), state, " ".join(argv), _failure(answer)))
        time.sleep(0.2)
