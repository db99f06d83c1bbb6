"""Rows of webhooks, as tests want them."""

import factory
from django.utils import timezone

from dott.platform.identity.factors.keys import seal_secret
from dott.platform.webhooks.models import Delivery, Endpoint, EndpointSecret
from dott.platform.webhooks.signing import new_secret


class EndpointFactory(factory.django.DjangoModelFactory[Endpoint]):
    """An endpoint that hears of everything, without a secret."""

    class Meta:
        model = Endpoint

    url = factory.Sequence("https://hooks.example/{}".format)
    events = ["*"]


class EndpointSecretFactory(factory.django.DjangoModelFactory[EndpointSecret]):
    """The current secret of an endpoint."""

    class Meta:
        model = EndpointSecret

    endpoint = factory.SubFactory(EndpointFactory)
    sealed = factory.LazyFunction(lambda: seal_secret(new_secret()))


class DeliveryFactory(factory.django.DjangoModelFactory[Delivery]):
    """A message that waits."""

    class Meta:
        model = Delivery

    endpoint = factory.SubFactory(EndpointFactory)
    event_type = "crm.customer.created"
    body = "{}"
    next_attempt_at = factory.LazyFunction(timezone.now)
