"""What belongs to a business, read off the models: a new table is taken along unasked."""

from collections.abc import Iterable
from functools import cache
from graphlib import TopologicalSorter
from typing import Any, cast

from django.apps import apps
from django.db.models import DecimalField, Field, ForeignKey, Model

from dott.platform.identity.models import Membership
from dott.platform.tenancy.fields import TenantIdField, is_tenant_model, tenant_field

# Tables that stay behind, each with the reason.
LEFT_BEHIND = {
    "identity.membership": "people are invited anew; records name them by e-mail address",
    "identity.team": "who sees what is set up anew, as who may do what",
    "identity.teammember": "as the team",
    "api.idempotencykey": "answers to requests of the last day",
    "history.chainlink": "the seal of this installation; what comes in is sealed anew",
    "jobs.job": "work in progress",
    "crm.importjob": "work in progress; what it changed is in the history",
    "crm.importrow": "the rows of such a file",
    "crm.export": "which files left from here",
    "portability.businessexport": "as such a file",
    "crm.duplicatescan": "work in progress, as the job that does it",
    "crm.duplicatepair": "what such a search found; another one finds it again",
    "webhooks.endpoint": "its secret is sealed by this installation; it is set up anew",
    "webhooks.endpointsecret": "as the endpoint",
    "webhooks.delivery": "what other programs were told from here",
    "crm.contactpair": "as the pairs of customers",
    "crm.favourite": "what members keep at hand for themselves",
    "crm.notification": "what members were told; the reminders are in the activities",
}
FILE_KEY = "file_key"


class Entity:
    """One table of a business. label: its name here and in the history, such as crm.customer."""

    def __init__(self, model: type[Model]) -> None:
        self.model = model
        self.label = model._meta.label_lower
        self.table = model._meta.db_table
        self.fields = cast(
            "list[Field[Any, Any]]",
            [
                field
                for field in model._meta.concrete_fields
                if not field.generated and not isinstance(field, TenantIdField)
            ],
        )
        self.members = frozenset(
            field.name
            for field in self.fields
            if isinstance(field, ForeignKey) and field.related_model is Membership
        )
        self.has_files = any(field.name == FILE_KEY for field in self.fields)

    def __repr__(self) -> str:
        return self.label

    @property
    def names(self) -> list[str]:
        """The fields of a record, in the model's order."""
        return [field.name for field in self.fields]

    @property
    def is_record(self) -> bool:
        """Whether somebody's work lies in it, and not only what the business is set up with."""
        return any(field.name == "deleted_at" for field in self.fields)

    @property
    def may_be_cleared(self) -> bool:
        """Whether the application may delete its rows."""
        field = tenant_field(self.model)
        return field is not None and "DELETE" in field.grants

    def selected(self, field: "Field[Any, Any]") -> str:
        """A column as it is read: decimals as text, which no program rounds."""
        column = f'r."{field.column}"'
        return f'{column}::text AS "{field.name}"' if _is_decimal(field) else f'{column} AS "{field.name}"'


def _is_decimal(field: "Field[Any, Any]") -> bool:
    return isinstance(field, DecimalField)


@cache
def entities() -> tuple[Entity, ...]:
    """Everything that is taken along, what is referred to before what refers."""
    taken = [
        model
        for model in apps.get_models()
        if is_tenant_model(model) and model._meta.label_lower not in LEFT_BEHIND
    ]
    order = TopologicalSorter({model: set(_referred(model, taken)) for model in taken})
    return tuple(Entity(model) for model in order.static_order())


def _referred(model: type[Model], taken: Iterable[type[Model]]) -> Iterable[type[Model]]:
    for field in model._meta.concrete_fields:
        if (
            isinstance(field, ForeignKey)
            and field.related_model in taken
            and field.related_model is not model
        ):
            yield field.related_model
