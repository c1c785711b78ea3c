"""Who may run what: the policy table."""


def allows(rows, user, command):
    """The first row by priority that fits decides; without one the answer is no."""
    for row in sorted(rows, key=lambda row: float(row["priority"])):
        if row.get("disable") in ("1", "yes"):
            continue
        if row.get("name", user) == user and _names(row, command):
            return row.get("rule") in ("allow", "accept", "trusted")
    return False


def _names(row, command):
    return "commands" not in row or command in row["commands"].split(",")
