"""The host's package manager: which packages of xCAT are here, what an upgrade would change, and the upgrade itself."""
import kit

ASK = 300


class Apt:
    environment = {"DEBIAN_FRONTEND": "noninteractive"}
    options = ("-o", "DPkg::Lock::Timeout=300", "-o", "Dpkg::Options::=--force-confdef", "-o", "Dpkg::Options::=--force-confold")

    def xcat(self):
        found = kit.run("dpkg-query", "-W", "-f", "${db:Status-Status} ${Package}\n", "xcat*", "perl-xcat", timeout=ASK)
        return sorted(line.split()[1] for line in found.out.splitlines() if line.startswith("installed "))

    def version(self, name):
        """The version of a package, without the distribution's own part; None when it is not installed."""
        found = kit.run("dpkg-query", "-W", "-f", "${Version}", name, timeout=ASK)
        return found.out.partition("-")[0] if found.ok else None

    def files(self, names):
        return kit.run("dpkg-query", "-L", *names, timeout=ASK).out.splitlines()

    def refresh(self):
        return kit.run("apt-get", "-q", *self.options, "update", timeout=ASK, env=self.environment)

    def upgradable(self, names):
        """Names and versions that an upgrade of these packages would install."""
        simulated = kit.run("apt-get", "-s", "-q", "-y", "--only-upgrade", "install", *names, timeout=ASK)
        if not simulated.ok:
            raise kit.Refused("apt-get cannot upgrade {}: {}".format(" ".join(names), last_line(simulated)))
        lines = [line.split() for line in simulated.out.splitlines() if line.startswith("Inst ")]
        return ["{} {}".format(words[1], next((word[1:] for word in words[2:] if word.startswith("(")), "")) for words in lines]

    def upgrade(self, names, timeout):
        return kit.run("apt-get", "-q", "-y", *self.options, "--only-upgrade", "install", *names,
                       timeout=timeout, env=self.environment)


class Rpm:
    """What dnf and zypper share: the database of packages."""

    def xcat(self):
        return sorted(kit.run("rpm", "-qa", "--qf", "%{NAME}\n", "xCAT*", "perl-xCAT*", timeout=ASK).out.split())

    def version(self, name):
        """The version of a package; None when it is not installed."""
        found = kit.run("rpm", "-q", "--qf", "%{VERSION}", name, timeout=ASK)
        return found.out if found.ok else None

    def files(self, names):
        return kit.run("rpm", "-ql", *names, timeout=ASK).out.splitlines()


class Dnf(Rpm):
    def refresh(self):
        return kit.run("dnf", "-q", "makecache", timeout=ASK)

    def upgradable(self, names):
        """Names and versions that an upgrade of these packages would install. dnf ends with 100 when there are any."""
        found = kit.run("dnf", "-q", "check-update", *names, timeout=ASK)
        if found.code not in (0, 100):
            raise kit.Refused("dnf cannot tell what it would upgrade: {}".format(last_line(found)))
        rows = [line.split() for line in found.out.splitlines()]
        return ["{} {}".format(*row[:2]) for row in rows if len(row) == 3]

    def upgrade(self, names, timeout):
        return kit.run("dnf", "-q", "-y", "upgrade", *names, timeout=timeout)


class Zypper(Rpm):
    def refresh(self):
        return kit.run("zypper", "--non-interactive", "--quiet", "refresh", timeout=ASK)

    def upgradable(self, names):
        """Names and versions that an upgrade of these packages would install, of zypper's table of updates."""
        found = kit.run("zypper", "--non-interactive", "--quiet", "list-updates", timeout=ASK)
        if not found.ok:
            raise kit.Refused("zypper cannot tell what it would upgrade: {}".format(last_line(found)))
        rows = [[cell.strip() for cell in line.split("|")] for line in found.out.splitlines() if line.startswith("v ")]
        return ["{} {}".format(row[2], row[4]) for row in rows if len(row) > 4 and row[2] in names]

    def upgrade(self, names, timeout):
        return kit.run("zypper", "--non-interactive", "--quiet", "update", *names, timeout=timeout)


def last_line(answer):
    """The last thing that a command said, for a message of one line."""
    lines = (answer.err.strip() or answer.out.strip()).splitlines()
    return lines[-1] if lines else "it said nothing"


def of(settings):
    """The host's package manager."""
    return {"apt": Apt, "dnf": Dnf, "zypper": Zypper}[settings["PACKAGE_MANAGER"]]()
