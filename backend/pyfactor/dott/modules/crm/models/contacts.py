"""People, and which customers they stand for."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from dott.modules.crm.models import columns, keys
from dott.modules.crm.models.rules import Rule
from dott.modules.crm.models.shapes import E164, EMAIL, LANGUAGE
from dott.modules.crm.models.trash import IN_USE, Trashable, TrashQuerySet, trash_index, trash_rule
from dott.modules.crm.validators import known_language
from dott.platform.tenancy.fields import TenantForeignKey
from dott.platform.tenancy.models import TenantManager, TrackedModel
from dott.platform.tenancy.search import TrigramIndex

CONTACT_NOTES_MAX_LENGTH = 20_000

CONTACT_RULES = (
    Rule(
        code="contact_has_a_name",
        fields=("first_name", "last_name"),
        sentence="A contact needs a first or a last name.",
        condition=~Q(first_name="") | ~Q(last_name=""),
        holds=lambda values: bool(values["first_name"] or values["last_name"]),
    ),
)


class ContactManager(TenantManager.from_queryset(TrashQuerySet)):  # type: ignore[misc]  # as in tenancy.models
    """Contacts of the active tenant, trashed ones included."""


class Contact(Trashable, TrackedModel):
    """A person one talks to, at one customer or at several."""

    # The id in the system the contact came from; matches rows of a repeated import.
    external_id = columns.text(80)
    salutation = columns.text(30)
    first_name = columns.text(100)
    last_name = columns.text(100)
    job_title = columns.text(120)
    department = columns.text(120)
    email = models.EmailField(max_length=254, blank=True, default="", db_default="")
    phone = columns.text(16, validators=[E164])
    phone_extension = columns.text(10)
    # A number that cannot become E.164 is kept as it was given.
    phone_raw = columns.text(40)
    language = columns.text(35, validators=[LANGUAGE, known_language])
    birthday = models.DateField(null=True, blank=True)
    do_not_call = columns.flag()
    do_not_email = columns.flag()
    notes = columns.long_text(CONTACT_NOTES_MAX_LENGTH)
    tags = columns.tag_ids()
    custom = columns.custom_values()
    # Kept up to date by whatever writes activities.
    last_activity_at = models.DateTimeField(null=True, blank=True, editable=False)
    next_activity_at = models.DateTimeField(null=True, blank=True, editable=False)

    display_name = models.GeneratedField(
        expression=keys.person_name(), output_field=models.CharField(max_length=201), db_persist=True
    )
    name_key = models.GeneratedField(
        expression=keys.key(keys.person_name()), output_field=models.TextField(), db_persist=True
    )
    email_key = models.GeneratedField(
        expression=keys.email_key(), output_field=models.TextField(), db_persist=True
    )
    search_text = models.GeneratedField(
        expression=keys.contact_search_text(), output_field=models.TextField(), db_persist=True
    )

    # By these two contacts are told to be one (duplicates/); "" where there is nothing to compare.
    match_name = models.GeneratedField(
        expression=keys.person_match_name(), output_field=models.TextField(), db_persist=True
    )
    sound_key = models.GeneratedField(
        expression=keys.sound_key(keys.person_match_name()), output_field=models.TextField(), db_persist=True
    )
    phone_key = models.GeneratedField(
        expression=keys.phone_key(), output_field=models.TextField(), db_persist=True
    )

    objects: ClassVar[ContactManager] = ContactManager()

    class Meta(TrackedModel.Meta):
        db_table = "crm_contact"
        constraints = [
            *(rule.constraint() for rule in CONTACT_RULES),
            EMAIL.constraint("email", of="contact"),
            E164.constraint("phone", of="contact"),
            LANGUAGE.constraint("language", of="contact"),
            columns.length_rule("contact", "notes", CONTACT_NOTES_MAX_LENGTH),
            columns.version_rule("contact"),
            columns.custom_rule("contact"),
            trash_rule("contact"),
            models.UniqueConstraint(
                name="contact_external_id_is_unique",
                fields=["external_id"],
                condition=IN_USE & ~Q(external_id=""),
            ),
        ]
        indexes = [
            models.Index(name="crm_contact_by_name", fields=["name_key", "id"], condition=IN_USE),
            models.Index(name="crm_contact_by_created", fields=["created_at", "id"], condition=IN_USE),
            models.Index(name="crm_contact_by_updated", fields=["updated_at", "id"], condition=IN_USE),
            models.Index(name="crm_contact_by_email", fields=["email_key", "id"], condition=IN_USE),
            *(
                models.Index(
                    name=f"crm_contact_same_{name}", fields=[f"{name}_key", "id"], condition=condition
                )
                for name, condition in (
                    ("sound", IN_USE & ~Q(sound_key="")),
                    ("phone", IN_USE & ~Q(phone_key="")),
                )
            ),
            trash_index("contact"),
            TrigramIndex(name="crm_contact_search", fields=["search_text"], condition=IN_USE),
        ]

    def __str__(self) -> str:
        return str(self.display_name)


class ContactRole(models.TextChoices):
    """What a contact is for a customer."""

    DECISION_MAKER = "decision_maker"
    EVALUATOR = "evaluator"
    INFLUENCER = "influencer"
    BILLING = "billing"
    TECHNICAL = "technical"
    USER = "user"
    OTHER = "other"


class CustomerContact(TrackedModel):
    """A contact stands for a customer, in a role. At most one of a customer's contacts is the primary one."""

    customer = TenantForeignKey(
        "crm.Customer", on_delete=models.CASCADE, related_name="contact_links", db_index=False
    )
    contact = TenantForeignKey(
        Contact, on_delete=models.CASCADE, related_name="customer_links", db_index=False
    )
    role = columns.word(ContactRole, ContactRole.OTHER, max_length=20)
    is_primary = columns.flag()

    class Meta(TrackedModel.Meta):
        db_table = "crm_customer_contact"
        constraints = [
            columns.choice_rule("customer_contact", "role", ContactRole),
            columns.version_rule("customer_contact"),
            models.UniqueConstraint(name="customer_contact_links_once", fields=["customer", "contact"]),
            models.UniqueConstraint(
                name="customer_contact_one_is_primary", fields=["customer"], condition=Q(is_primary=True)
            ),
        ]
        indexes = [models.Index(name="crm_customers_of_contact", fields=["contact"])]

    def __str__(self) -> str:
        return f"{self.contact_id} at {self.customer_id}"
