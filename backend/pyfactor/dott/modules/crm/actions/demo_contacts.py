"""Demo contacts: whom one talks to at the demo customers."""

from collections.abc import Sequence

from django.db.models import Q

from dott.modules.crm.models import Contact, ContactTag, Customer, CustomerContact
from dott.modules.crm.models.contacts import ContactRole
from dott.modules.crm.models.trash import TrashQuerySet
from dott.platform.history.record import Entry
from dott.platform.history.tracked import creation_of, deletion_of

# first name, last name, job title, role; each at another of the customers that are businesses.
PEOPLE = (
    ("Saoirse", "Nolan", "Head baker", ContactRole.DECISION_MAKER),
    ("Lukas", "Albrecht", "Workshop manager", ContactRole.TECHNICAL),
    ("Camille", "Fontaine", "Buyer", ContactRole.EVALUATOR),
    ("Marta", "Nowicka", "Accountant", ContactRole.BILLING),
    ("Erik", "Sandberg", "Managing director", ContactRole.DECISION_MAKER),
    ("Chiara", "Ferri", "Office manager", ContactRole.USER),
    ("Diego", "Molina", "Operations", ContactRole.INFLUENCER),
    ("Yuki", "Tanabe", "Purchasing", ContactRole.EVALUATOR),
    ("Amara", "Obi", "Finance", ContactRole.BILLING),
    ("Jan", "de Wit", "Store manager", ContactRole.USER),
    ("Elif", "Aksoy", "Owner", ContactRole.DECISION_MAKER),
    ("Noah", "Whitfield", "IT", ContactRole.TECHNICAL),
)


def load_demo_contacts(customers: Sequence[Customer]) -> list[Entry]:
    """Insert contacts at those of the customers that are businesses; returns what history is to be told.

    One that stayed when the demo was removed (remove_contacts) is not made again.
    """
    firms = [customer for customer in customers if customer.kind == Customer.Kind.BUSINESS]
    stayed = set(_demo_contacts().values_list("external_id", flat=True))
    wanted = {number: person for number, person in enumerate(PEOPLE) if _id(number) not in stayed}
    Contact.objects.bulk_create(
        Contact(
            external_id=_id(number),
            first_name=first,
            last_name=last,
            job_title=title,
            email=f"{first}.{last}@example.com".lower().replace(" ", ""),
            # Numbers that Germany keeps for films and books.
            phone=f"+493023125{number:03d}",
            language=firms[number % len(firms)].language,
        )
        for number, (first, last, title, _) in wanted.items()
    )
    # Read again: bulk_create does not set keys that the database makes.
    ids = [_id(number) for number in wanted]
    made = list(_demo_contacts().filter(external_id__in=ids).order_by("external_id"))
    CustomerContact.objects.bulk_create(
        CustomerContact(
            customer=firms[number % len(firms)], contact=contact, role=PEOPLE[number][3], is_primary=True
        )
        for number, contact in zip(wanted, made, strict=True)
    )
    links = CustomerContact.objects.filter(contact__in=made).order_by("id")
    return [*map(creation_of, made), *map(creation_of, links)]


def remove_contacts(customers: Sequence[Customer]) -> list[Entry]:
    """Delete the demo contacts for good, and what links anybody to these customers; returns what history is
    to be told.

    A contact that the business has a deal, an activity or a file with stays: that is not the demo's to take.
    """
    used = Q(deals__isnull=False) | Q(activities__isnull=False) | Q(attachments__isnull=False)
    kept = _demo_contacts().filter(used).values("pk")
    contacts = list(_demo_contacts().exclude(pk__in=kept).select_for_update().order_by("id"))
    links = CustomerContact.objects.filter(Q(contact__in=contacts) | Q(customer__in=customers))
    tags = ContactTag.objects.filter(contact__in=contacts)
    entries = [deletion_of(gone) for gone in (*tags.order_by("id"), *links.order_by("id"), *contacts)]
    tags.delete()
    links.delete()
    Contact.objects.filter(pk__in=[contact.pk for contact in contacts]).delete()
    return entries


def _id(number: int) -> str:
    return f"demo-contact-{number + 1:03d}"


def _demo_contacts() -> TrashQuerySet:
    contacts: TrashQuerySet = Contact.objects.filter(
        external_id__in=[_id(number) for number in range(len(PEOPLE))]
    )
    return contacts
