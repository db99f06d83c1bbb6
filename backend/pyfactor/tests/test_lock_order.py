"""Rows are locked in one order, by id, so that no two requests wait for each other."""

import ast
import re
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connections

from dott.modules.crm.models import Customer
from dott.modules.crm.tests.factories import CustomerFactory
from tests.test_promises_in_code import sources

ROUNDS = 10
# One row, or in an order: what a statement says that locks.
_ORDERED = re.compile(r"order_by\('(?:id|pk)'\)|\.get\(|\.first\(\)|filter\((?:id|pk)=")
_SQL = re.compile(r"(?:ORDER BY (?:\w+\.)?id(?: LIMIT \S+)?|AND id = %\(\w+\)s)\s+FOR (?:NO KEY )?UPDATE")
# Query sets that take one row, by a statement of their own.
_ONE_ROW = {
    "dott/modules/crm/actions/purge_imports.py imports",
    "dott/modules/crm/actions/reminders.py notifications",
    "dott/platform/api/viewsets.py return RecordQuery(viewset.queryset.select_for_update(of=('self',)))",
    "dott/platform/api/viewsets.py return self._find(self.get_queryset().select_for_update(of=('self',)))",
    "dott/platform/identity/actions/invitations.py found",
    "dott/platform/identity/api/factors.py rows",
}


def disordered(trees: Iterator[tuple[str, ast.Module]]) -> set[str]:
    """Where rows are locked in no order: the file and the name that is given to them, or the statement."""
    found = set()
    for path, tree in trees:
        for node in ast.walk(tree):
            if isinstance(node, ast.Assign | ast.Expr | ast.Return | ast.AnnAssign):
                text = ast.unparse(node)
                if "select_for_update(" in text and not _ORDERED.search(text):
                    target = node.targets[0] if isinstance(node, ast.Assign) else node
                    found.add(f"{path} {ast.unparse(target)}")
            if isinstance(node, ast.For):
                text = ast.unparse(node.iter)
                if "select_for_update(" in text and not _ORDERED.search(text):
                    found.add(f"{path} {text}")
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                locks = len(re.findall(r"FOR (?:NO KEY )?UPDATE\b(?! SKIP)", node.value))
                if locks > len(_SQL.findall(node.value)) and "SELECT" in node.value:
                    found.add(f"{path} {node.value.strip()[:60]}")
    return found


@pytest.mark.asvs("15.4.3")
def test_whoever_locks_several_rows_locks_them_by_id() -> None:
    assert disordered(sources()) == _ONE_ROW


def test_what_is_looked_for_would_be_found() -> None:
    planted = (
        "rows = Deal.objects.select_for_update()\n"
        "for row in Deal.objects.select_for_update().order_by('name'): pass\n"
        "SQL = 'SELECT 1 FROM crm_deal FOR UPDATE'\n"
        "one = Deal.objects.select_for_update().get(pk=1)\n"
        "many = list(Deal.objects.select_for_update().order_by('id'))\n"
    )
    assert len(disordered(iter([("planted.py", ast.parse(planted))]))) == 3


@pytest.mark.asvs("15.4.3")
@pytest.mark.django_db(transaction=True, databases="__all__")
def test_two_who_change_the_same_records_in_opposite_order_both_succeed(api_as: Any, in_tenant: Any) -> None:
    with in_tenant("alice"):
        ids = [str(CustomerFactory().pk) for _ in range(300)]
    barrier, answers = threading.Barrier(2), list[tuple[int, Any]]()

    def change(order: list[str], name: str) -> None:
        client = api_as(name)
        try:
            for n in range(ROUNDS):
                barrier.wait()
                body = {"action": "edit", "ids": order, "values": {"industry": f"{name} {n}"}}
                answer = client.post("/api/crm/customers/bulk/", body)
                answers.append((answer.status_code, answer.json()))
        finally:
            connections.close_all()

    threads = [
        threading.Thread(target=change, args=(order, name))
        for order, name in ((ids, "alice"), (ids[::-1], "adam"))
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [status for status, _ in answers] == [200] * (2 * ROUNDS), answers
    with in_tenant("alice"):
        # Whoever came last in the last round, and for all of them.
        assert Customer.objects.filter(pk__in=ids).values("industry").distinct().count() == 1
