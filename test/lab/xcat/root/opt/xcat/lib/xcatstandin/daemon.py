"""xcatd: waits for its database, opens its ports, and runs the commands that clients send."""

import json
import os
import signal
import socket
import ssl
import subprocess
import sys
import time

from . import certificates, cli, location, policy, store, switches, system

PID_FILE = "/run/xcatd.pid"
TFTP_SERVER = "/usr/sbin/in.tftpd"
TFTP_ROOT = "/tftpboot"
TFTP_MAP = "/etc/tftpmapfile4xcat.conf"
DENIED = "Error: Permission denied for request\n"
RETRY_SECONDS = 1


def main():
    """Returns once the daemon answers, so that the unit's start means what it says."""
    where = location.read()
    database = _wait_for_database(where)
    if not database.site().get("xcatdport"):
        sys.stderr.write("ERROR: Need xcatdport defined in site table, try chtab key=xcatdport site.value=3001\n")
        return 255
    os.makedirs(TFTP_ROOT, exist_ok=True)
    try:
        sockets = _open_ports()
    except OSError as error:
        sys.stderr.write(f"xcatd: cannot open its ports: {error}\n")
        return 1
    ready_read, ready_write = os.pipe()
    if os.fork() == 0:
        os.close(ready_read)
        os.setsid()
        try:
            Daemon(where, database, sockets).run(ready_write)
        finally:
            os._exit(1)
    os.close(ready_write)
    return 0 if os.read(ready_read, 1) else 1


def _wait_for_database(where):
    """Tries for as long as nobody answers, with no bound; a database that refuses is an error."""
    told = False
    while True:
        try:
            return store.connect_and_create(where)
        except store.StoreRefused as error:
            sys.stderr.write(f"xcatd: the database refuses the tables: {error}\n")
            sys.exit(1)
        except store.StoreDown as error:
            if not told:
                sys.stderr.write(f"xcatd: waiting for the database: {error}\n")
                told = True
            time.sleep(RETRY_SECONDS)


def _open_ports():
    listener = _listen("", 3001)
    return listener, _listen_udp(3001), _listen("", 3002), _listen("127.0.0.1", 3003)


def _listen(address, port):
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind((address, port))
    listener.listen(64)
    return listener


def _listen_udp(port):
    listener = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    listener.bind(("", port))
    return listener


class Daemon:
    """The processes of xcatd: the listener for clients, and one for each of the other ports."""

    def __init__(self, where, database, sockets):
        self._where = where
        self._database = database
        self._held = database.hold()
        self._listener, self._udp, self._install, self._log = sockets
        self._children = []
        self._tftp = None

    def run(self, ready):
        os.chdir("/")
        _entitle("xcatd: SSL listener")
        os.makedirs("/run/xcat", exist_ok=True)
        self._hold_port("xcatd: UDP listener", self._udp, "udpservice")
        self._hold_port("xcatd: install monitor", self._install, "installservice")
        self._hold_port("xcatd: Command log writer", self._log, "cmdlogservice")
        self._start_tftp()
        signal.signal(signal.SIGTERM, self._stop)
        signal.signal(signal.SIGCHLD, signal.SIG_IGN)
        context = _server_context()
        for path in (PID_FILE, "/run/xcat/mainservice.pid"):
            system.write_file(path, f"{os.getpid()}")
        _detach_streams()
        os.write(ready, b"1")
        os.close(ready)
        while True:
            connection, _ = self._listener.accept()
            if os.fork() == 0:
                signal.signal(signal.SIGTERM, signal.SIG_DFL)
                signal.signal(signal.SIGCHLD, signal.SIG_DFL)
                try:
                    self._listener.close()
                    _serve(connection, context, self._where)
                finally:
                    os._exit(0)
            connection.close()

    def _hold_port(self, title, listener, name):
        """Ports whose protocols the stand-in does not speak are held all the same."""
        child = os.fork()
        if child == 0:
            _entitle(title)
            for other in (self._listener, self._udp, self._install, self._log):
                if other is not listener:
                    other.close()
            _detach_streams()
            while True:
                if listener.type == socket.SOCK_DGRAM:
                    listener.recv(65536)
                else:
                    listener.accept()[0].close()
        self._children.append(child)
        listener.close()
        system.write_file(f"/run/xcat/{name}.pid", str(child))

    def _start_tftp(self):
        """xCAT ends every other tftp server and runs its own."""
        if not os.path.exists(TFTP_SERVER):
            return
        for entry in filter(str.isdigit, os.listdir("/proc")):
            if _title_of(entry) == "in.tftpd":
                os.kill(int(entry), signal.SIGTERM)
        silent = {name: subprocess.DEVNULL for name in ("stdin", "stdout", "stderr")}
        self._tftp = subprocess.Popen([TFTP_SERVER, "-v", "-L", "-s", TFTP_ROOT, "-m", TFTP_MAP], **silent)

    def _stop(self, *_):
        if not self._database.answers():
            time.sleep(switches.number("slow-xcatd-stop"))
        if self._tftp is not None:
            self._tftp.terminate()
        for child in self._children:
            _end(child)
        if os.path.exists(PID_FILE):
            os.unlink(PID_FILE)
        os._exit(0)


def _end(child):
    """End a child, which systemd may have ended already."""
    try:
        os.kill(child, signal.SIGTERM)
        os.waitpid(child, 0)
    except (ProcessLookupError, ChildProcessError):
        pass


def _server_context():
    """None without certificates: such an xcatd runs and no client can talk to it."""
    if not certificates.exist():
        sys.stderr.write("xcatd: no certificates in /etc/xcat/cert\n")
        return None
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(os.path.join(certificates.SERVER, "server-cred.pem"))
    context.load_verify_locations(os.path.join(certificates.SERVER, "ca.pem"))
    context.verify_mode = ssl.CERT_REQUIRED
    return context


def _serve(connection, context, where):
    if context is None:
        return
    connection.settimeout(60)
    secure = context.wrap_socket(connection, server_side=True)
    secure.settimeout(None)
    user = dict(pair[0] for pair in secure.getpeercert()["subject"])["commonName"]
    with secure.makefile("rwb") as stream:
        request = json.loads(stream.readline())
        _entitle(f"xcatd SSL: {request['command']}")

        def send(answer):
            stream.write(json.dumps(answer).encode() + b"\n")
            stream.flush()

        def emit(target, text):
            send({"stream": target, "text": text})

        send({"exit": _run(request, user, where, emit)})
    secure.unwrap()


def _run(request, user, where, emit):
    try:
        tables = store.connect(where)
        if policy.allows(tables.rows("policy"), user, request["command"]):
            return cli.perform(request["command"], request["arguments"], emit, lambda: tables, request["data"])
    except (store.StoreDown, store.StoreRefused):
        pass
    emit("err", DENIED)
    return 1


def _entitle(title):
    with open("/proc/self/comm", "w", encoding="ascii") as file:
        file.write(title[:15])


def _title_of(process):
    try:
        with open(f"/proc/{process}/comm", encoding="utf-8") as file:
            return file.read().strip()
    except OSError:
        return ""


def _detach_streams():
    """Keep no terminal or pipe of the caller open."""
    null = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(null, stream)
    os.close(null)
