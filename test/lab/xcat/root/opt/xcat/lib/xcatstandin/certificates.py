"""xCAT's certificate authority, and the certificates that xcatd and its clients show each other."""

import os
import pwd
import shutil
import socket

from . import system
from .request import CommandFailed

AUTHORITY = "/etc/xcat/ca"
SERVER = "/etc/xcat/cert"
DAYS = "7300"


def client_directory():
    """~/.xcat by the password file, since HOME may be unset."""
    return os.path.join(pwd.getpwuid(os.getuid()).pw_dir, ".xcat")


def exist():
    return os.path.exists(os.path.join(SERVER, "server-cred.pem"))


def make():
    """A new authority, and under it a server's and root's certificate for the hostname of now."""
    for directory in (AUTHORITY, SERVER, client_directory()):
        _remove(directory)
    os.makedirs(os.path.join(AUTHORITY, "private"), mode=0o700)
    os.makedirs(SERVER, mode=0o700)
    os.makedirs(client_directory(), mode=0o755)

    hostname = socket.gethostname()
    names = dict.fromkeys([hostname, hostname.split(".")[0]])
    _make_authority()
    _issue(SERVER, "server", hostname, "subjectAltName=" + ",".join("DNS:" + name for name in names))
    _issue(client_directory(), "client", "root", "extendedKeyUsage=clientAuth")


def _remove(directory):
    """As rm -rf: of a link the link alone."""
    if os.path.islink(directory):
        os.unlink(directory)
    else:
        shutil.rmtree(directory, ignore_errors=True)


def _make_authority():
    key = os.path.join(AUTHORITY, "private", "ca-key.pem")
    certificate = os.path.join(AUTHORITY, "ca-cert.pem")
    _openssl("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", DAYS, "-subj", "/CN=xCAT CA", "-keyout", key, "-out", certificate)
    os.chmod(key, 0o600)
    os.chmod(certificate, 0o644)


def _issue(directory, role, common_name, extension):
    """KEY, request, certificate, and the credential that holds certificate and key together."""
    path = os.path.join(directory, role)
    authority = os.path.join(AUTHORITY, "ca-cert.pem")
    authority_key = os.path.join(AUTHORITY, "private", "ca-key.pem")
    extensions = os.path.join(AUTHORITY, role + ".ext")
    system.write_file(extensions, extension + "\n")
    _openssl("req", "-new", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=" + common_name, "-keyout", path + "-key.pem", "-out", path + "-req.pem")
    _openssl("x509", "-req", "-days", DAYS, "-in", path + "-req.pem", "-CA", authority, "-CAkey", authority_key, "-CAcreateserial", "-extfile", extensions, "-out", path + "-cert.pem")
    with open(path + "-cert.pem", encoding="ascii") as certificate, open(path + "-key.pem", encoding="ascii") as key:
        system.write_file(path + "-cred.pem", certificate.read() + key.read(), 0o600)
    for part in ("key", "req", "cert"):
        os.chmod(f"{path}-{part}.pem", 0o600)
    shutil.copy(authority, os.path.join(directory, "ca.pem"))


def _openssl(*words):
    result = system.run("openssl", *words)
    if result.returncode != 0:
        raise CommandFailed("openssl failed: " + result.stderr.strip())
