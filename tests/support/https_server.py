"""A real HTTPS server on this machine, with an authority and certificates of its own: the public web in the small."""

import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

Page = Callable[[BaseHTTPRequestHandler], None]


@dataclass(frozen=True, slots=True)
class Authority:
    """Signs certificates; `file` holds its own, for those who are to trust it."""

    file: Path
    key: ec.EllipticCurvePrivateKey
    certificate: x509.Certificate

    @classmethod
    def made(cls, folder: Path, name: str = "Authority of the tests") -> "Authority":
        key = ec.generate_private_key(ec.SECP256R1())
        certificate = _certificate(name, name, key, key, authority=True)
        file = folder / f"{name.replace(' ', '-').lower()}.pem"
        file.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
        return cls(file, key, certificate)

    def context(self, host: str, folder: Path) -> ssl.SSLContext:
        """For a server that is to be believed to be `host`."""
        key = ec.generate_private_key(ec.SECP256R1())
        issuer = str(self.certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)[0].value)
        certificate = _certificate(host, issuer, key, self.key, authority=False)
        file = folder / f"{host}.pem"
        private = key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        file.write_bytes(private + certificate.public_bytes(serialization.Encoding.PEM))
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(file)
        return context


@dataclass
class HttpsServer:
    """`pages` by path; `asked` is method, path and Host of every request that came through TLS."""

    host: str
    port: int
    authority: Authority
    pages: dict[str, Page] = field(default_factory=dict)
    asked: list[tuple[str, str, str]] = field(default_factory=list)
    released: threading.Event = field(default_factory=threading.Event)
    """Set at the end: a page may wait for it, and never answers before."""


@contextmanager
def serving(host: str, folder: Path, authority: Authority | None = None) -> Iterator[HttpsServer]:
    """Serves as `host` on a port of its own, until the block ends."""
    authority = authority or Authority.made(folder)
    context = authority.context(host, folder)
    server = _Server(("127.0.0.1", 0), _Handler)
    server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    server.web = HttpsServer(host, server.server_address[1], authority)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield server.web
    finally:
        server.web.released.set()
        server.shutdown()
        thread.join()
        server.server_close()


def page(content: bytes, status: int = 200, **headers: str) -> Page:
    """Answers with these bytes; a header's underscores are hyphens."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.send_header("Content-Length", str(len(content)))
        handler.end_headers()
        if handler.command != "HEAD":
            handler.wfile.write(content)

    return answer


class _Server(ThreadingHTTPServer):
    web: HttpsServer

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that ends a connection, or does not believe the certificate, is what the tests are about."""


class _Handler(BaseHTTPRequestHandler):
    server: _Server

    def do_GET(self) -> None:
        web = self.server.web
        web.asked.append((self.command, self.path, self.headers["Host"]))
        web.pages.get(self.path, page(b"nothing here", 404))(self)

    do_HEAD = do_GET  # noqa: N815 - the name that the server looks for

    def log_message(self, *_: object) -> None:
        """Not into the tests' output."""


def _certificate(
    name: str,
    issuer: str,
    key: ec.EllipticCurvePrivateKey,
    signs: ec.EllipticCurvePrivateKey,
    *,
    authority: bool,
) -> x509.Certificate:
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)]))
        .issuer_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, issuer)]))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(signs.public_key()), critical=False)
    )
    if authority:
        usage = x509.KeyUsage(
            digital_signature=True, key_cert_sign=True, crl_sign=True, content_commitment=False,
            key_encipherment=False, data_encipherment=False, key_agreement=False, encipher_only=False,
            decipher_only=False,
        )  # fmt: skip
        made = made.add_extension(usage, critical=True)
    else:
        made = made.add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
    return made.sign(signs, hashes.SHA256())
