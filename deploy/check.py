"""`python deploy/check.py`: whether render.yaml is a blueprint that Render takes and our code can run with.

Looks at compose.yaml (check_compose.py) and at what the images are built from (check_context.py) as well.
Prints one line per finding; exit code 1 when there is one.
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from jsonschema import Draft202012Validator

import check_compose
import check_context

ROOT = Path(__file__).resolve().parents[1]
BRANCH = "Dott_Main_Dev_Deploy"
DJANGO = {"DJANGO_SECRET_KEY", "DOTT_PUBLIC_ORIGIN"}
# What each role cannot start without (config/settings.py, src/env.ts).
REQUIRED = {
    "dott-front": {"DOTT_API_ORIGIN", "DOTT_REALTIME_ORIGIN", "DOTT_PROXY_HOPS"},
    "dott-api": DJANGO
    | {
        "DATABASE_URL",
        "DATABASE_AUTH_URL",
        "DATABASE_MIGRATOR_URL",
        "DOTT_TRUSTED_PROXY_COUNT",
        "EMAIL_HOST",
    },
    "dott-realtime": DJANGO | {"DATABASE_URL"},
    "dott-worker": DJANGO | {"DATABASE_WORKER_URL"},
}
SECRETS = ("SECRET", "PASSWORD", "DATABASE_")


def findings(blueprint: dict[str, Any], root: Path = ROOT) -> Iterator[str]:
    """Sentences about what is wrong; none when all is well."""
    schema = json.loads((ROOT / "deploy/render.schema.json").read_text())
    for error in Draft202012Validator(schema).iter_errors(blueprint):
        yield f"{error.json_path}: {error.message[:200]}"
    groups = {group["name"]: variables(group) for group in blueprint.get("envVarGroups", [])}
    services = {service.get("name"): service for service in blueprint.get("services", [])}
    kinds = {service.get("type") for service in services.values()}
    for kind in {"web", "worker", "keyvalue"} - kinds:
        yield f"no service of type {kind}"
    for name, required in REQUIRED.items():
        if name not in services:
            yield f"{name} is missing"
            continue
        yield from of_service(name, services[name], required, groups, set(services), root)
    if not any("preDeployCommand" in service for service in services.values()):
        yield "no service migrates before it is deployed"


def of_service(
    name: str,
    service: dict[str, Any],
    required: set[str],
    groups: dict[str, dict[str, Any]],
    services: set[str],
    root: Path,
) -> Iterator[str]:
    """Findings of one container."""
    given = variables(service)
    for entry in service.get("envVars", []):
        group = entry.get("fromGroup")
        if group is not None and group not in groups:
            yield f"{name} takes from a group that is not there: {group}"
        given |= groups.get(group, {})
    if missing := sorted(required - set(given)):
        yield f"{name} is not given {', '.join(missing)}"
    for key, value in given.items():
        if value is not None and key.startswith("DOTT_") and key.endswith("_ORIGIN"):
            host = value.partition("://")[2].partition(":")[0]
            if host not in services:
                yield f"{name}: {key} leads to {host}, which is no service here"
        if value is not None and any(part in key for part in SECRETS):
            yield f"{name}: {key} is written into the file"
    if service.get("branch") != BRANCH:
        yield f"{name} is deployed from {service.get('branch')}, not {BRANCH}"
    for field in ("dockerfilePath", "dockerContext"):
        if not (root / str(service.get(field))).exists():
            yield f"{name}: {field} is not there: {service.get(field)}"
    for field in ("dockerCommand", "preDeployCommand"):
        if set("|&;<>$`") & set(service.get(field, "")):
            yield f"{name}: {field} needs a shell, and the image has none"


def variables(owner: dict[str, Any]) -> dict[str, Any]:
    """Name and literal value of each variable; None where it is made, asked for or taken elsewhere."""
    return {entry["key"]: entry.get("value") for entry in owner.get("envVars", []) if "key" in entry}


if __name__ == "__main__":
    found = [
        f"render.yaml: {finding}" for finding in findings(yaml.safe_load((ROOT / "render.yaml").read_text()))
    ]
    compose = yaml.safe_load((ROOT / "deploy/compose.yaml").read_text())
    found += [f"compose.yaml: {finding}" for finding in check_compose.findings(compose)]
    found += check_context.findings(ROOT)
    print("\n".join(found) or "render.yaml, compose.yaml, .dockerignore: no findings")
    sys.exit(bool(found))
