"""Whether compose.yaml gives every container as little as its work needs, and each role what it must have."""

from collections.abc import Iterator
from typing import Any

# What a role is given besides the origin and the key that all of Django's have.
REQUIRED = {
    "web": {"DOTT_API_ORIGIN", "DOTT_PROXY_HOPS"},
    "api": {"DATABASE_URL", "DATABASE_AUTH_URL", "DOTT_FACTOR_KEYS"},
    "worker": {"DATABASE_WORKER_URL", "DOTT_FACTOR_KEYS"},
    "realtime": {"DATABASE_URL"},
    "migrate": {"DATABASE_MIGRATOR_URL"},
}
DJANGO = {"DOTT_PUBLIC_ORIGIN", "DJANGO_SECRET_KEY"}
ALIKE = "DOTT_SESSION_COOKIE_NAME"
ONCE = {"bootstrap", "migrate", "restore"}


def findings(compose: dict[str, Any]) -> Iterator[str]:
    """Sentences about what is wrong; none when all is well. compose: the file as YAML reads it."""
    services: dict[str, dict[str, Any]] = compose.get("services", {})
    for name, service in services.items():
        yield from of_container(name, service)
    for name, required in REQUIRED.items():
        yield from of_role(name, services.get(name), required if name == "web" else required | DJANGO)
    cookies = {
        name: services[name].get("environment", {}).get(ALIKE) for name in REQUIRED if name in services
    }
    if len(set(cookies.values())) > 1:
        yield f"{ALIKE} is not the same everywhere: {cookies}"
    publishing = sorted(name for name, service in services.items() if service.get("ports"))
    if publishing != ["proxy"]:
        yield f"only the proxy publishes ports, not {', '.join(publishing)}"
    for name in ("api", "worker", "realtime", "backup"):
        awaited = services.get(name, {}).get("depends_on", {})
        if awaited.get("migrate", {}).get("condition") != "service_completed_successfully":
            yield f"{name} does not wait until the schema is there"


def of_container(name: str, service: dict[str, Any]) -> Iterator[str]:
    """Rights and limits."""
    if service.get("read_only") is not True:
        yield f"{name} may write to its root file system"
    if service.get("cap_drop") != ["ALL"]:
        yield f"{name} keeps capabilities"
    if set(service.get("cap_add", [])) - ({"NET_BIND_SERVICE"} if name == "proxy" else set()):
        yield f"{name} is given capabilities: {service['cap_add']}"
    if "no-new-privileges:true" not in service.get("security_opt", []):
        yield f"{name} may gain privileges"
    if service.get("privileged") or "host" in {service.get(key) for key in ("network_mode", "pid", "ipc")}:
        yield f"{name} is not kept apart from the host"
    for limit in ("mem_limit", "pids_limit"):
        if limit not in service:
            yield f"{name} has no {limit}"
    if service.get("restart") != ("no" if name in ONCE else "unless-stopped"):
        yield f"{name}: restart is {service.get('restart')}"
    for key, value in service.get("environment", {}).items():
        if not key.endswith("_FILE") and any(part in key for part in ("SECRET", "PASSWORD", "DATABASE_")):
            yield f"{name}: {key} is in the environment; it belongs into a file: {str(value)[:20]}"


def of_role(name: str, service: dict[str, Any] | None, required: set[str]) -> Iterator[str]:
    """Settings without which the process would stop, and the secrets that they point to."""
    if service is None:
        yield f"{name} is missing"
        return
    environment = service.get("environment", {})
    given = {key.removesuffix("_FILE") for key in environment}
    if missing := sorted(required - given):
        yield f"{name} is not given {', '.join(missing)}"
    pointed = {str(value).rpartition("/")[2] for key, value in environment.items() if key.endswith("_FILE")}
    if pointed != (mounted := set(service.get("secrets", []))):
        yield f"{name} reads the secrets {sorted(pointed)} and is given {sorted(mounted)}"
