"""A harvest connects to the address that was checked, whatever the name stands for the next moment."""

import ssl
import threading
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from ipaddress import ip_address

import httpcore
import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from resursnav.deliver.exchange.formats import harvest as harvesting
from resursnav.deliver.exchange.formats.connecting import CheckedTransport
from resursnav.deliver.exchange.formats.harvest import Harvester
from resursnav.foundation.imports.reasons import Unreadable

from .test_harvests import answer, record

NAME = "katalog.example.org"


class Handler(BaseHTTPRequestHandler):
    """Answers every question with one record, and remembers for whom it was meant."""

    hosts: list[str]

    def do_GET(self):
        self.server.hosts.append(self.headers["Host"])
        body = answer(record(1)).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        """Nothing."""


def serve(context=None):
    server = HTTPServer(("127.0.0.1", 0), Handler)
    server.hosts = []
    if context is not None:
        server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


@pytest.fixture
def server():
    server = serve()
    yield server
    server.shutdown()
    server.server_close()


def certificate(folder, name):
    """A certificate for the name, signed by itself; the path to it and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = folder / f"{name}.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path.write_bytes(made.public_bytes(serialization.Encoding.PEM) + private)
    return path


@pytest.fixture
def no_proxy(monkeypatch):
    monkeypatch.setattr(harvesting, "getproxies", lambda: {"no": "localhost"})


def test_it_asks_the_checked_address_by_the_name(server, no_proxy):
    looked = []
    port = server.server_address[1]

    def resolve(host):
        looked.append(host)
        return ["127.0.0.1"]

    asking = Harvester(f"http://{NAME}:{port}/oai", allow_private=True, resolve=resolve)
    assert b"Vargen 1" in b"".join(asking.pieces())
    assert server.hosts == [f"{NAME}:{port}"]
    assert looked == [NAME]


def test_it_is_not_fooled_by_a_name_that_changes_its_address(server, no_proxy):
    answers = [["93.184.216.34"], ["127.0.0.1"], ["127.0.0.1"]]
    asking = Harvester(f"http://{NAME}:{server.server_address[1]}/oai", resolve=lambda host: answers.pop(0))
    with pytest.raises(Unreadable) as refused:
        list(asking.pieces())
    assert refused.value.reason == "harvest.private"
    assert server.hosts == []
    assert len(answers) == 1  # it was the connecting that looked the name up the second time, and nobody a third


def test_it_goes_on_to_the_next_address(server):
    transport = CheckedTransport(lambda host: ["127.0.0.2", "127.0.0.1"])
    with httpx.Client(transport=transport) as client:
        assert client.get(f"http://{NAME}:{server.server_address[1]}/").status_code == 200


def test_it_demands_a_certificate_for_the_name_and_not_for_the_address(tmp_path):
    for shown, good in ((NAME, True), ("annan.example.org", False)):
        path = certificate(tmp_path, shown)
        theirs = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        theirs.load_cert_chain(path)
        server = serve(theirs)
        transport = CheckedTransport(lambda host: ["127.0.0.1"], ssl.create_default_context(cafile=str(path)))
        with httpx.Client(transport=transport) as client:
            asked = f"https://{NAME}:{server.server_address[1]}/"
            if good:
                assert client.get(asked).status_code == 200
            else:
                with pytest.raises(httpx.NetworkError, match="certificate"):
                    client.get(asked)
        server.shutdown()
        server.server_close()


def test_it_says_what_goes_wrong_in_words_that_the_harvester_knows(monkeypatch):
    transport = CheckedTransport(lambda host: [])
    for below, above in (
        (httpcore.ReadTimeout("x"), httpx.TimeoutException),
        (httpcore.ReadError("x"), httpx.NetworkError),
        (httpcore.RemoteProtocolError("x"), httpx.ProtocolError),
    ):

        def broken(request, fault=below):
            raise fault

        monkeypatch.setattr(transport._pool, "handle_request", broken)
        with httpx.Client(transport=transport) as client, pytest.raises(above):
            client.get("http://x.example/")
    fresh = CheckedTransport(lambda host: [])
    with httpx.Client(transport=fresh) as client, pytest.raises(httpx.NetworkError, match="no address"):
        client.get("http://x.example/")


def test_it_lets_a_proxy_go_out_where_there_is_one(monkeypatch):
    monkeypatch.setattr(harvesting, "getproxies", lambda: {"https": "http://proxy.example:3128"})
    assert Harvester(f"https://{NAME}/oai")._transport() is None
    monkeypatch.setattr(harvesting, "getproxies", dict)
    assert isinstance(Harvester(f"https://{NAME}/oai")._transport(), CheckedTransport)


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.216.34", True),
        ("2606:2800:220:1::1", True),
        ("::ffff:93.184.216.34", True),
        ("::ffff:10.0.0.1", False),
        ("2002:0a00:0001::1", False),
        ("2002:5db8:d822::1", True),
        ("64:ff9b::10.0.0.1", False),
        ("64:ff9b::93.184.216.34", True),
        ("224.0.0.1", False),
        ("100.64.0.1", False),
        ("fe80::1%eth0", False),
    ],
)
def test_it_knows_the_open_internet(address, public):
    assert ip_address(address.partition("%")[0])
    assert harvesting._is_public(address) is public
