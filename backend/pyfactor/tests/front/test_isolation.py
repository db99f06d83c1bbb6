"""Nobody sees what is not hers, whatever the front remembers, and whoever may no longer is out at once."""

from collections.abc import Iterator
from datetime import UTC, datetime
from hashlib import sha256

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.db import connections
from django.http import QueryDict

from dott.platform.api.plans.front import Front
from dott.platform.api.plans.plan import ListRead, Plan
from dott.platform.identity.memberships import all_memberships
from dott.platform.identity.models import Session, Tenant
from dott.platform.identity.sessions import stored_hash
from dott.platform.tenancy import one_trip
from dott.platform.tenancy.router import APP
from dott.platform.tenancy.wire import Statement, send
from tests.factories import factory_for
from tests.front.support import LIST, Both, ask

pytestmark = pytest.mark.django_db(transaction=True, databases="__all__")


def test_another_business_sees_nothing_of_it(world, customers):
    strange = Both(world["bob"].token)
    for id_ in customers:
        assert strange.get(f"{LIST}{id_}/").status == "404 Not Found"
    assert strange.get(LIST).json["results"] == []


def planned(application: Front) -> Iterator[tuple[Plan, str, str]]:
    """Each plan with the addresses of its list and of its records."""
    lists = {route.plan: path for path, route in application.routes.lists.items() if route.plan}
    records = {route.plan: path for path, route in application.routes.records.items() if route.plan}
    assert lists.keys() == records.keys()
    assert lists
    for plan, path in lists.items():
        yield plan, path, records[plan]


def test_no_plan_shows_a_stranger_anything(world, in_tenant):
    bob = Both(world["bob"].token)
    for plan, path, record in planned(bob.front):
        with in_tenant("alice"):
            row = factory_for(plan.model).create()
        assert str(row.id) in str(Both(world["alice"].token).get(path).body)
        assert bob.get(path).json["results"] == []
        assert bob.get(f"{record}{row.id}/").status == "404 Not Found"


def test_a_memory_that_takes_one_session_for_another_shows_nothing(world, customers, monkeypatch):
    """Were the process's memory wrong, or made wrong, the database would still know who asks."""
    tokens = {name: sha256(world[name].token.encode()).digest() for name in ("alice", "bob")}
    ask(Front(WSGIHandler()), world["alice"].token, LIST)
    alices = one_trip._memory.get(tokens["alice"])
    assert alices is not None
    asked = []

    def about_alices_business(context):
        asked.append(context.tenant_id)
        tenant = str(world.bakery).encode()
        return [Statement("SELECT id FROM crm_customer WHERE tenant_id = $1", (tenant,))]

    one_trip._memory.put(tokens["bob"], alices)
    context, (rows,) = one_trip.read(tokens["bob"], about_alices_business)
    assert (context.tenant_id, rows[:]) == (world.bikes, [])
    assert asked == [world.bakery, world.bikes]
    one_trip._memory.put(tokens["bob"], alices)
    assert Both(world["bob"].token).get(LIST).json["results"] == []
    # The same statement is Alice's own business to Alice.
    assert len(one_trip.read(tokens["alice"], about_alices_business)[1][0]) == len(customers)


def test_nothing_of_a_read_is_left_on_its_connection(world, customers):
    """The context ends with the implicit transaction: its next user has to prove herself."""
    proof = b"\\x" + sha256(world["alice"].token.encode()).hexdigest().encode()
    pool = connections[APP].pool
    with pool.connection() as connection:
        send(connection, [Statement(one_trip._ENTER, (proof,))])
        (left,) = send(connection, [Statement("SELECT count(*) FROM crm_customer")])
        assert b"no tenant context" in left.error_message


def test_every_statement_names_the_tenant(world, customers, in_tenant):
    plan = next(plan for plan, path, _ in planned(Front(WSGIHandler())) if path == LIST)
    with in_tenant("alice") as context:
        for query in ("", "count=exact", "q=firma&stage=lead", "trashed=true&fields=id"):
            for statement in ListRead(plan, LIST, QueryDict(query)).statements(context):
                assert statement.sql.count('"crm_customer"."tenant_id" = ') >= 1
                assert str(context.tenant_id).encode() in statement.params


def test_a_session_that_moves_to_another_business_takes_nothing_along(world, customers):
    sam = Both(world["sam"].token)
    assert len(sam.get(LIST).json["results"]) == 22
    Session.objects.filter(token_hash=stored_hash(world["sam"].token)).update(active_tenant=world.bikes)
    moved = sam.get(LIST)
    assert (moved.json["results"], moved.why) == ([], "")
    assert sam.get(f"{LIST}{customers[0]}/").status == "404 Not Found"


def test_a_cursor_opens_in_no_other_business(world, customers):
    sam = Both(world["sam"].token)
    address = sam.get(f"{LIST}?limit=3").json["next"]
    Session.objects.filter(token_hash=stored_hash(world["sam"].token)).update(active_tenant=world.bikes)
    assert sam.get(address).status == "400 Bad Request"


@pytest.mark.asvs("8.3.2")
@pytest.mark.parametrize("ended", ["revoked", "expired", "idle", "member", "business"])
def test_whoever_may_no_longer_is_refused_at_once(both, world, customers, ended):
    assert both.get(LIST).status == "200 OK"
    sessions = Session.objects.filter(token_hash=stored_hash(both.token))
    long_ago = datetime(2020, 1, 1, tzinfo=UTC)
    match ended:
        case "revoked":
            sessions.update(revoked_at=long_ago)
        case "expired":
            sessions.update(created_at=long_ago, expires_at=long_ago)
        case "idle":
            sessions.update(last_seen_at=long_ago)
        case "member":
            all_memberships().filter(id=world["alice"].membership_id).update(status="disabled")
        case "business":
            Tenant.objects.filter(id=world.bakery).update(status="suspended")
    refused = both.get(LIST)
    assert refused.status.startswith(("401", "403"))
    assert refused.why == 'fallback;desc="the session is refused"'
