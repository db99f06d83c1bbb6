"""A database that is busy costs a client some seconds and a 503, never a hanging page or a 500."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections, transaction

from dott.platform.tenancy.router import MIGRATOR

pytestmark = pytest.mark.django_db(transaction=True, databases="__all__")
URL = "/api/crm/customers/"


def ask(api_as):
    started = time.monotonic()
    try:
        return api_as("alice").get(URL), time.monotonic() - started
    finally:
        connections.close_all()


def test_a_locked_table(world, api_as) -> None:
    with transaction.atomic(using=MIGRATOR), connections[MIGRATOR].cursor() as cursor:
        cursor.execute("LOCK TABLE crm_customer IN ACCESS EXCLUSIVE MODE")
        with ThreadPoolExecutor(1) as pool:
            response, seconds = pool.submit(ask, api_as).result()
    assert (response.status_code, response.json()["code"]) == (503, "overloaded")
    assert int(response["Retry-After"]) > 0
    assert seconds < 5
    assert api_as("alice").get(URL).status_code == 200


@pytest.mark.asvs("13.2.6")
def test_no_connection_left(world, api_as) -> None:
    pool = connections["default"].pool
    if pool is None:
        pytest.fail("The application's connections are meant to come from a pool.")
    held = [pool.getconn() for _ in range(pool.max_size)]
    try:
        with ThreadPoolExecutor(1) as threads:
            response, seconds = threads.submit(ask, api_as).result()
    finally:
        for connection in held:
            pool.putconn(connection)
    assert (response.status_code, response.json()["code"]) == (503, "overloaded")
    assert seconds < 6
    assert api_as("alice").get(URL).status_code == 200
