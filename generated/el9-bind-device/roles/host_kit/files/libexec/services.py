"""Asks each of the pair's services for what it is there for; systemd says active of many that no longer answer."""
import os
import re
import socket
import struct
import time

import kit
import processes
import xcatdb

# Seconds that each may take; a table is read by a process that xcatd has to start first.
LIMITS = {"xcatd": 15, "database": 8, "dns": 8, "dhcp": 8, "console": 8, "http": 8}
_PATIENCE = 5
_CONSERVER = os.environ.get("XCATHA_CONSERVER", "/etc/conserver.cf")
_DNS_PORT, _DHCP_PORT, _HTTP_PORT = (int(os.environ.get("XCATHA_PORT_" + name, port))
                                     for name, port in (("DNS", 53), ("DHCP", 67), ("HTTP", 80)))


def kinds(settings):
    """The services of this pair that can be asked, in the order in which they start."""
    has = {"database": settings["DATABASE_UNIT"], "xcatd": "xcatd", "dns": settings["DNS_UNIT"],
           "dhcp": settings["DHCP_UNIT"], "console": settings["CONSOLE_UNIT"], "http": settings["HTTP_UNIT"]}
    return {kind: unit for kind, unit in has.items() if unit}


def is_wanted(kind, settings):
    """Whether it has something to do: without a console in its configuration conserver would not start."""
    if kind != "console" or settings["CONSOLE"] != "conserver":
        return True
    try:
        with open(_CONSERVER, encoding="utf-8") as file:
            return re.search(r"(?m)^console ", file.read()) is not None
    except OSError:
        return False


def _living(kind, settings):
    """The service's processes; None of those that have no name of their own."""
    return processes.of_service(kind, settings, processes.all_of_host()) if kind in processes.units(settings) else None


def _halt(alive):
    if alive == []:
        return "does not run"
    # xcatd is several processes, each of which must go on.
    if alive and any(each.stopped for each in alive):
        return "does not answer (stopped by SIGSTOP)"
    return None


def halt(kind, settings):
    """Why the service cannot answer, however long one waits; None when it may yet."""
    return _halt(_living(kind, settings))


def fault(kind, settings):
    """What is wrong with the service, as the end of a sentence that begins with its unit; None when it answers."""
    alive = _living(kind, settings)
    halted = _halt(alive)
    if halted:
        return halted
    return {"xcatd": _xcatd, "database": database_fault, "dns": _dns, "dhcp": _dhcp, "console": _console, "http": _http}[kind](
        settings, alive)


def silent(kinds_asked, settings, seconds):
    """What is wrong with each of these that does not answer in all that time; one that cannot answer is not waited for."""
    end = time.monotonic() + seconds
    found, waiting = {}, list(kinds_asked)
    while waiting:
        for kind in list(waiting):
            wrong = fault(kind, settings)
            if wrong is None:
                waiting.remove(kind)
            elif halt(kind, settings) or time.monotonic() >= end:
                waiting.remove(kind)
                found[kind] = wrong
        if waiting:
            time.sleep(0.5)
    return found


def _xcatd(settings, _alive):
    try:
        xcatdb.ask("tabdump", "site", seconds=LIMITS["xcatd"] - 2, fits=xcatdb.is_table)
    except kit.Refused as refusal:
        return "cannot read its tables: {}".format(str(refusal).rstrip("."))
    return None


def database_fault(settings, _alive=None):
    """What is wrong with the pair's database on the virtual IP; None when it takes a connection there."""
    address, port = settings["VIRTUAL_ADDRESS"], settings["DATABASE_PORT"]
    if settings["DATABASE"] == "postgresql":
        answer = kit.run("pg_isready", "-q", "-h", address, "-p", port, "-t", str(_PATIENCE), timeout=_PATIENCE + 1)
        said = {0: None, 1: "refuses connections for now", 127: None}.get(answer.code, "does not answer on {}:{}".format(address, port))
        if answer.code != 127:
            return said
    return _tcp(address, int(port), b"", settings["DATABASE"] == "mariadb")


def _tcp(address, port, send, reads):
    """Connects, sends, and wants at least a byte back where the server has something to say."""
    try:
        with socket.create_connection((address, port), timeout=_PATIENCE) as client:
            client.sendall(send)
            if reads and not client.recv(1):
                return "closes connections to {}:{} at once".format(address, port)
    except OSError as error:
        return "does not answer on {}:{} ({})".format(address, port, error)
    return None


def _http(settings, _alive):
    host = settings["VIRTUAL_ADDRESS"]
    request = "GET / HTTP/1.0\r\nHost: {}\r\n\r\n".format(host).encode()
    return _tcp(host, _HTTP_PORT, request, True)


def _dhcp(_settings, alive):
    inodes = processes.bound().get(_DHCP_PORT, ())
    if not any(processes.holds(each, inodes) for each in alive):
        return "does not listen on port {}".format(_DHCP_PORT)
    return None


def _console(_settings, alive):
    inodes = [inode for found in processes.listening().values() for inode in found]
    return None if any(processes.holds(each, inodes) for each in alive) else "listens on no port"


def _soa(server, zone):
    """The response code to the question for the zone's SOA, 0 when it was answered; None when nothing came in time."""
    number = os.urandom(2)
    name = b"".join(bytes([len(part)]) + part.encode() for part in zone.rstrip(".").split("."))
    question = number + struct.pack("!5H", 0, 1, 0, 0, 0) + name + b"\0" + struct.pack("!2H", 6, 1)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as client:
        client.settimeout(1)
        for _ in range(3):
            try:
                client.sendto(question, (server, _DNS_PORT))
                answer = client.recv(4096)
            except OSError:
                continue
            if answer[:2] == number and len(answer) >= 12:
                flags, _, answers = struct.unpack("!3H", answer[2:8])
                return flags & 15 or (0 if answers else -1)
    return None


def _dns(settings, _alive):
    server, zone = settings["VIRTUAL_ADDRESS"], settings["DOMAIN"]
    code = _soa(server, zone)
    if code:
        # The tables may have another domain than the model, which is for an xCAT that has none.
        answer = kit.xcat("tabdump", "site", timeout=3)
        own = re.search(r'^"domain","([^"]+)"', answer.out, re.MULTILINE)
        if own and own.group(1) != zone:
            zone = own.group(1)
            code = _soa(server, zone)
    if code is None:
        return "does not answer on {}:{}".format(server, _DNS_PORT)
    return None if code == 0 else "does not serve the zone {}".format(zone)
