"""The customer: fields, limits and indexes. Every limit stands here once and nowhere else."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from dott.modules.crm.models import columns, keys
from dott.modules.crm.models.addresses import BillingAddress, ShippingAddress
from dott.modules.crm.models.numbers import NextNumber, account_number
from dott.modules.crm.models.rules import CUSTOMER_RULES
from dott.modules.crm.models.shapes import COUNTRY, CURRENCY, E164, EMAIL, LANGUAGE, TIMEZONE, WEBSITE
from dott.modules.crm.models.trash import IN_USE, Trashable, TrashQuerySet, trash_index, trash_rule
from dott.modules.crm.validators import http_url, known_language
from dott.platform.identity.validators import validate_currency, validate_timezone
from dott.platform.tenancy.models import TenantManager, TrackedModel
from dott.platform.tenancy.search import TrigramIndex

NOTES_MAX_LENGTH = 20_000


class CustomerQuerySet(TrashQuerySet):
    """Chainable filters on customers."""


class CustomerManager(TenantManager.from_queryset(CustomerQuerySet)):  # type: ignore[misc]  # as in tenancy.models
    """Customers of the active tenant, trashed ones included."""


class Customer(BillingAddress, ShippingAddress, Trashable, TrackedModel):
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
    external_id = columns.text(80)
    kind = columns.word(Kind, Kind.BUSINESS)
    business_name = columns.text(255)
    salutation = columns.text(30)
    first_name = columns.text(100)
    last_name = columns.text(100)
    email = models.EmailField(max_length=254, blank=True, default="", db_default="")
    phone = columns.text(16, validators=[E164])
    phone_extension = columns.text(10)
    # A number that cannot become E.164 is kept as it was given.
    phone_raw = columns.text(40)
    website = columns.text(2_048, validators=[http_url])
    stage = columns.word(Stage, Stage.CUSTOMER)
    status = columns.word(Status, Status.ACTIVE)
    owner = columns.member("customers")
    source = columns.text(80)
    industry = columns.text(80)
    tax_id = columns.text(32)
    is_tax_exempt = columns.flag()
    tax_exempt_certificate = columns.text(100)
    tax_exempt_expires_on = models.DateField(null=True, blank=True)
    currency = columns.text(3, validators=[validate_currency])
    language = columns.text(35, validators=[LANGUAGE, known_language])
    timezone = columns.text(64, validators=[validate_timezone])
    notes = columns.long_text(NOTES_MAX_LENGTH)
    do_not_call = columns.flag()
    do_not_email = columns.flag()
    tags = columns.tag_ids()
    custom = columns.custom_values()
    # Kept up to date by whatever writes activities.
    last_activity_at = models.DateTimeField(null=True, blank=True, editable=False)
    next_activity_at = models.DateTimeField(null=True, blank=True, editable=False)

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
    # By these two customers are told to be one (duplicates/); "" where there is nothing to compare.
    match_name = models.GeneratedField(
        expression=keys.match_name(), output_field=models.TextField(), db_persist=True
    )
    sound_key = models.GeneratedField(
        expression=keys.sound_key(), output_field=models.TextField(), db_persist=True
    )
    phone_key = models.GeneratedField(
        expression=keys.phone_key(), output_field=models.TextField(), db_persist=True
    )
    tax_key = models.GeneratedField(
        expression=keys.tax_key(), output_field=models.TextField(), db_persist=True
    )
    domain_key = models.GeneratedField(
        expression=keys.domain_key(), output_field=models.TextField(), db_persist=True
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
            columns.length_rule("customer", "notes", NOTES_MAX_LENGTH),
            models.CheckConstraint(name="customer_number_counts_from_one", condition=Q(number__gte=1)),
            columns.version_rule("customer"),
            columns.custom_rule("customer"),
            trash_rule("customer"),
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
            # The list that is asked for most, one stage and newest first, in one run (plans/runs.py).
            models.Index(
                name="crm_customer_newest_of_stage", fields=["stage", "created_at", "id"], condition=IN_USE
            ),
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
            *(
                models.Index(
                    name=f"crm_customer_same_{name}", fields=[f"{name}_key", "id"], condition=condition
                )
                for name, condition in (
                    ("sound", IN_USE & ~Q(sound_key="")),
                    ("phone", IN_USE & ~Q(phone_key="")),
                    ("tax", IN_USE & ~Q(tax_key="")),
                    ("domain", IN_USE & ~Q(domain_key="")),
                )
            ),
            trash_index("customer"),
            TrigramIndex(name="crm_customer_search", fields=["search_text"], condition=IN_USE),
        ]

    def __str__(self) -> str:
        return f"{self.account_number} {self.display_name}"

    @property
    def account_number(self) -> str:
        """The number as people see it: C-000042."""
        return account_number(self.number)
