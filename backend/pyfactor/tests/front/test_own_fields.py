"""A business's own fields and its calendar, which the front remembers and checks."""

from datetime import UTC, datetime
from urllib.parse import urlencode

import pytest
import time_machine

from dott.modules.crm.custom.resource import OWN_FIELDS
from dott.modules.crm.models import Customer, CustomField
from dott.platform.api.filtering import periods
from dott.platform.identity.models import Tenant
from tests.front.filters import FILTERS, OWN, OWN_FILTERS
from tests.front.support import LIST

pytestmark = pytest.mark.django_db(transaction=True, databases="__all__")


def test_values_of_own_fields(way, both, own):
    assert any(both.get(f"{LIST}{id_}/").json["custom"] for id_ in own)
    assert both.get(f"{LIST}?limit=200").why == ""


@pytest.mark.parametrize("node", OWN_FILTERS)
def test_a_filter_by_own_fields(both, own, node):
    """Planned, once Django has read which fields there are, and the calendar."""
    both.get(f"{LIST}?{urlencode({'filter': FILTERS[-2]})}")
    both.get(f"{LIST}?{urlencode({'filter': OWN_FILTERS[0]})}")
    address, found = f"{LIST}?{urlencode({'filter': node, 'limit': 5, 'count': 'exact'})}", 0
    while address:
        answer = both.get(address)
        assert (answer.status, answer.why) == ("200 OK", "")
        found += len(answer.json["results"])
        address = answer.json["next"]
    assert 0 < found < 22


@pytest.mark.parametrize("key", [key for key, _, _ in OWN])
@pytest.mark.parametrize("sign", ["", "-"])
def test_an_order_by_own_fields(way, both, own, key, sign):
    both.get(f"{LIST}?ordering=custom.motto")
    address, seen, last = f"{LIST}?limit=5&ordering={sign}custom.{key},-name", [], None
    while address:
        last = both.get(address)
        assert (last.status, last.why) == ("200 OK", "")
        seen += last.json["results"]
        address = last.json["next"]
    assert len({row["id"] for row in seen}) == len(seen) == 22
    empty = [key not in row["custom"] for row in seen]
    # Without a value last, or first when it goes down; a yes or no is no.
    assert key == "vip" or empty == sorted(empty, reverse=bool(sign))
    while last.json["previous"]:
        last = both.get(last.json["previous"])
        assert last.why == ""


def test_own_fields_that_are_not_known_or_have_changed(both, own, in_tenant):
    """What was remembered of which fields there are is compared with what there are now."""
    address = f"{LIST}?ordering=custom.tier&{urlencode({'filter': OWN_FILTERS[8]})}"
    OWN_FIELDS["customer"]._memory._known.clear()
    assert both.get(address).why == 'fallback;desc="the fields of the business were not read yet"'
    before = both.get(address)
    assert before.why == ""
    with in_tenant("alice"):
        field = CustomField.objects.get(key="tier")
        CustomField.objects.filter(pk=field.pk).update(options=field.options[::-1])
    after = both.get(address)
    assert after.why == ""
    assert after.body != before.body
    with in_tenant("alice"):
        CustomField.objects.filter(pk=field.pk).delete()
    assert both.get(address).status == "400 Bad Request"
    unknown = both.get(f"{LIST}?ordering=custom.tier")
    assert (unknown.status, unknown.json["errors"][0]["code"]) == ("400 Bad Request", "unknown_ordering")


def test_a_calendar_that_is_not_known_or_has_changed(both, world, customers, in_tenant):
    """What was remembered of how a business counts its days is compared with what it does now."""
    address = f"{LIST}?{urlencode({'filter': FILTERS[-2], 'count': 'exact'})}"
    periods.remembered._known.clear()
    assert both.get(address).why == 'fallback;desc="the calendar of the business was not read yet"'
    assert both.get(address).why == ""
    with in_tenant("alice"):
        Customer.objects.update(created_at=datetime(2026, 3, 18, 10, tzinfo=UTC))
    # It is the 18th in London and the 19th in Auckland.
    with time_machine.travel(datetime(2026, 3, 18, 12, tzinfo=UTC), tick=False):
        assert both.get(address).json["count"] == 0
        Tenant.objects.filter(id=world.bakery).update(timezone="Pacific/Auckland")
        assert periods.remembered.get(world.bakery).timezone == "UTC"
        moved = both.get(address)
    assert (moved.json["count"], moved.why) == (22, "")
