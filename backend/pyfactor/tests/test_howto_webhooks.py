"""The receiver of docs/howto/receive-webhooks.md does what the page says, run as it stands there."""

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from dott.platform.egress import client
from dott.platform.jobs.testing import run_queued
from dott.platform.webhooks import signing

pytestmark = pytest.mark.django_db(transaction=True, databases="__all__")

BACKEND = Path(__file__).resolve().parents[1]
TEXT = (BACKEND.parents[1] / "docs" / "howto" / "receive-webhooks.md").read_text(encoding="utf-8")
(PROGRAM,) = re.findall(r"^```python\n(.*?)^```$", TEXT, re.MULTILINE | re.DOTALL)
PATIENCE_S = 30


class Program:
    """The page's program, listening."""

    def __init__(self) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.address = f"127.0.0.1:{probe.getsockname()[1]}"
        self._process: subprocess.Popen[str] | None = None

    @property
    def url(self) -> str:
        return f"http://{self.address}/dott"

    def start(self, secret: str) -> None:
        env = {**os.environ, "DOTT_WEBHOOK_SECRET": secret, "PORT": self.address.partition(":")[2]}
        self._process = subprocess.Popen(
            [sys.executable, "-c", PROGRAM],
            env=env,
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        host, _, port = self.address.partition(":")
        ends = time.monotonic() + PATIENCE_S
        while not self._answers(host, int(port)):
            assert self._process.poll() is None and time.monotonic() < ends, "it does not start"
            time.sleep(0.05)

    @staticmethod
    def _answers(host: str, port: int) -> bool:
        with socket.socket() as probe:
            return probe.connect_ex((host, port)) == 0

    def line(self) -> str:
        """The next line it prints."""
        assert self._process is not None and self._process.stdout is not None
        return self._process.stdout.readline().strip()

    def end(self) -> str:
        """Stop it; what it had printed besides."""
        if self._process is None:
            return ""
        ended, self._process = self._process, None
        ended.kill()
        return ended.communicate()[0]


@pytest.fixture
def program(settings: Any) -> Iterator[Program]:
    running = Program()
    settings.EGRESS_EXCEPTIONS = frozenset({running.address})
    yield running
    running.end()


def test_the_receiver_takes_what_dott_sends(program: Program, api_as: Any) -> None:
    alice = api_as("alice")
    hook = {"url": program.url, "events": ["crm.customer.created"]}
    program.start(alice.post("/api/webhooks/endpoints/", hook).json()["secret"])
    assert alice.post("/api/crm/customers/", {"business_name": "Mill & Sons"}).status_code == 201
    run_queued()
    assert program.line() == "crm.customer.created 1"
    (sent,) = alice.get("/api/webhooks/deliveries/").json()["results"]
    assert (sent["state"], sent["last_status"]) == ("delivered", 204)
    assert alice.post(f"/api/webhooks/deliveries/{sent['id']}/replay/", {}).status_code == 200
    run_queued()
    (again,) = alice.get("/api/webhooks/deliveries/").json()["results"]
    assert (again["state"], again["last_status"]) == ("delivered", 204)
    assert program.end() == "", "The same message is not worked on twice."


def test_the_receiver_refuses_everybody_else(program: Program) -> None:
    secret, now, body = signing.new_secret(), int(time.time()), b'{"type": "t", "data": {}}'
    program.start(secret)
    good = signing.headers("msg_1", now, body, [signing.new_secret(), secret])
    for headers, sent, expected in (
        (good, body, 204),
        (good, body.replace(b"t", b"u"), 401),
        (good | {"webhook-id": "msg_2"}, body, 401),
        (good | {"webhook-timestamp": str(now + 1)}, body, 401),
        (signing.headers("msg_3", now - 400, body, [secret]), body, 401),
        (signing.headers("msg_4", now, body, [signing.new_secret()]), body, 401),
        ({}, body, 401),
    ):
        assert client.post(program.url, headers=headers, body=sent).status == expected, headers


def test_codes_on_the_page_are_those_of_the_code() -> None:
    rooms = [BACKEND / "dott" / "platform" / name for name in ("egress", "webhooks")]
    sources = "".join(path.read_text(encoding="utf-8") for room in rooms for path in room.rglob("*.py"))
    codes = re.findall(r"^\| [^|]+ \| `(\w+)` \|", TEXT, re.MULTILINE)
    assert len(codes) == 8
    assert [code for code in codes if f'"{code}"' not in sources] == []
