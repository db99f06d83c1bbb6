"""Columns that most tables of the CRM have, each with the default that the database knows too."""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import CheckConstraint, Func, Q
from django.db.models.functions import Length
from django.db.models.lookups import Exact, LessThanOrEqual

from dott.platform.tenancy.fields import TenantForeignKey


def text(max_length: int, **kwargs: Any) -> "models.CharField[str, str]":
    """Optional text; empty is "", never null."""
    return models.CharField(max_length=max_length, blank=True, default="", db_default="", **kwargs)


def long_text(max_length: int) -> "models.TextField[str, str]":
    """Optional text without a column limit: give it length_rule() too."""
    return models.TextField(max_length=max_length, blank=True, default="", db_default="")


def word(
    choices: type[models.TextChoices], default: str, max_length: int = 10, **kwargs: Any
) -> "models.CharField[str, str]":
    """One word of a fixed list."""
    return models.CharField(
        max_length=max_length, choices=choices, default=default, db_default=default, **kwargs
    )


def flag() -> "models.BooleanField[bool, bool]":
    """False until somebody says otherwise."""
    return models.BooleanField(default=False, db_default=False)


def tag_ids() -> "ArrayField[Any, Any]":
    """The tags of a record, by id, in the order in which they were put on. The link rows of models/tags.py
    follow it: they are what filters and counts read."""
    return ArrayField(models.UUIDField(), blank=True, default=list, db_default=[])


def custom_values() -> "models.JSONField[Any, Any]":
    """The values of the business's own fields by key (ADR 13); give it custom_rule() too."""
    return models.JSONField(default=dict, db_default=models.Value({}, models.JSONField()), blank=True)


def member(related_name: str = "+", **kwargs: Any) -> TenantForeignKey:
    """A member of the business or nobody. Its index, where one is needed, is named in the model."""
    return TenantForeignKey(
        "identity.Membership",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name=related_name,
        db_index=False,
        **kwargs,
    )


def length_rule(of: str, field: str, max_length: int) -> CheckConstraint:
    """Unlike varchar(n), Django's text column has no limit of its own."""
    return CheckConstraint(
        name=f"{of}_{field}_length", condition=Q(LessThanOrEqual(Length(field), max_length))
    )


def choice_rule(of: str, field: str, choices: type[models.TextChoices]) -> CheckConstraint:
    """The database knows the list too."""
    return CheckConstraint(name=f"{of}_{field}_is_known", condition=Q(**{f"{field}__in": choices.values}))


def custom_rule(of: str) -> CheckConstraint:
    """An object, whatever is in it."""
    kind = Func("custom", function="jsonb_typeof", output_field=models.TextField())
    return CheckConstraint(name=f"{of}_custom_is_an_object", condition=Q(Exact(kind, "object")))


def version_rule(of: str) -> CheckConstraint:
    """Versions count from one."""
    return CheckConstraint(name=f"{of}_version_counts_from_one", condition=Q(version__gte=1))
