"""Customers cannot be deleted from under what refers to them, and to be sure of that costs one look."""

from typing import Any

import pytest
from django.db import IntegrityError, connections, transaction

from dott.modules.crm.models import Customer
from dott.modules.crm.tests.factories import DealFactory
from dott.platform.api.database_errors import explain
from dott.platform.tenancy.router import MIGRATOR
from tests.world import World

NEVER_EMPTY = """
SELECT k.conrelid::regclass::text || '.' || a.attname
  FROM pg_constraint k
  JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = k.conkey[2]
 WHERE k.contype = 'f' AND k.confrelid = 'crm_customer'::regclass AND a.attnotnull{more}"""
RESTRICTS = " AND k.confdeltype = 'r' AND k.convalidated AND k.condeferrable"


def test_references_that_are_never_empty_restrict(world: World) -> None:
    with connections[MIGRATOR].cursor() as cursor:
        cursor.execute(NEVER_EMPTY.format(more=""))
        everyone = sorted(cursor.fetchall())
        cursor.execute(NEVER_EMPTY.format(more=RESTRICTS))
        assert sorted(cursor.fetchall()) == everyone
    assert ("crm_deal.customer_id",) in everyone


def test_a_customer_with_a_deal_cannot_be_deleted_by_a_statement(in_tenant: Any) -> None:
    with in_tenant("alice"):
        deal = DealFactory()
        with pytest.raises(IntegrityError) as raised, transaction.atomic():
            Customer.objects.filter(pk=deal.customer_id)._raw_delete("default")
        told = explain(raised.value)
    assert told is not None
    assert (told.status, told.detail) == (409, "Other records still refer to this one.")
