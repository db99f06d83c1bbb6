"""The customer: fields, limits and indexes. Every limit stands here once and nowhere else."""

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.db.models.functions import Length
from django.db.models.lookups import LessThanOrEqual

from dott.modules.crm.models import keys
from dott.modules.crm.models.addresses import BillingAddress, ShippingAddress
from dott.modules.crm.models.numbers import NextNumber, account_number
from dott.modules.crm.models.rules import CUSTOMER_RULES
from dott.modules.crm.models.shapes import COUNTRY, CURRENCY, E164, EMAIL, LANGUAGE, TIMEZONE, WEBSITE
from dott.modules.crm.search import search_condition
from dott.modules.crm.validators import http_url, known_language
from dott.platform.identity.validators import validate_currency, validate_timezone
from dott.platform.tenancy.fields import TenantForeignKey
from dott.platform.tenancy.models import TenantManager, TenantQuerySet, TrackedModel
from dott.platform.tenancy.search import TrigramIndex

IN_USE = Q(deleted_at__isnull=True)
NOTES_MAX_LENGTH = 20_000


class CustomerQuerySet(TenantQuerySet):
    """Chainable filters on customers."""

    def in_use(self) -> Self:
        """Without those in the trash."""
        return self.filter(IN_USE)

    def trashed(self) -> Self:
        """Only those in the trash."""
        return self.filter(deleted_at__isnull=False)

    def search(self, text: str) -> Self:
        """Those who match every term of what somebody typed (search.py)."""
        return self.filter(search_condition(text))


class CustomerManager(TenantManager.from_queryset(CustomerQuerySet)):  # type: ignore[misc]  # as in tenancy.models
    """Customers of the active tenant, trashed ones included."""


def _text(max_length: int, **kwargs: Any) -> "models.CharField[str, str]":
    return models.CharField(max_length=max_length, blank=True, default="", db_default="", **kwargs)


def _word(choices: type[models.TextChoices], default: str) -> "models.CharField[str, str]":
    return models.CharField(max_length=10, choices=choices, default=default, db_default=default)


def _flag() -> "models.BooleanField[bool, bool]":
    return models.BooleanField(default=False, db_default=False)


class Customer(BillingAddress, ShippingAddress, TrackedModel):
    """A party the business deals with: another business or a private person, from lead to former customer."""

    class Kind(models.TextChoices):
        BUSINESS = "business"
        PERSON = "person"

    class Stage(models.TextChoices):
        LEAD = "lead"
        PROSPECT = "prospect"
        CUSTOMER = "customer"
        FORMER = "former"
        PARTNER = "partner"
        OTHER = "other"

    class Status(models.TextChoices):
        ACTIVE = "active"
        INACTIVE = "inactive"
        BLOCKED = "blocked"

    number = models.BigIntegerField(db_default=NextNumber("customer"), editable=False)
    # The id in the system the customer came from; matches rows of a repeated import.
    external_id = _text(80)
    kind = _word(Kind, Kind.BUSINESS)
    business_name = _text(255)
    salutation = _text(30)
    first_name = _text(100)
    last_name = _text(100)
    email = models.EmailField(max_length=254, blank=True, default="", db_default="")
    phone = _text(16, validators=[E164])
    phone_extension = _text(10)
    # A number that cannot become E.164 is kept as it was given.
    phone_raw = _text(40)
    website = _text(2_048, validators=[http_url])
    stage = _word(Stage, Stage.CUSTOMER)
    status = _word(Status, Status.ACTIVE)
    owner = TenantForeignKey(
        "identity.Membership",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="customers",
        db_index=False,
    )
    source = _text(80)
    industry = _text(80)
    tax_id = _text(32)
    is_tax_exempt = _flag()
    tax_exempt_certificate = _text(100)
    tax_exempt_expires_on = models.DateField(null=True, blank=True)
    currency = _text(3, validators=[validate_currency])
    language = _text(35, validators=[LANGUAGE, known_language])
    timezone = _text(64, validators=[validate_timezone])
    notes = models.TextField(max_length=NOTES_MAX_LENGTH, blank=True, default="", db_default="")
    do_not_call = _flag()
    do_not_email = _flag()
    # Kept up to date by whatever writes activities.
    last_activity_at = models.DateTimeField(null=True, blank=True, editable=False)
    next_activity_at = models.DateTimeField(null=True, blank=True, editable=False)
    deleted_at = models.DateTimeField(null=True, blank=True, editable=False)
    deleted_by = TenantForeignKey(
        "identity.Membership",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        db_index=False,
    )

    display_name = models.GeneratedField(
        expression=keys.display_name(), output_field=models.CharField(max_length=255), db_persist=True
    )
    name_key = models.GeneratedField(
        expression=keys.key(keys.display_name()), output_field=models.TextField(), db_persist=True
    )
    city_key = models.GeneratedField(
        expression=keys.key("billing_city"), output_field=models.TextField(), db_persist=True
    )
    email_key = models.GeneratedField(
        expression=keys.email_key(), output_field=models.TextField(), db_persist=True
    )
    search_text = models.GeneratedField(
        expression=keys.search_text(), output_field=models.TextField(), db_persist=True
    )

    objects: ClassVar[CustomerManager] = CustomerManager()

    class Meta(TrackedModel.Meta):
        db_table = "crm_customer"
        constraints = [
            *(rule.constraint() for rule in CUSTOMER_RULES),
            models.CheckConstraint(
                name="customer_kind_is_known", condition=Q(kind__in=["business", "person"])
            ),
            models.CheckConstraint(
                name="customer_stage_is_known",
                condition=Q(stage__in=["lead", "prospect", "customer", "former", "partner", "other"]),
            ),
            models.CheckConstraint(
                name="customer_status_is_known", condition=Q(status__in=["active", "inactive", "blocked"])
            ),
            EMAIL.constraint("email"),
            E164.constraint("phone"),
            E164.constraint("shipping_phone"),
            WEBSITE.constraint("website"),
            CURRENCY.constraint("currency"),
            LANGUAGE.constraint("language"),
            TIMEZONE.constraint("timezone"),
            COUNTRY.constraint("billing_country"),
            COUNTRY.constraint("shipping_country"),
            # Unlike varchar(n), Django's text column has no limit of its own.
            models.CheckConstraint(
                name="customer_notes_length",
                condition=Q(LessThanOrEqual(Length("notes"), NOTES_MAX_LENGTH)),
            ),
            models.CheckConstraint(name="customer_number_counts_from_one", condition=Q(number__gte=1)),
            models.CheckConstraint(name="customer_version_counts_from_one", condition=Q(version__gte=1)),
            models.CheckConstraint(
                name="customer_trashed_by_needs_trashed_at",
                condition=Q(deleted_at__isnull=False) | Q(deleted_by__isnull=True),
            ),
            models.UniqueConstraint(name="customer_number_is_unique", fields=["number"], condition=IN_USE),
            models.UniqueConstraint(
                name="customer_external_id_is_unique",
                fields=["external_id"],
                condition=IN_USE & ~Q(external_id=""),
            ),
        ]
        # The tenant leads each (schema editor). Lists show customers in use, so the trash is left out.
        # Those that end in the id serve a sort order page by page, and the filter on the same column.
        indexes = [
            models.Index(name="crm_customer_by_name", fields=["name_key", "id"], condition=IN_USE),
            models.Index(name="crm_customer_by_created", fields=["created_at", "id"], condition=IN_USE),
            models.Index(name="crm_customer_by_updated", fields=["updated_at", "id"], condition=IN_USE),
            models.Index(name="crm_customer_by_email", fields=["email_key", "id"], condition=IN_USE),
            models.Index(name="crm_customer_by_city", fields=["city_key", "id"], condition=IN_USE),
            models.Index(name="crm_customer_by_country", fields=["billing_country", "id"], condition=IN_USE),
            models.Index(name="crm_customer_by_stage", fields=["stage", "id"], condition=IN_USE),
            # Filters only. Few values, so deduplication keeps it small; for status alone PostgreSQL 18
            # skips through the two kinds.
            models.Index(name="crm_customer_kind_status", fields=["kind", "status"], condition=IN_USE),
            # Mostly empty columns cost nothing where they are empty.
            models.Index(
                name="crm_customer_of_owner", fields=["owner"], condition=IN_USE & Q(owner__isnull=False)
            ),
            models.Index(
                name="crm_customer_from_source", fields=["source"], condition=IN_USE & ~Q(source="")
            ),
            models.Index(
                name="crm_customer_in_industry", fields=["industry"], condition=IN_USE & ~Q(industry="")
            ),
            models.Index(
                name="crm_customer_trash", fields=["deleted_at"], condition=Q(deleted_at__isnull=False)
            ),
            TrigramIndex(name="crm_customer_search", fields=["search_text"], condition=IN_USE),
        ]

    def __str__(self) -> str:
        return f"{self.account_number} {self.display_name}"

    @property
    def account_number(self) -> str:
        """The number as people see it: C-000042."""
        return account_number(self.number)
