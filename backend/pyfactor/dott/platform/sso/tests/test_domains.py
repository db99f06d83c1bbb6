"""A domain is a business's own when its name servers say so, and not before."""

import socket
import struct
import threading
from collections.abc import Iterator
from typing import Any

import pytest

from dott.platform.sso import dns
from dott.platform.sso.models import Domain
from dott.platform.sso.tests.support import DOMAINS

pytestmark = pytest.mark.django_db(transaction=True, databases="__all__")


class NameServer:
    """Answers TXT questions on the loopback address with `texts`; `spoil` may change an answer."""

    def __init__(self) -> None:
        self.texts: dict[str, list[str]] = {}
        self.rcode = 0
        self.spoil: Any = lambda answer: [answer]
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.bind(("127.0.0.1", 0))
        self.address = f"127.0.0.1:{self.socket.getsockname()[1]}"

    def serve(self) -> None:
        while True:
            question, client = self.socket.recvfrom(4096)
            if not question:
                return
            for answer in self.spoil(self.answered(question)):
                self.socket.sendto(answer, client)

    def answered(self, question: bytes) -> bytes:
        labels, at = [], 12
        while question[at]:
            labels.append(question[at + 1 : at + 1 + question[at]].decode())
            at += question[at] + 1
        found = self.texts.get(".".join(labels), [])
        records = b""
        for text in found:
            parts = [text.encode()[i : i + 20] for i in range(0, len(text), 20)]
            data = b"".join(bytes([len(part)]) + part for part in parts)
            records += struct.pack("!HHHIH", 0xC00C, 16, 1, 60, len(data)) + data
        flags = 0x8180 | (self.rcode or (0 if found else 3))
        head = question[:2] + struct.pack("!HHHHH", flags, 1, len(found), 0, 0)
        return head + question[12 : at + 5] + records


@pytest.fixture
def name_server(settings: Any) -> Iterator[NameServer]:
    server = NameServer()
    settings.DNS_SERVERS = [server.address]
    thread = threading.Thread(target=server.serve)
    thread.start()
    yield server
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as stop:
        stop.sendto(b"", server.socket.getsockname())
    thread.join()
    server.socket.close()


def test_the_record_makes_it_the_business_s(world: Any, api_as: Any, name_server: NameServer) -> None:
    alice = api_as("alice")
    domain = alice.post(DOMAINS, {"name": "corp.test"}).json()
    verify = f"{DOMAINS}{domain['id']}/verify/"
    assert alice.post(verify).json()["code"] == "record_not_found"
    name_server.texts["_dott.corp.test"] = ["v=spf1 -all", domain["proof"] + "x"]
    assert alice.post(verify).status_code == 409
    assert Domain.objects.get().verified_at is None
    name_server.texts["_dott.corp.test"] = ["v=spf1 -all", domain["proof"]]
    answer = alice.post(verify)
    assert (answer.status_code, answer.json()["verified_at"] is None) == (200, False)


def test_whoever_shows_it_now_takes_the_domain(world: Any, api_as: Any, name_server: NameServer) -> None:
    for name in ("alice", "bob"):
        domain = api_as(name).post(DOMAINS, {"name": "corp.test"}).json()
        name_server.texts["_dott.corp.test"] = [domain["proof"]]
        assert api_as(name).post(f"{DOMAINS}{domain['id']}/verify/").status_code == 200
    held = Domain.objects.filter(verified_at__isnull=False)
    assert [domain.business_id for domain in held] == [world.bikes]


def test_answers_to_other_questions_do_not_count(name_server: NameServer) -> None:
    name_server.texts["a.test"] = ["right"]

    def forged(answer: bytes) -> list[bytes]:
        other_id = bytes([answer[0] ^ 1]) + answer[1:]
        other_name = answer.replace(b"\x01a\x04test", b"\x01b\x04test")
        wrong = [each.replace(b"right", b"wrong") for each in (other_id, other_name)]
        return [*wrong, answer]

    name_server.spoil = forged
    assert dns.txt_records("a.test") == ["right"]


@pytest.mark.parametrize(
    "answer",
    [
        b"",  # stands for a right one that was cut off
        b"\0",
        b"\0" * 12,
        b"\xff" * 200,
    ],
)
def test_rubbish_is_no_answer(name_server: NameServer, monkeypatch: Any, answer: bytes) -> None:
    monkeypatch.setattr(dns, "TIMEOUT_S", 0.2)
    name_server.texts["a.test"] = ["right"]
    name_server.spoil = lambda good: [answer or good[:-1]]
    with pytest.raises(dns.Unanswered):
        dns.txt_records("a.test")


def test_a_server_that_fails_is_no_answer(name_server: NameServer, world: Any, api_as: Any) -> None:
    name_server.rcode = 2
    alice = api_as("alice")
    domain = alice.post(DOMAINS, {"name": "corp.test"}).json()
    answer = alice.post(f"{DOMAINS}{domain['id']}/verify/")
    assert (answer.status_code, answer.json()["code"]) == (503, "name_server_silent")


def test_a_long_record_comes_in_parts(name_server: NameServer) -> None:
    name_server.texts["a.test"] = ["x" * 90, "y"]
    assert dns.txt_records("a.test") == ["x" * 90, "y"]


@pytest.mark.parametrize(
    "name",
    ["", "test", "-a.test", "a..test", "a_b.test", "1.2.3.4", "a.test/x", "x" * 64 + ".test", "a b.test"],
)
def test_what_is_no_domain(world: Any, api_as: Any, name: str) -> None:
    answer = api_as("alice").post(DOMAINS, {"name": name})
    assert answer.status_code == 400, answer.content
    assert answer.json()["errors"][0]["pointer"] == "/name"


def test_domains_in_other_scripts_are_kept_as_name_servers_have_them(world: Any, api_as: Any) -> None:
    assert api_as("alice").post(DOMAINS, {"name": "Bücher.test"}).json()["name"] == "xn--bcher-kva.test"
