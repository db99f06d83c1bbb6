"""What a body leaves out means what REST framework makes of it, although not all fields are asked."""

from collections.abc import Iterator
from importlib import import_module
from typing import Any

import pytest
from django.http import QueryDict
from rest_framework.exceptions import ValidationError

from dott.modules.crm.models import Customer
from dott.platform.api.serializers import StrictModelSerializer

import_module("config.urls")


Kind = type[StrictModelSerializer]


def _kinds(base: Kind = StrictModelSerializer) -> Iterator[Kind]:
    for kind in base.__subclasses__():
        if kind.__module__.startswith("dott.") and hasattr(kind, "Meta"):
            yield kind
        yield from _kinds(kind)


KINDS = sorted(set(_kinds()), key=lambda kind: kind.__qualname__)


def read(kind: Kind, body: Any) -> Any:
    try:
        return kind(data=body, context={}).to_internal_value(body)
    except ValidationError as error:
        return error.get_full_details()


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__qualname__)
@pytest.mark.parametrize("body", [{}, QueryDict("")], ids=["object", "form"])
def test_it_means_the_same(kind, body, monkeypatch) -> None:
    asked_of_some = read(kind, body)
    monkeypatch.setattr(StrictModelSerializer, "_looked_at", lambda *_: None)
    assert asked_of_some == read(kind, body)


def test_a_form_leaves_out_what_is_not_ticked() -> None:
    class Ticked(StrictModelSerializer):
        class Meta:
            model = Customer
            fields = ("do_not_call",)

    assert read(Ticked, QueryDict("")) == {"do_not_call": False}
    assert read(Ticked, {}) == {}


def test_something_is_left_out_that_matters() -> None:
    """Of every kind that there is: a required value, a default, and nothing."""
    answers = [read(kind, {}) for kind in KINDS]
    assert len(KINDS) > 10
    assert any("required" in str(answer) for answer in answers)
    assert {} in answers


def test_a_serializer_takes_nothing_over_from_the_one_before_it() -> None:
    kind = KINDS[0]
    first = kind(data={"some": "body"}, context={"of": "one"}, partial=True)
    second = kind(context={})
    assert (first.context, first.partial) == ({"of": "one"}, True)
    assert (second.context, second.partial, second.instance) == ({}, False, None)
    assert not hasattr(second, "initial_data")
    assert first.fields is not second.fields
