"""Compares two hosts' clocks by what each told, and when it was asked."""

# Seconds by which they may differ: certificates and the database need one time.
APART = 10


def apart(first, second):
    """Seconds by which two clocks surely differ, whatever the time that the questions took; None: one told no time."""
    spans = []
    for host in (first, second):
        if not host.get("clock"):
            return None
        clock = float(host["clock"])
        # A clock of whole seconds, read at some time between the question and the answer.
        spans.append((clock - host["answered"], clock + 1 - host["asked"]))
    (low, high), (other_low, other_high) = spans
    return max(0, low - other_high, other_low - high)
