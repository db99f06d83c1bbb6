"""The attacks over HTTP, against every operation of the URL map."""

from uuid import UUID, uuid4

import pytest
from django.conf import settings

from dott.platform.identity.csrf import csrf_secret
from dott.platform.tenancy.fields import is_tenant_model
from tests.attacks import over_http
from tests.attacks.conftest import plant_canaries
from tests.attacks.described import SCHEMA, media_types
from tests.attacks.inventory import operations
from tests.attacks.report import comparable

TARGETS = [operation for operation in operations() if operation.is_described]
CANARY = "canary of the bakery"


def test_anonymous(api, subject, record_property) -> None:
    over_http.anonymous(TARGETS, api, subject).must_be_clean(record_property)


@pytest.mark.asvs("3.5.1", "3.5.2")
def test_requests_that_another_site_could_forge(api_as, subject, world, record_property) -> None:
    bobs = csrf_secret(world["bob"].token)
    over_http.forged_origin(TARGETS, api_as, subject, bobs).must_be_clean(record_property)


@pytest.mark.asvs("8.2.1", "8.3.1")
def test_every_role_against_every_operation(api_as, subject, record_property) -> None:
    over_http.below_the_role(TARGETS, api_as, subject).must_be_clean(record_property)


def test_viewers_may_write_nothing(record_property) -> None:
    over_http.viewers_writing(TARGETS).must_be_clean(record_property)


def test_foreign_ids_in_paths(api_as, subject, record_property) -> None:
    over_http.foreign_ids_in_paths(TARGETS, api_as, subject).must_be_clean(record_property)


def test_foreign_ids_in_bodies(api_as, subject, record_property) -> None:
    over_http.foreign_ids_in_bodies(TARGETS, api_as, subject, media_types).must_be_clean(record_property)


def test_foreign_ids_in_bulk(api_as, subject, record_property) -> None:
    over_http.foreign_ids_in_bulk(TARGETS, api_as, subject).must_be_clean(record_property)


def test_every_id_in_a_request_body_is_a_reference_that_is_attacked() -> None:
    attacked = {name for operation in TARGETS for name, _ in over_http.references_in(operation)}
    bodies = [schema for name, schema in SCHEMA["components"]["schemas"].items() if name.endswith("Request")]
    ids = {
        name
        for schema in bodies
        for name, member in schema.get("properties", {}).items()
        if member.get("format") == "uuid" or member.get("items", {}).get("format") == "uuid"
    }
    # Those of a bulk action and of a team have an attack of their own; `id` is of whom privacy erases
    # (test_erasure.py), `business` of whose provider signs in (sso/tests/test_attacks.py).
    assert ids - {"ids", "members", "id", "business"} <= attacked


def test_nobody_of_another_business_gets_into_a_team(api_as, world) -> None:
    answers = [
        api_as("alice").post("/api/tenants/current/teams/", {"name": "Night", "members": [str(id_)]})
        for id_ in (world["bob"].membership_id, uuid4())
    ]
    assert [answer.status_code for answer in answers] == [400, 400]
    assert comparable(answers[0]) == comparable(answers[1])


def test_nothing_of_another_tenant_is_in_any_answer(
    api_as, subject, in_tenant, world, record_property
) -> None:
    secrets = {str(world.bakery), str(world["alice"].membership_id), CANARY}
    for model in {operation.model() for operation in TARGETS if operation.names_record}:
        if is_tenant_model(model):
            secrets |= {str(row) for row in plant_canaries(model, in_tenant, CANARY)}
    over_http.canaries(TARGETS, api_as, subject, secrets).must_be_clean(record_property)


@pytest.mark.asvs("4.1.4", "13.4.4")
def test_unknown_methods(api_as, subject, record_property) -> None:
    over_http.unknown_methods(TARGETS, api_as, subject).must_be_clean(record_property)


@pytest.mark.asvs("3.5.6")
def test_unknown_parameters(api_as, subject, record_property) -> None:
    over_http.unknown_parameters(TARGETS, api_as, subject).must_be_clean(record_property)


@pytest.mark.asvs("1.5.1", "1.5.3", "3.5.2")
def test_malformed_bodies(api_as, subject, record_property) -> None:
    over_http.malformed_bodies(TARGETS, api_as, subject, media_types).must_be_clean(record_property)


@pytest.mark.parametrize(
    "path", ["/api/", "/api/nothing/", "/api/crm/customers/not-an-id/", "/api/crm/customers"]
)
def test_addresses_that_do_not_exist(api_as, path: str) -> None:
    response = api_as("alice").get(path)
    assert response.status_code == 404
    assert response.json()["code"] == "not_found"


def test_each_operation_names_its_route_and_has_a_role() -> None:
    for operation in operations():
        assert operation.route, operation
        assert operation.least, operation


def test_a_session_cookie_is_what_the_attacks_use(api_as, world) -> None:
    assert api_as("alice").cookies[settings.SESSION_COOKIE_NAME].value == world["alice"].token
    assert isinstance(world["alice"].membership_id, UUID)
