"""A web of our own with real TLS: a certificate authority, a server of two hosts, and a client that finds it there."""

import gzip
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpcore
import httpx
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

HOST, OTHER_HOST, UNTRUSTED_HOST = "www.x.example", "andere.example", "fremd.example"
PUBLIC_IP = "93.184.215.14"  # what the names are said to lead to; the client connects to us instead
RSS = '<rss version="2.0"><channel><item><title>Neu</title><link>https://www.x.example/1</link></item></channel></rss>'
BOMB = gzip.compress(b"\0" * 20_000_000)
Key = ec.EllipticCurvePrivateKey


class Pages(BaseHTTPRequestHandler):
    """Every page there is, and what each of them does to a reader."""

    protocol_version = "HTTP/1.1"

    def do_HEAD(self) -> None:
        if self.path == "/nur-get":
            return self._say(405)
        return self._say(404 if self.path == "/weg" else 200, location=self._leads_to())

    def do_GET(self) -> None:
        match self.path:
            case "/rss":
                self._say(200, RSS.encode())
            case "/rss.gz":
                self._say(200, gzip.compress(RSS.encode()), encoding="gzip")
            case "/bombe":
                self._say(200, BOMB, encoding="gzip")
            case "/bricht-ab":
                self.send_response(200)
                self.send_header("Content-Length", "1000")
                self.end_headers()
                self.wfile.write(b"<rss")
                self.close_connection = True
            case "/weg":
                self._say(404)
            case _:
                self._say(200, b"gut", location=self._leads_to())

    def _leads_to(self) -> str:
        to = {
            "/umzug": "/rss",
            "/nach-nebenan": f"https://{OTHER_HOST}/rss",
            "/im-kreis": "/im-kreis",
            "/ins-haus": "https://169.254.169.254/latest/meta-data/",
            "/ohne-tls": f"http://{HOST}/rss",
            "/zu-fremden": f"https://{UNTRUSTED_HOST}/",
        }
        return to.get(self.path, "")

    def _say(self, status: int, body: bytes = b"", *, location: str = "", encoding: str = "") -> None:
        self.send_response(302 if location else status)
        for name, value in (("Location", location), ("Content-Encoding", encoding), ("Content-Length", f"{len(body)}")):
            if value:
                self.send_header(name, value)
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Says nothing."""


@dataclass(frozen=True, slots=True)
class Elsewhere(httpcore.NetworkBackend):
    """Connects to the server of this test, wherever a name is said to lead; remembers what it was asked for."""

    port: int
    asked: list[tuple[str, int]]

    def connect_tcp(self, host: str, port: int, *args: object, **more: object) -> httpcore.NetworkStream:
        self.asked.append((host, port))
        return httpcore.SyncBackend().connect_tcp("127.0.0.1", self.port, timeout=5)


@dataclass(frozen=True, slots=True)
class Web:
    """http: trusts our authority and nobody else. asked: addresses and ports that it connected to."""

    http: httpx.Client
    asked: list[tuple[str, int]]


@contextmanager
def served(folder: Path) -> Iterator[Web]:
    """The server, for as long as it is needed. folder: for the certificates."""
    authority, stranger = _key(), _key()
    certificate = _certificate("Unsere Stelle", authority, "Unsere Stelle", authority, ())
    trusted = _pair(folder / "ours.pem", "x", authority, "Unsere Stelle", (HOST, OTHER_HOST))
    untrusted = _pair(folder / "theirs.pem", "y", stranger, "Fremde Stelle", (UNTRUSTED_HOST,))
    server = ThreadingHTTPServer(("127.0.0.1", 0), Pages)
    server.socket = _by_name(trusted, untrusted).wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    trust = ssl.create_default_context(cadata=certificate.public_bytes(serialization.Encoding.PEM).decode())
    asked: list[tuple[str, int]] = []
    pool = httpcore.ConnectionPool(ssl_context=trust, network_backend=Elsewhere(server.server_address[1], asked))
    transport = httpx.HTTPTransport()
    transport._pool = pool  # httpx has no door for a network of one's own
    try:
        with httpx.Client(transport=transport, timeout=5, trust_env=False) as http:
            yield Web(http, asked)
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _by_name(trusted: Path, untrusted: Path) -> ssl.SSLContext:
    """Shows the certificate of the host that was asked for."""
    ours, theirs = (ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER) for _ in range(2))
    ours.load_cert_chain(trusted)
    theirs.load_cert_chain(untrusted)

    def choose(connection: ssl.SSLObject | ssl.SSLSocket, name: str | None, _: ssl.SSLContext) -> None:
        connection.context = theirs if name == UNTRUSTED_HOST else ours

    ours.sni_callback = choose
    return ours


def _key() -> Key:
    return ec.generate_private_key(ec.SECP256R1())


def _pair(file: Path, name: str, signs: Key, issuer: str, hosts: tuple[str, ...]) -> Path:
    key = _key()
    certificate = _certificate(name, key, issuer, signs, hosts)
    plain = serialization.NoEncryption()
    secret = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
    file.write_bytes(secret + certificate.public_bytes(serialization.Encoding.PEM))
    return file


def _certificate(name: str, key: Key, issuer: str, signs: Key, hosts: tuple[str, ...]) -> x509.Certificate:
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)]))
        .issuer_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, issuer)]))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.BasicConstraints(ca=not hosts, path_length=None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(signs.public_key()), critical=False)
    )
    if hosts:
        names = x509.SubjectAlternativeName([x509.DNSName(host) for host in hosts])
        made = made.add_extension(names, critical=False)
    else:
        usage = x509.KeyUsage(True, False, False, False, False, True, True, False, False)  # signs others
        made = made.add_extension(usage, critical=True)
    return made.sign(signs, hashes.SHA256())
