"""Facts of SECURITY.md that are read off the source, the lock files and the settings.

Each list is exact: whoever adds to it decides so here.
"""

import ast
import logging.config
import math
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders

from config import probe
from dott.platform.api import logs
from dott.platform.egress.client import CONNECT_TIMEOUT_S, TOTAL_TIMEOUT_S
from dott.platform.egress.resolving import LOOKUP_TIMEOUT_S
from dott.platform.identity.adapter import AccountAdapter
from dott.platform.sso.dns import TIMEOUT_S as DNS_TIMEOUT_S
from dott.platform.sso.metadata import ALGORITHMS
from dott.platform.webhooks import signing
from tests.test_promises_in_code import calls, sources

ROOT = Path(__file__).parents[1]
TOP = ROOT.parents[1]
PATTERNS = {
    f"re.{name}"
    for name in ("compile", "match", "search", "fullmatch", "sub", "split", "findall", "finditer")
}
# Modules by which a process reaches others, or could.
NETWORK = {
    "dns",
    "socket",
    "ssl",
    "http.client",
    "urllib.request",
    "ftplib",
    "smtplib",
    "requests",
    "httpx",
    "aiohttp",
}
CRYPTOGRAPHY = {
    "argon2", "cryptography", "Crypto", "fido2", "hashlib", "hmac", "jose", "jwt", "nacl", "passlib", "rsa",
    "secrets",
}  # fmt: skip
PICTURES = {"PIL", "cv2", "imageio", "wand", "pyvips"}


def imported(tree: ast.Module) -> set[str]:
    """Modules that a module imports, wherever in it, and what it imports from them."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return found


def importers(modules: set[str], trees: Iterator[tuple[str, ast.Module]]) -> set[str]:
    """Who imports one of these, or a part of it."""
    return {
        path
        for path, tree in trees
        if any(
            name == module or name.startswith(f"{module}.") for name in imported(tree) for module in modules
        )
    }


def computed_patterns(trees: Iterator[tuple[str, ast.Module]]) -> set[str]:
    """Where a regular expression is not written out."""
    return {
        path
        for path, tree in trees
        for name, node in calls(tree)
        if name in PATTERNS and not isinstance(node.args[0], ast.Constant)
    }


@pytest.mark.asvs("1.2.9")
def test_no_regular_expression_is_made_of_what_users_type() -> None:
    # Of our own constants, of a setting that is escaped, and of the phone library's tables.
    assert computed_patterns(sources()) == {
        "dott/modules/crm/imports/formula.py",
        "dott/modules/crm/imports/phones.py",
        "dott/modules/crm/imports/vcard.py",
        "dott/platform/api/edge.py",
        "dott/platform/identity/keys/format.py",
        "dott/platform/identity/middleware.py",
        "dott/platform/realtime/handshake.py",
    }


def test_only_these_modules_reach_other_servers() -> None:
    # egress judges each address first; a probe asks its own process, dns.py the machine's own resolver.
    assert importers(NETWORK, sources()) == {
        "config/probe.py",
        "dott/platform/egress/client.py",
        "dott/platform/egress/documents.py",
        "dott/platform/egress/resolving.py",
        "dott/platform/sso/dns.py",
    }


@pytest.mark.asvs("11.2.1")
def test_cryptography_comes_from_the_standard_library_and_three_others() -> None:
    used = {name.partition(".")[0] for _, tree in sources() for name in imported(tree)} & CRYPTOGRAPHY
    assert used == {"cryptography", "fido2", "hashlib", "hmac", "jwt", "secrets"}


@pytest.mark.asvs("11.4.3", "11.6.1")
def test_signatures_are_of_sha_2_or_edwards_curves() -> None:
    assert set(ALGORITHMS) <= {f"{kind}{size}" for kind in ("RS", "PS", "ES") for size in (256, 384, 512)} | {
        "EdDSA"
    }
    source = ast.parse(Path(signing.__file__).read_text(encoding="utf-8"))
    hashes = {
        node.attr
        for node in ast.walk(source)
        if isinstance(node, ast.Attribute) and node.attr.startswith("sha")
    }
    named = {node.id for node in ast.walk(source) if isinstance(node, ast.Name) and node.id.startswith("sha")}
    assert hashes | named == {"sha256"}


@pytest.mark.asvs("5.3.3")
def test_no_archive_is_unpacked_into_files() -> None:
    unpacking = [
        f"{path} {name}"
        for path, tree in sources()
        for name, _ in calls(tree)
        if name.rpartition(".")[2] in {"extract", "extractall", "unpack_archive"}
    ]
    assert unpacking == []
    assert importers({"tarfile", "shutil"}, sources()) == set()


@pytest.mark.asvs("5.2.6")
def test_no_picture_is_ever_decoded() -> None:
    """So none can be too large to decode: it is stored, and comes back to be saved."""
    assert importers(PICTURES, sources()) == set()
    assert not [name for name in locked() if name in {"pillow", "opencv-python", "wand", "pyvips"}]


@pytest.mark.asvs("4.3.1", "4.3.2")
def test_there_is_no_graph_to_query() -> None:
    assert not [name for name in locked() if re.search(r"graphql|graphene|ariadne", name)]
    assert not [path for path in schema()["paths"] if "graph" in path.lower()]


@pytest.mark.asvs("3.5.7")
def test_no_answer_is_a_script() -> None:
    kinds = {
        kind
        for path in schema()["paths"].values()
        for operation in path.values()
        if isinstance(operation, dict)
        for answer in operation.get("responses", {}).values()
        for kind in answer.get("content", {})
    }
    assert "application/json" in kinds
    assert not [kind for kind in kinds if re.search(r"script|html|xml$|svg", kind)]


@pytest.mark.asvs("15.1.2")
def test_every_component_is_listed_with_its_version_and_its_hash() -> None:
    text = (ROOT / "requirements.lock").read_text(encoding="utf-8").replace("\\\n", "")
    lines = [line for line in text.splitlines() if line and not line.startswith(("#", " "))]
    assert len(lines) > 40
    assert not [line for line in lines if not re.match(r"\S+==\S+\s.*--hash=sha256:[0-9a-f]{64}", line)]
    lock = (TOP / "frontend" / "pyfactor_next" / "pnpm-lock.yaml").read_text(encoding="utf-8")
    packages = yaml.safe_load(lock)["packages"]
    assert len(packages) > 300
    assert not [name for name, package in packages.items() if not package["resolution"].get("integrity")]


@pytest.mark.asvs("6.5.4")
def test_a_mailed_code_has_more_than_twenty_bits() -> None:
    codes = [AccountAdapter().generate_email_verification_code() for _ in range(2000)]
    assert {len(code) for code in codes} == {9}
    letters = {letter for code in codes for letter in code if letter != "-"}
    assert 8 * math.log2(len(letters)) > 30
    assert len(set(codes)) == len(codes)


@pytest.mark.asvs("16.2.3")
def test_logs_go_to_standard_error_and_nowhere_else(monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[Any] = []
    monkeypatch.setattr(logging.config, "dictConfig", given.append)
    monkeypatch.setattr("structlog.configure", lambda **kwargs: None)
    logs.configure_logging()
    handlers = given[0]["handlers"]
    assert {handler["class"] for handler in handlers.values()} == {"logging.StreamHandler"}
    assert importers({"logging.handlers"}, sources()) == set()
    assert not [path for path, tree in sources() for name, _ in calls(tree) if name.endswith("FileHandler")]


def logged(tree: ast.Module) -> set[str]:
    """The events that a module logs."""
    return {
        str(node.args[0].value)
        for name, node in calls(tree)
        if re.fullmatch(r"(?:log|logger|.*get_logger\(.*\))\.(?:info|warning|error|exception)", name)
        and node.args
        and isinstance(node.args[0], ast.Constant)
    }


@pytest.mark.asvs("16.1.1")
def test_every_event_that_is_logged_is_in_the_inventory() -> None:
    events = {event for _, tree in sources() for event in logged(tree)} | {"request"}
    page = (TOP / "docs" / "logs.md").read_text(encoding="utf-8")
    listed = set(re.findall(r"^\| `([^`]+)` \|", page, re.MULTILINE))
    assert listed == events
    assert len(events) >= 8


@pytest.mark.asvs("13.4.7")
def test_only_files_of_known_kinds_are_served() -> None:
    kinds = {Path(name).suffix for finder in get_finders() for name, _ in finder.list([])}
    assert kinds <= {
        ".css",
        ".eot",
        ".js",
        ".png",
        ".svg",
        ".ico",
        ".txt",
        ".map",
        ".html",
        ".woff",
        ".woff2",
        ".ttf",
        "",
    }
    assert ".js" in kinds


def locked() -> list[str]:
    """Names of what the server is made of."""
    text = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    return [line.partition("==")[0].lower() for line in text.splitlines() if "==" in line]


def schema() -> dict[str, Any]:
    """The committed description of the API."""
    loaded: dict[str, Any] = yaml.safe_load((ROOT / "openapi.yaml").read_text(encoding="utf-8"))
    return loaded


def test_what_is_looked_for_would_be_found() -> None:
    planted = "from http import client\nimport PIL.Image\nre.compile(x)\nlog.info('news')"
    trees = [("planted.py", ast.parse(planted))]
    assert importers(NETWORK, iter(trees)) == importers(PICTURES, iter(trees)) == {"planted.py"}
    assert computed_patterns(iter(trees)) == {"planted.py"}
    assert logged(trees[0][1]) == {"news"}


@pytest.mark.asvs("13.4.3")
@pytest.mark.parametrize("path", ["/api/static/", "/api/static/api/", "/api/static/drf_spectacular_sidecar/"])
def test_no_directory_is_listed(api: Any, path: str) -> None:
    response = api.get(path)
    assert response.status_code in {401, 404}
    assert b"href" not in response.content


@pytest.mark.asvs("13.1.1", "13.1.3")
def test_every_connection_is_documented_with_how_long_it_waits() -> None:
    page = (TOP / "docs" / "connections.md").read_text(encoding="utf-8")
    rows = {
        cells[2].strip(): cells[3].strip() for line in page.splitlines() if len(cells := line.split("|")) > 4
    }
    assert not [path for path in importers(NETWORK, sources()) if f"`{path}`" not in rows]
    calling = f"{CONNECT_TIMEOUT_S:.0f} s to connect, {TOTAL_TIMEOUT_S:.0f} s in all"
    expected = {
        "`dott/platform/egress/client.py`": calling,
        "`dott/platform/egress/documents.py`": calling,
        "`dott/platform/egress/resolving.py`": f"{LOOKUP_TIMEOUT_S:.0f} s",
        "`config/probe.py`": f"{probe.TIMEOUT_S:.0f} s",
        "`dott/platform/sso/dns.py`": f"{DNS_TIMEOUT_S:.0f} s a server, {2 * DNS_TIMEOUT_S:.0f} s in all",
        "Django's SMTP": f"{settings.EMAIL_TIMEOUT} s",
        "Django's pool": f"{settings.POOL['timeout']} s for a free one",
    }
    assert {who: rows[who] for who in expected} == expected
