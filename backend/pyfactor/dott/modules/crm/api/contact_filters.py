"""What a list of contacts, and of their places at customers, can be narrowed by."""

from typing import Any, ClassVar

import django_filters
from django.db.models import Exists, OuterRef, QuerySet

from dott.modules.crm.api.tag_fields import TagFilter, TagListFilter
from dott.modules.crm.custom.resource import OWN_FIELDS
from dott.modules.crm.models import Contact, ContactTag, CustomerContact
from dott.modules.crm.models.keys import KEY_MAX_LENGTH
from dott.platform.api.filtering.fields import Stored, link_field
from dott.platform.api.filters import SearchFilter, StrictFilterSet
from dott.platform.tenancy.search import search_key


def name_key(text: str) -> str:
    """As the database makes it of a name."""
    return search_key(text)[:KEY_MAX_LENGTH]


class OfCustomerFilter(django_filters.UUIDFilter):
    """Contacts of a customer."""

    def filter(self, qs: QuerySet[Any], value: Any) -> QuerySet[Any]:
        """Those with a link to the customer."""
        if not value:
            return qs
        links = CustomerContact._default_manager.filter(contact=OuterRef("pk"), customer=value)
        return qs.filter(Exists(links))


class EmailFilter(django_filters.CharFilter):
    """An e-mail address, whatever its case."""

    def filter(self, qs: QuerySet[Any], value: str) -> QuerySet[Any]:
        """Rows with this address."""
        return super().filter(qs, value.lower() if value else value)


class ContactFilters(StrictFilterSet):
    """Each of these is answered by an index that begins with the tenant."""

    own_fields = OWN_FIELDS["contact"]

    q = SearchFilter(label="Words in name, job title, e-mail, external id, or digits of the phone.")
    customer = OfCustomerFilter(label="Contacts of this customer.")
    tag = TagFilter(label="Contacts that carry this tag.")
    tag__in = TagListFilter(field_name="tag", label="Contacts that carry one of these tags.")
    email = EmailFilter(field_name="email_key")

    class Meta:
        model = Contact
        fields = {"created_at": ["gte", "lt"], "updated_at": ["gte", "lt"]}
        compound = (
            link_field("tags", ContactTag, record="contact", to="tag"),
            link_field("customers", CustomerContact, record="contact", to="customer"),
            "display_name", "external_id", "salutation", "first_name", "last_name", "job_title", "department",
            "email", "phone", "language", "birthday", "do_not_call", "do_not_email", "notes",
            "last_activity_at", "next_activity_at", "created_by", "updated_by",
        )  # fmt: skip
        search_keys: ClassVar = {
            "display_name": Stored("name_key", name_key),
            "email": Stored("email_key", str.lower),
        }


class CustomerContactFilters(StrictFilterSet):
    """Both ways of a link, for one record or a page of them."""

    class Meta:
        model = CustomerContact
        fields = {"customer": ["exact", "in"], "contact": ["exact", "in"]}
