"""Every filter that cannot be understood is a 400 that names the place in the JSON."""

import json
from urllib.parse import urlencode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dott.modules.crm.api.customer_filters import CustomerFilters
from dott.platform.api.filtering.apply import Refused, check_filter
from dott.platform.api.filtering.grammar import MAX_CONDITIONS, MAX_DEPTH

URL = "/api/crm/customers/"
STAGE = {"field": "stage", "op": "is", "value": "lead"}


def nested(depth: int) -> object:
    node: object = STAGE
    for _ in range(depth):
        node = {"or": [node]}
    return node


def condition(field: str, op: str, *value: object) -> dict[str, object]:
    return {"field": field, "op": op} | ({"value": value[0]} if value else {})


@pytest.mark.parametrize(
    ("data", "place", "code"),
    [
        ([], "", "not_an_object"),
        ("lead", "", "not_an_object"),
        ({}, "", "unknown_shape"),
        ({"not": [STAGE]}, "", "unknown_shape"),
        ({"and": [STAGE], "or": [STAGE]}, "", "unknown_shape"),
        ({"and": []}, "/and", "empty_group"),
        ({"or": STAGE}, "/or", "empty_group"),
        ({"and": [STAGE, 1]}, "/and/1", "not_an_object"),
        ({"and": [STAGE, {"or": [condition("x", "is", 1)]}]}, "/and/1/or/0/field", "unknown_field"),
        (condition("search_text", "contains", "x"), "/field", "unknown_field"),
        (condition("owner__user", "is", "x"), "/field", "unknown_field"),
        (condition("tenant_id", "is", "x"), "/field", "unknown_field"),
        ({"field": 1, "op": "is", "value": 1}, "/field", "unknown_field"),
        ({"field": ["stage"], "op": "is", "value": 1}, "/field", "unknown_field"),
        (condition("stage", "regex", "x"), "/op", "unknown_operator"),
        (condition("stage", "contains", "x"), "/op", "unknown_operator"),
        ({"field": "stage", "op": ["is"], "value": "lead"}, "/op", "unknown_operator"),
        ({"field": "stage", "value": "lead"}, "/op", "unknown_operator"),
        ({**STAGE, "case": True}, "/case", "unknown_key"),
        (condition("stage", "is"), "", "missing_value"),
        (condition("stage", "empty", None), "/value", "no_value"),
        (condition("stage", "is", "winner"), "/value", "invalid_choice"),
        (condition("stage", "is", ["lead"]), "/value", "invalid_choice"),
        (condition("stage", "in", "lead"), "/value", "not_a_list"),
        (condition("stage", "in", []), "/value", "not_a_list"),
        (condition("stage", "in", ["lead", "x"]), "/value/1", "invalid_choice"),
        (condition("stage", "in", ["lead"] * 101), "/value", "too_many_values"),
        (condition("email", "is", ""), "/value", "not_a_text"),
        (condition("email", "is", 1), "/value", "not_a_text"),
        (condition("email", "contains", "a\x00"), "/value", "invalid_text"),
        (condition("email", "contains", "\ud800"), "/value", "invalid_text"),
        (condition("email", "contains", "x" * 1001), "/value", "too_long"),
        (condition("is_tax_exempt", "is", "true"), "/value", "not_a_boolean"),
        (condition("account_number", "eq", True), "/value", "not_a_number"),
        (condition("account_number", "eq", "1_000"), "/value", "not_a_number"),
        (condition("account_number", "eq", "٣"), "/value", "not_a_number"),
        (condition("account_number", "eq", 1.5), "/value", "not_an_integer"),
        (condition("account_number", "eq", 2**63), "/value", "not_an_integer"),
        (condition("account_number", "gt", "9" * 40), "/value", "out_of_range"),
        (condition("account_number", "between", [1]), "/value", "not_a_pair"),
        (condition("account_number", "between", [1, "x"]), "/value/1", "not_a_number"),
        (condition("owner", "is", "you"), "/value", "not_an_id"),
        (condition("owner", "in", ["me", 7]), "/value/1", "not_an_id"),
        (condition("created_at", "on", "soon"), "/value", "not_a_date"),
        (condition("created_at", "on", "2026-01-01T00:00:00Z"), "/value", "not_a_date"),
        (condition("created_at", "before", "2026-01-01T00:00:00"), "/value", "not_a_date"),
        (condition("tax_exempt_expires_on", "before", "2026-01-01T00:00:00Z"), "/value", "not_a_date"),
        (condition("created_at", "on", "2026-02-30"), "/value", "no_such_date"),
        (condition("created_at", "between", ["today", 5]), "/value/1", "not_a_date"),
        (condition("created_at", "within", "2026-01-01"), "/value", "not_a_period"),
        (condition("created_at", "after", "9999-12-31"), "/value", "out_of_range"),
        (nested(MAX_DEPTH + 1), "/or/0" * MAX_DEPTH, "too_deep"),
        ({"or": [STAGE] * (MAX_CONDITIONS + 1)}, f"/or/{MAX_CONDITIONS}", "too_many_conditions"),
    ],
)
def test_the_place_is_named(api_as, data, place, code):
    response = api_as("alice").get(f"{URL}?{urlencode({'filter': json.dumps(data)})}")
    assert response.status_code == 400, response.content
    (error,) = response.json()["errors"]
    assert (error["parameter"], error["pointer"], error["code"]) == ("filter", place, code)
    assert response.json()["detail"].startswith(f"filter{place}: ")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("{", "invalid_json"),
        ("stage=lead", "invalid_json"),
        ('{"field":"stage","op":"is","value":NaN}', "invalid_json"),
        ('{"and":[],"and":[]}', "invalid_json"),
        ("[" * 7_000, "invalid_json"),
        (f'{{"field":"account_number","op":"eq","value":{"9" * 5_000}}}', "invalid_json"),
        (" " * 7_999 + "{}", "too_long"),
    ],
)
def test_what_is_not_json_is_refused(api_as, text, code):
    padded = f'"{text}"' if text.startswith(" ") else text
    response = api_as("alice").get(f"{URL}?{urlencode({'filter': padded})}")
    assert response.status_code == 400
    assert [error["code"] for error in response.json()["errors"]] == [code]


def test_what_just_fits_is_taken(api_as):
    for data in (nested(MAX_DEPTH), {"or": [STAGE] * MAX_CONDITIONS}, STAGE):
        response = api_as("alice").get(f"{URL}?{urlencode({'filter': json.dumps(data)})}")
        assert response.status_code == 200, response.content
    assert api_as("alice").get(f"{URL}?filter=").status_code == 200


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=6),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
ALMOST = st.fixed_dictionaries(
    {
        "field": st.sampled_from(sorted(CustomerFilters.compound_fields())),
        "op": st.sampled_from(["is", "in", "eq", "between", "on", "within", "contains", "empty", "before"]),
        "value": JSON,
    }
)


@pytest.mark.asvs("1.2.4")
@settings(
    max_examples=400,
)
@given(JSON | ALMOST | st.builds(lambda *nodes: {"and": list(nodes)}, ALMOST, JSON))
def test_any_json_is_taken_or_refused_and_nothing_else(data):
    try:
        check_filter(CustomerFilters, data)
    except Refused as refused:
        here = data
        # All but the last step lead into the filter as it was sent.
        for step in refused.place[:-1]:
            here = here[step]
        assert refused.code
        assert refused.detail


def test_the_fields_follow_from_the_declaration():
    fields = CustomerFilters.compound_fields()
    assert {
        name: fields[name].kind for name in ("stage", "owner", "email", "created_at", "account_number")
    } == {
        "stage": "select",
        "owner": "relation",
        "email": "text",
        "created_at": "instant",
        "account_number": "number",
    }
    assert fields["owner"].is_member
