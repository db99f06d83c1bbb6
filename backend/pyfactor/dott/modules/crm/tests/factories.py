"""Records of the CRM for tests. They are inserted in the active tenant context, as the application role."""

from uuid import uuid4

import factory
from django.utils import timezone

from dott.modules.crm.imports.dialect import Dialect
from dott.modules.crm.models import (
    Activity,
    Attachment,
    Contact,
    ContactDistinction,
    ContactPair,
    ContactTag,
    Customer,
    CustomerContact,
    CustomerTag,
    CustomField,
    Deal,
    DealStageEvent,
    DealTag,
    Distinction,
    DuplicatePair,
    DuplicateScan,
    Export,
    Favourite,
    LostReason,
    Notification,
    Pipeline,
    SavedView,
    Stage,
    Tag,
)
from dott.modules.crm.models.imports import ImportJob, ImportRow
from dott.modules.crm.models.numbers import NumberCounter
from dott.platform.jobs.models import Job
from dott.platform.tenancy.context import current


class CustomerFactory(factory.django.DjangoModelFactory[Customer]):
    """A business with nothing but its name."""

    class Meta:
        model = Customer

    business_name = factory.Sequence(lambda n: f"Customer {n:05d}")


class PersonFactory(CustomerFactory):
    """A private person with nothing but a last name."""

    kind = Customer.Kind.PERSON
    business_name = ""
    last_name = factory.Sequence(lambda n: f"Person {n:05d}")


class ContactFactory(factory.django.DjangoModelFactory[Contact]):
    """A person with nothing but a last name, of no customer."""

    class Meta:
        model = Contact

    last_name = factory.Sequence(lambda n: f"Contact {n:05d}")


class CustomerContactFactory(factory.django.DjangoModelFactory[CustomerContact]):
    """A contact of a customer, in no particular role."""

    class Meta:
        model = CustomerContact

    customer = factory.SubFactory(CustomerFactory)
    contact = factory.SubFactory(ContactFactory)


class CustomFieldFactory(factory.django.DjangoModelFactory[CustomField]):
    """A field for a line of text at customers."""

    class Meta:
        model = CustomField

    entity = "customer"
    key = factory.Sequence(lambda n: f"field_{n}")
    label = factory.Sequence(lambda n: f"Field {n}")
    type = "text"


class TagFactory(factory.django.DjangoModelFactory[Tag]):
    """A grey tag on nothing."""

    class Meta:
        model = Tag

    name = factory.Sequence(lambda n: f"Tag {n}")


class CustomerTagFactory(factory.django.DjangoModelFactory[CustomerTag]):
    """A tagged customer."""

    class Meta:
        model = CustomerTag

    customer = factory.SubFactory(CustomerFactory)
    tag = factory.SubFactory(TagFactory)


class ContactTagFactory(factory.django.DjangoModelFactory[ContactTag]):
    """A tagged contact."""

    class Meta:
        model = ContactTag

    contact = factory.SubFactory(ContactFactory)
    tag = factory.SubFactory(TagFactory)


class PipelineFactory(factory.django.DjangoModelFactory[Pipeline]):
    """A pipeline without stages, not the default."""

    class Meta:
        model = Pipeline

    name = factory.Sequence(lambda n: f"Pipeline {n}")


class StageFactory(factory.django.DjangoModelFactory[Stage]):
    """An open stage at 50 % of a pipeline of its own."""

    class Meta:
        model = Stage

    pipeline = factory.SubFactory(PipelineFactory)
    name = factory.Sequence(lambda n: f"Stage {n}")


class LostReasonFactory(factory.django.DjangoModelFactory[LostReason]):
    """A reason why a deal is lost."""

    class Meta:
        model = LostReason

    name = factory.Sequence(lambda n: f"Reason {n}")


class DealFactory(factory.django.DjangoModelFactory[Deal]):
    """An open deal without an amount, in a pipeline of its own."""

    class Meta:
        model = Deal

    name = factory.Sequence(lambda n: f"Deal {n:05d}")
    stage = factory.SubFactory(StageFactory)
    pipeline = factory.SelfAttribute("stage.pipeline")
    customer = factory.SubFactory(CustomerFactory)


class DealTagFactory(factory.django.DjangoModelFactory[DealTag]):
    """A tagged deal."""

    class Meta:
        model = DealTag

    deal = factory.SubFactory(DealFactory)
    tag = factory.SubFactory(TagFactory)


class DealStageEventFactory(factory.django.DjangoModelFactory[DealStageEvent]):
    """A deal that entered the stage it is in."""

    class Meta:
        model = DealStageEvent

    deal = factory.SubFactory(DealFactory)
    to_stage = factory.SelfAttribute("deal.stage")


class ActivityFactory(factory.django.DjangoModelFactory[Activity]):
    """An open task about a customer, due at no time and nobody's."""

    class Meta:
        model = Activity

    subject = factory.Sequence(lambda n: f"Activity {n:05d}")
    # A note is never open.
    status = factory.LazyAttribute(lambda made: "done" if getattr(made, "kind", "") == "note" else "open")
    completed_at = factory.LazyAttribute(lambda made: timezone.now() if made.status == "done" else None)
    customer = factory.SubFactory(CustomerFactory)


class SavedViewFactory(factory.django.DjangoModelFactory[SavedView]):
    """A private view of all customers."""

    class Meta:
        model = SavedView

    entity = "customer"
    name = factory.Sequence(lambda n: f"View {n}")


class AttachmentFactory(factory.django.DjangoModelFactory[Attachment]):
    """A text of one byte at a customer. There is no file behind it."""

    class Meta:
        model = Attachment

    name = "note.txt"
    file_key = factory.LazyFunction(uuid4)
    mime = "text/plain"
    size_bytes = 1
    sha256 = "0" * 64
    customer = factory.SubFactory(CustomerFactory)


class NotificationFactory(factory.django.DjangoModelFactory[Notification]):
    """An unread reminder of the acting member's."""

    class Meta:
        model = Notification

    recipient_id = factory.LazyFunction(lambda: current().membership_id)
    activity = factory.SubFactory(ActivityFactory)
    remind_at = factory.LazyFunction(timezone.now)


class FavouriteFactory(factory.django.DjangoModelFactory[Favourite]):
    """A customer that the acting member has starred."""

    class Meta:
        model = Favourite

    member_id = factory.LazyFunction(lambda: current().membership_id)
    customer = factory.SubFactory(CustomerFactory)


class DuplicateScanFactory(factory.django.DjangoModelFactory[DuplicateScan]):
    """A search that is on its way."""

    class Meta:
        model = DuplicateScan

    job = factory.LazyFunction(lambda: Job.objects.create(kind="nothing"))


class DuplicatePairFactory(factory.django.DjangoModelFactory[DuplicatePair]):
    """Two customers that a search found to be alike, although they are not."""

    class Meta:
        model = DuplicatePair

    first = factory.SubFactory(CustomerFactory)
    second = factory.SubFactory(CustomerFactory)
    score = 50


class DistinctionFactory(factory.django.DjangoModelFactory[Distinction]):
    """Two customers of whom somebody said that they are not one."""

    class Meta:
        model = Distinction

    first = factory.SubFactory(CustomerFactory)
    second = factory.SubFactory(CustomerFactory)


class ContactPairFactory(factory.django.DjangoModelFactory[ContactPair]):
    """Two contacts that a search found to be alike, although they are not."""

    class Meta:
        model = ContactPair

    first = factory.SubFactory(ContactFactory)
    second = factory.SubFactory(ContactFactory)
    score = 50


class ContactDistinctionFactory(factory.django.DjangoModelFactory[ContactDistinction]):
    """Two contacts of whom somebody said that they are not one."""

    class Meta:
        model = ContactDistinction

    first = factory.SubFactory(ContactFactory)
    second = factory.SubFactory(ContactFactory)


class ExportFactory(factory.django.DjangoModelFactory[Export]):
    """An empty list of customers that left as a CSV."""

    class Meta:
        model = Export

    entity = "customer"
    file = "csv"
    row_count = 0
    size_bytes = 3
    sha256 = "0" * 64


class NumberCounterFactory(factory.django.DjangoModelFactory[NumberCounter]):
    """A series that has given out no number yet."""

    class Meta:
        model = NumberCounter

    series = factory.Sequence(lambda n: f"series {n}")


class ImportJobFactory(factory.django.DjangoModelFactory[ImportJob]):
    """An uploaded file of which no column was matched yet."""

    class Meta:
        model = ImportJob

    file_name = "customers.csv"
    file_key = factory.LazyFunction(uuid4)
    size_bytes = 1
    dialect = factory.LazyFunction(Dialect(format="csv", encoding="utf-8", delimiter=",").as_json)


class ImportRowFactory(factory.django.DjangoModelFactory[ImportRow]):
    """A row of a file."""

    class Meta:
        model = ImportRow

    import_job = factory.SubFactory(ImportJobFactory)
    line = factory.Sequence(lambda n: n + 1)
