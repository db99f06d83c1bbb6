"""Running numbers: unique, in order, per business."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections

from dott.modules.crm.actions.numbers import reserve_numbers
from dott.modules.crm.models import Customer, NumberCounter
from dott.modules.crm.tests.factories import CustomerFactory


def test_numbers_are_taken_in_order_and_in_blocks(in_tenant):
    with in_tenant("alice"):
        assert CustomerFactory().number == 1
        assert list(reserve_numbers(3)) == [2, 3, 4]
        assert CustomerFactory().number == 5
        assert list(reserve_numbers(0)) == []
        assert CustomerFactory().account_number == "C-000006"
        counter = NumberCounter.objects.get()
        assert (counter.series, counter.last_number) == ("customer", 6)


def test_each_series_and_each_business_counts_alone(in_tenant):
    with in_tenant("alice"):
        assert list(reserve_numbers(2)) == [1, 2]
        assert list(reserve_numbers(2, series="deal")) == [1, 2]
    with in_tenant("bob"):
        assert list(reserve_numbers(1)) == [1]


def test_there_is_no_last_account_number():
    assert Customer(
        number=12_345_678, created_by_id=None, updated_by_id=None, tenant_id=None
    ).account_number == ("C-12345678")


@pytest.mark.django_db(transaction=True, databases="__all__")
def test_sixteen_at_once_get_sixteen_numbers(api_as):
    def create(index: int) -> str:
        try:
            response = api_as("alice").post("/api/crm/customers/", {"business_name": f"B{index}"})
            assert response.status_code == 201, response.json()
            return response.json()["account_number"]
        finally:
            connections.close_all()

    with ThreadPoolExecutor(max_workers=4) as threads:
        numbers = list(threads.map(create, range(16)))
    assert sorted(numbers) == [f"C-{number:06d}" for number in range(1, 17)]
