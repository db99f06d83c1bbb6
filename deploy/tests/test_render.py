"""The check of render.yaml finds what it is there to find."""

import copy
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

sys.path.insert(0, str(Path(__file__).parents[1]))

from check import ROOT, findings

BLUEPRINT: dict[str, Any] = yaml.safe_load((ROOT / "render.yaml").read_text())


def service(blueprint: dict[str, Any], name: str) -> dict[str, Any]:
    found: dict[str, Any] = next(one for one in blueprint["services"] if one["name"] == name)
    return found


def without(name: str, key: str) -> Callable[[dict[str, Any]], None]:
    def change(blueprint: dict[str, Any]) -> None:
        one = service(blueprint, name)
        one["envVars"] = [entry for entry in one["envVars"] if entry.get("key") != key]

    return change


def put(name: str, field: str, value: object) -> Callable[[dict[str, Any]], None]:
    return lambda blueprint: service(blueprint, name).update({field: value})


def test_the_blueprint_has_no_finding() -> None:
    assert list(findings(BLUEPRINT)) == []


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (put("dott-front", "healthChekPath", "/x"), "healthChekPath"),
        (put("dott-front", "autoDeployTrigger", "always"), "always"),
        (put("dott-worker", "healthCheckPath", "/x"), "$.services[3]"),
        (put("dott-api", "branch", "main"), "not Dott_Main_Dev_Deploy"),
        (put("dott-api", "dockerfilePath", "backend/Dockerfile"), "is not there"),
        (put("dott-api", "preDeployCommand", "python manage.py migrate && echo"), "needs a shell"),
        (without("dott-worker", "DATABASE_WORKER_URL"), "DATABASE_WORKER_URL"),
        (without("dott-front", "DOTT_API_ORIGIN"), "DOTT_API_ORIGIN"),
        (put("dott-worker", "envVars", [{"fromGroup": "elsewhere"}]), "elsewhere"),
        (
            put("dott-front", "envVars", [{"key": "DOTT_API_ORIGIN", "value": "http://api:8000"}]),
            "no service here",
        ),
        (
            put("dott-worker", "envVars", [{"key": "DATABASE_WORKER_URL", "value": "x"}]),
            "written into the file",
        ),
        (lambda blueprint: blueprint["services"].pop(), "keyvalue"),
        (lambda blueprint: blueprint["databases"][0].update(postgresMajorVersion=18), "18"),
    ],
)
def test_a_planted_error_is_found(change: Callable[[dict[str, Any]], None], told: str) -> None:
    blueprint = copy.deepcopy(BLUEPRINT)
    change(blueprint)

    found = list(findings(blueprint))

    assert any(told in finding for finding in found), found
