"""Every limit at its edge, in the serializer and in the database.

The database is asked by an UPDATE of one column, so that no code of ours stands in between.
"""

import pytest
from django.db import DatabaseError, transaction

from dott.modules.crm.api.customers import CustomerSerializer
from dott.modules.crm.models import Customer
from dott.modules.crm.models.rules import CUSTOMER_RULES
from dott.modules.crm.tests.factories import CustomerFactory

URL = "/api/crm/customers/"

# model.md, Customer. The one place where the limits are repeated: to prove them.
LENGTHS = {
    "external_id": 80, "business_name": 255, "salutation": 30, "first_name": 100, "last_name": 100,
    "phone_extension": 10, "phone_raw": 40, "source": 80, "industry": 80, "tax_id": 32,
    "tax_exempt_certificate": 100, "notes": 20_000, "delivery_instructions": 1_000,
    "shipping_recipient": 120,
    **{
        f"{kind}_{part}": length
        for kind in ("billing", "shipping")
        for part, length in {
            "line1": 255, "line2": 255, "city": 120, "county": 120, "region": 120, "postal_code": 20,
        }.items()
    },
}  # fmt: skip

# field → (accepted, refused by both, refused by the serializer only because it knows the lists)
FORMS = {
    "email": (
        ["a@b.example", "a.b+c@exämple.com", "x" * 64 + "@b.example", f"{'a' * 244}@b.example"],
        ["a", "a@", "@b.example", "a b@c d.example", f"{'a' * 245}@b.example"],
        ["a@b", "a@b..example"],
    ),
    "website": (
        ["http://a.example", "https://a.example/b?c=d#e", "https://" + "a.example/" + "x" * 2030],
        ["a.example", "ftp://a.example", "javascript:alert(1)", "//a.ex", "https://a.example/" + "x" * 2031],
        ["https://", "http://nowhere"],
    ),
    "phone": (["+4930901820", "+12125550193"], ["+0123456789", "+1234567890123456"], ["+999"]),
    "shipping_phone": (["+4930901820"], ["+0123456789", "+1234567890123456"], []),
    "currency": (["EUR", "JPY"], ["eur", "EURO", "E1R"], ["QQQ"]),
    "billing_country": (["DE", "XK"], ["de", "DEU", "D1"], ["ZZ"]),
    "shipping_country": (["US"], ["us", "USA", "1"], ["AA"]),
    "language": (["de", "pt-BR", "zh-Hant-TW", "gsw"], ["d", "de_DE", "de-", "x" * 36], ["qq"]),
    "timezone": (["UTC", "Europe/Berlin", "America/Argentina/Mendoza"], ["Europe/", "a b"], ["Mars/Olympus"]),
    "kind": (["business"], ["Business", "company", ""], []),
    "stage": (["lead", "prospect", "customer", "former", "partner", "other"], ["LEAD", "won", ""], []),
    "status": (["active", "inactive", "blocked"], ["deleted", ""], []),
}  # fmt: skip

VALID = {"business_name": "Mill"}


def serializer_errors(values) -> dict:
    serializer = CustomerSerializer(data=VALID | values)
    serializer.is_valid()
    return dict(serializer.errors)


def database_takes(customer, **values) -> bool:
    try:
        with transaction.atomic():
            Customer.objects.filter(pk=customer.pk).update(**values)
    except DatabaseError:
        return False
    return True


@pytest.fixture
def customer(in_tenant):
    with in_tenant("alice"):
        customer = CustomerFactory(is_tax_exempt=True)
        yield customer


@pytest.mark.parametrize(("field", "length"), LENGTHS.items(), ids=list(LENGTHS))
def test_a_text_is_as_long_as_the_model_says(customer, field, length):
    # A letter of four bytes: lengths are characters, not bytes.
    for letter in "x", "𝄞":
        exact, longer = letter * length, letter * (length + 1)
        extra = {"is_tax_exempt": True} if field.startswith("tax_exempt") else {}
        assert serializer_errors({field: exact} | extra) == {}
        assert database_takes(customer, **{field: exact})
        assert [error.code for error in serializer_errors({field: longer} | extra)[field]] == ["max_length"]
        assert not database_takes(customer, **{field: longer})


@pytest.mark.parametrize(
    ("field", "value"), [(field, value) for field, (good, _, _) in FORMS.items() for value in good]
)
def test_a_good_value_is_taken(customer, field, value):
    assert serializer_errors({field: value}) == {}
    assert database_takes(customer, **{field: value})


@pytest.mark.asvs("1.3.3", "2.2.1", "2.2.2")
@pytest.mark.parametrize(
    ("field", "value"), [(field, value) for field, (_, bad, _) in FORMS.items() for value in bad]
)
def test_a_bad_form_is_refused_twice(customer, field, value):
    assert list(serializer_errors({field: value})) == [field]
    assert not database_takes(customer, **{field: value})


@pytest.mark.asvs("1.2.2")
@pytest.mark.parametrize(
    ("field", "value"), [(field, value) for field, (_, _, unknown) in FORMS.items() for value in unknown]
)
def test_a_value_that_does_not_exist_is_refused_with_one_sentence(customer, field, value):
    assert [len(errors) for errors in serializer_errors({field: value}).values()] == [1]


@pytest.mark.parametrize("field", [name for name in FORMS if name not in {"kind", "stage", "status"}])
def test_optional_text_may_be_empty(customer, field):
    assert serializer_errors({field: ""}) == {}
    assert database_takes(customer, **{field: ""})


COMBINATIONS = [
    {"kind": kind, "business_name": business, "first_name": first, "last_name": last}
    for kind in ("business", "person")
    for business in ("", "B")
    for first in ("", "F")
    for last in ("", "L")
] + [
    {"is_tax_exempt": exempt, "tax_exempt_certificate": certificate, "tax_exempt_expires_on": expires}
    for exempt in (True, False)
    for certificate in ("", "C-1")
    for expires in (None, "2027-01-31")
]


@pytest.mark.asvs("2.2.3")
@pytest.mark.parametrize("values", COMBINATIONS)
def test_rules_between_fields_agree_in_both_places(customer, values):
    errors = serializer_errors(values)
    assert database_takes(customer, **values) == (not errors)
    codes = {error.code for listed in errors.values() for error in listed}
    assert codes <= {rule.code for rule in CUSTOMER_RULES}


@pytest.mark.parametrize(
    ("values", "broken"),
    [
        ({"business_name": ""}, {"business_name": "customer_business_has_business_name"}),
        (
            {"kind": "person"},
            {"first_name": "customer_person_has_a_name", "last_name": "customer_person_has_a_name"},
        ),
        (
            {"tax_exempt_expires_on": "2027-01-31"},
            {"is_tax_exempt": "customer_exemption_details_need_exemption"},
        ),
    ],
)
def test_a_broken_rule_is_shown_at_its_field(in_tenant, values, broken):
    with in_tenant("alice"):
        errors = serializer_errors(values)
    assert {field: listed[0].code for field, listed in errors.items()} == broken


@pytest.mark.parametrize(("digits", "taken"), [(6, False), (7, True), (15, True), (16, False)])
def test_the_database_knows_the_lengths_of_e164(customer, digits, taken):
    assert database_takes(customer, phone="+" + "1" * digits) == taken


@pytest.mark.parametrize("value", [0, -1])
def test_numbers_and_versions_count_from_one(customer, value):
    assert not database_takes(customer, number=value)
    assert not database_takes(customer, version=value)


def test_nobody_trashed_what_is_not_trashed(customer, world):
    assert not database_takes(customer, deleted_by_id=world["alice"].membership_id)


def test_an_account_number_is_used_once(customer):
    other = CustomerFactory()
    assert not database_takes(other, number=customer.number)


def test_the_longest_expanding_name_still_fits_its_index(customer):
    """U+FDFA becomes eighteen letters in the search key."""
    assert database_takes(customer, business_name="\ufdfa" * 255, billing_city="\ufdfa" * 120)
    customer.refresh_from_db()
    assert len(customer.name_key) == 200


@pytest.mark.parametrize(
    ("text", "country", "stored"),
    [
        ("030 901820", "DE", "+4930901820"),
        ("(503) 555-7555", "US", "+15035557555"),
        ("+49 (0)30 901820", "", "+4930901820"),
        ("0049 30 901820", "DE", "+4930901820"),
    ],
)
def test_a_local_number_becomes_e164_by_the_country(api_as, text, country, stored):
    body = {"business_name": "Mill", "phone": text, "billing_country": country}
    response = api_as("alice").post(URL, body)
    assert (response.status_code, response.json().get("phone")) == (201, stored)


@pytest.mark.parametrize(
    ("text", "country", "code"),
    [
        ("030 901820", "", "phone_without_country"),
        ("hello", "DE", "not_a_phone"),
        ("123", "DE", "impossible_phone"),
        ("+999 123456", "", "not_a_phone"),
        ("+49 30 901820 ext. 5", "", "phone_with_extension"),
        ("+49" + "1" * 40, "", "max_length"),
    ],
)
def test_a_number_that_cannot_be_is_refused_with_a_reason(api_as, text, country, code):
    body = {"business_name": "Mill", "phone": text, "billing_country": country}
    response = api_as("alice").post(URL, body)
    assert response.status_code == 400
    assert [(e["pointer"], e["code"]) for e in response.json()["errors"]] == [("/phone", code)]


def test_a_phone_is_read_by_the_country_that_the_customer_has(api_as, in_tenant):
    with in_tenant("alice"):
        customer = CustomerFactory(billing_country="FR")
    response = api_as("alice").patch(
        f"{URL}{customer.pk}/", {"phone": "01 99 00 55 12"}, headers={"If-Match": '"1"'}
    )
    assert response.json()["phone"] == "+33199005512"


def test_every_constraint_is_named_for_its_rule():
    assert all(constraint.name.startswith("customer_") for constraint in Customer._meta.constraints)
