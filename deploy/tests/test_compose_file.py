"""The check of compose.yaml finds what it is there to find."""

import copy
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

sys.path.insert(0, str(Path(__file__).parents[1]))

from check_compose import findings

COMPOSE: dict[str, Any] = yaml.safe_load((Path(__file__).parents[1] / "compose.yaml").read_text())
Change = Callable[[dict[str, Any]], object]


def put(name: str, field: str, value: object) -> Change:
    return lambda compose: compose["services"][name].update({field: value})


def without(name: str, field: str) -> Change:
    return lambda compose: compose["services"][name].pop(field)


def environment(name: str, **values: str) -> Change:
    return lambda compose: compose["services"][name]["environment"].update(values)


def test_the_file_has_no_finding() -> None:
    assert list(findings(COMPOSE)) == []


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (put("web", "read_only", False), "web may write"),
        (without("db", "cap_drop"), "db keeps capabilities"),
        (put("api", "cap_add", ["SYS_ADMIN"]), "api is given capabilities"),
        (without("worker", "security_opt"), "worker may gain privileges"),
        (put("realtime", "network_mode", "host"), "realtime is not kept apart"),
        (without("backup", "mem_limit"), "backup has no mem_limit"),
        (put("api", "restart", "no"), "api: restart is no"),
        (put("db", "ports", ["5432:5432"]), "not db, proxy"),
        (put("worker", "depends_on", {}), "worker does not wait"),
        (put("worker", "secrets", ["database_url"]), "worker reads the secrets"),
        (environment("web", DOTT_SESSION_COOKIE_NAME="sid"), "not the same everywhere"),
        (environment("api", DJANGO_SECRET_KEY="x"), "belongs into a file"),
        (
            lambda compose: compose["services"]["web"]["environment"].pop("DOTT_API_ORIGIN"),
            "web is not given DOTT_API_ORIGIN",
        ),
        (
            lambda compose: compose["services"]["worker"]["environment"].pop("DOTT_FACTOR_KEYS_FILE"),
            "worker is not given DOTT_FACTOR_KEYS",
        ),
        (lambda compose: compose["services"].pop("migrate"), "migrate is missing"),
    ],
)
def test_a_planted_error_is_found(change: Change, told: str) -> None:
    compose = copy.deepcopy(COMPOSE)
    change(compose)

    found = list(findings(compose))

    assert any(told in finding for finding in found), found
