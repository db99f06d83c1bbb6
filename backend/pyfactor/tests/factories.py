"""Where tests get a row of any model: the factories of every app, found by model.

A module keeps its own in `<app>/tests/factories.py`. A tenant model without a factory fails the
generated attacks, so no table goes unattacked.
"""

from functools import cache
from importlib import import_module
from importlib.util import find_spec
from inspect import getmembers
from typing import Any

import factory
from django.apps import apps
from django.db.models import Model

from dott.platform.api.models import IdempotencyKey
from dott.platform.history.models import ChainLink, Change, ChangeSet
from dott.platform.identity.models import Membership, Team, TeamMember
from dott.platform.jobs.models import Job
from dott.platform.privacy.models import Erasure, RetentionRules
from dott.platform.tenancy.context import current

DjangoFactory = type[factory.django.DjangoModelFactory[Any]]


class MembershipFactory(factory.django.DjangoModelFactory[Membership]):
    """The membership that is active: the application's role cannot make any."""

    class Meta:
        model = Membership

    @classmethod
    def _create(cls, model_class: type[Membership], *args: Any, **kwargs: Any) -> Membership:
        return model_class.objects.get(pk=current().membership_id)


class TeamFactory(factory.django.DjangoModelFactory[Team]):
    """The world's team in the active business: the application's role cannot make any."""

    class Meta:
        model = Team

    @classmethod
    def _create(cls, model_class: type[Team], *args: Any, **kwargs: Any) -> Team:
        return model_class.objects.get()


class TeamMemberFactory(factory.django.DjangoModelFactory[TeamMember]):
    """The first place in it."""

    class Meta:
        model = TeamMember

    @classmethod
    def _create(cls, model_class: type[TeamMember], *args: Any, **kwargs: Any) -> TeamMember:
        return model_class.objects.order_by("id")[0]


class IdempotencyKeyFactory(factory.django.DjangoModelFactory[IdempotencyKey]):
    """A remembered answer."""

    class Meta:
        model = IdempotencyKey

    membership_id = factory.LazyFunction(lambda: current().membership_id)
    route = "/api/crm/customers/"
    key = factory.Sequence("key-{}".format)
    fingerprint = b"\0" * 32
    status = 201
    body = b"{}"


class ChangeSetFactory(factory.django.DjangoModelFactory[ChangeSet]):
    """A change set of the acting member's, without changes."""

    class Meta:
        model = ChangeSet

    actor_id = factory.LazyFunction(lambda: current().membership_id)


class ChangeFactory(factory.django.DjangoModelFactory[Change]):
    """A change of a record that need not exist."""

    class Meta:
        model = Change

    change_set = factory.SubFactory(ChangeSetFactory)
    entity = "crm.customer"
    record_id = factory.Faker("uuid4")
    operation = Change.Operation.CREATE


class ErasureFactory(factory.django.DjangoModelFactory[Erasure]):
    """A certificate that nothing was erased."""

    class Meta:
        model = Erasure

    subject_digest = "0" * 64
    counts = {
        **{word: {} for word in ("removed", "rewritten", "handed")},
        **dict.fromkeys(("only_in_history", "files", "history", "reasons"), 0),
    }


class RetentionRulesFactory(factory.django.DjangoModelFactory[RetentionRules]):
    """The defaults, written down."""

    class Meta:
        model = RetentionRules
        # A business has one row.
        django_get_or_create = ("only_one",)

    only_one = True


class ChainLinkFactory(factory.django.DjangoModelFactory[ChainLink]):
    """A link that seals nothing."""

    class Meta:
        model = ChainLink

    change_set = factory.SubFactory(ChangeSetFactory)
    position = factory.Sequence(lambda n: n + 1)
    digest = b"\0" * 32


class JobFactory(factory.django.DjangoModelFactory[Job]):
    """A queued job of a kind that nothing runs."""

    class Meta:
        model = Job

    kind = "nothing"


def factory_for(model: type[Model]) -> DjangoFactory:
    """The model's factory. Raises LookupError with what to do when there is none."""
    try:
        return _all_factories()[model]
    except KeyError:
        raise LookupError(
            f"{model._meta.label} has no factory. Its app keeps them in tests/factories.py."
        ) from None


def reference(part: type[Model], whole: type[Model]) -> str:
    """The name of the foreign key by which a part belongs to a whole."""
    (name,) = (field.name for field in part._meta.concrete_fields if field.related_model is whole)
    return name


@cache
def _all_factories() -> dict[type[Model], DjangoFactory]:
    names = [__name__, *(f"{config.name}.tests.factories" for config in apps.get_app_configs())]
    found: dict[type[Model], DjangoFactory] = {}
    for name in names:
        parent = name.rpartition(".")[0]
        if find_spec(parent) is None or find_spec(name) is None:
            continue
        module = import_module(name)
        own = [
            candidate
            for _, candidate in getmembers(module, lambda value: isinstance(value, type))
            if issubclass(candidate, factory.django.DjangoModelFactory) and candidate.__module__ == name
        ]
        # A factory that builds on another of the same model is a variant; the plain one stands for it.
        for candidate in sorted(own, key=lambda value: len(value.__mro__)):
            found.setdefault(candidate._meta.model, candidate)
    return found
