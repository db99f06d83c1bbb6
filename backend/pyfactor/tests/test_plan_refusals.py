"""A viewset that does more than declare gets no plan, so that nothing of it is left out of an answer."""

import pytest
from django.http import QueryDict
from rest_framework import serializers
from rest_framework.permissions import AllowAny

from dott.modules.crm.api.customers import CustomerSerializer, CustomerViewSet
from dott.modules.crm.models import Customer
from dott.platform.api.plans import NotPlanned
from dott.platform.api.plans.plan import Plan


class Shouting:
    """A base that changes what is shown, as a mixin of several serializers would."""

    def to_representation(self, instance):
        return {"name": "LOUD"}


class ShoutingSerializer(Shouting, CustomerSerializer):
    pass


class MethodSerializer(CustomerSerializer):
    phone = serializers.SerializerMethodField()


class FormattedSerializer(CustomerSerializer):
    created_at = serializers.DateTimeField(format="%Y", read_only=True)


def _own(self, *args, **kwargs):
    raise AssertionError


@pytest.mark.parametrize(
    "overrides",
    [
        *(
            {name: _own}
            for name in ("get_queryset", "get_permissions", "check_object_permissions", "list", "get_object")
        ),
        {"permission_classes": [AllowAny]},
        {"serializer_class": ShoutingSerializer},
        {"serializer_class": MethodSerializer},
        {"serializer_class": FormattedSerializer},
        {"queryset": Customer.objects.filter(kind="person")},
    ],
    ids=", ".join,
)
def test_what_does_more_than_declare_has_no_plan(overrides):
    assert Plan(CustomerViewSet)
    with pytest.raises(NotPlanned):
        Plan(type("Other", (CustomerViewSet,), overrides)).selection(QueryDict(), ("id",))
