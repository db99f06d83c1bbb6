"""Liveness and readiness, for supervisors and load balancers.

Live: the process answers. Ready: it may be given requests, because the database is there, has
every migration of this code, and keeps tenants apart.
"""

from collections.abc import Callable

import structlog
from django.db import DatabaseError, connections, transaction
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import path
from django.views.decorators.http import require_safe

from dott.platform.api.problems import problem_response
from dott.platform.tenancy.audit import audit
from dott.platform.tenancy.router import APP

log = structlog.get_logger(__name__)

# What was true once stays true while the process lives: a migration is not undone under running code,
# and the audit was passed before serving began.
_settled: set[str] = set()


@require_safe
def live(request: HttpRequest) -> HttpResponse:
    """200 while the process answers; asks nobody else."""
    return JsonResponse({"status": "live"})


@require_safe
def ready(request: HttpRequest) -> HttpResponse:
    """200 when requests can be served, else 503 with the names of the checks that failed."""
    failed = [name for name, passes in CHECKS.items() if not _passes(name, passes)]
    if failed:
        return problem_response(
            request,
            503,
            "not_ready",
            "Dott is not ready to serve.",
            headers={"Retry-After": "5"},
            failed=failed,
        )
    return JsonResponse({"status": "ready", "checks": list(CHECKS)})


def _passes(name: str, check: Callable[[], bool]) -> bool:
    try:
        return check()
    except DatabaseError:
        # The reason is for the log: this address is open to everybody.
        log.warning("readiness check failed", check=name, exc_info=True)
        return False


def _database_answers() -> bool:
    # In a transaction, as a request: its BEGIN replaces a pooled connection that died with a restart of the
    # database. Without, each of those would say once that Dott is not ready.
    with transaction.atomic(using=APP, savepoint=False), connections[APP].cursor() as cursor:
        cursor.execute("SELECT 1")
    return True


def _migrations_are_applied() -> bool:
    if "migrations" not in _settled:
        executor = MigrationExecutor(connections[APP])
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            return False
        _settled.add("migrations")
    return True


def _tenants_are_kept_apart() -> bool:
    if "isolation" not in _settled:
        if not audit(APP).passed:
            return False
        _settled.add("isolation")
    return True


CHECKS: dict[str, Callable[[], bool]] = {
    "database": _database_answers,
    "migrations": _migrations_are_applied,
    "isolation": _tenants_are_kept_apart,
}

urlpatterns = [path("live/", live, name="health-live"), path("ready/", ready, name="health-ready")]
