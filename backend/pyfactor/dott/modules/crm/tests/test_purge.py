"""What goes with a customer who is removed from the trash for good."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from dott.modules.crm.models import (
    Activity,
    Attachment,
    Contact,
    Customer,
    CustomerContact,
    CustomerTag,
    Deal,
)
from dott.modules.crm.tests.factories import (
    ActivityFactory,
    AttachmentFactory,
    CustomerContactFactory,
    CustomerFactory,
    CustomerTagFactory,
    DealFactory,
)
from dott.platform.history.models import Change
from dott.platform.history.purge import purge_trash
from dott.platform.history.trash import KEPT


def test_everything_about_a_customer_goes_with_her_and_her_contacts_stay(in_tenant: Any) -> None:
    with in_tenant("alice"):
        customer = CustomerFactory(deleted_at=timezone.now() - KEPT - timedelta(days=1))
        other = CustomerFactory()
        deal = DealFactory(customer=customer)
        call = ActivityFactory(customer=customer, deal=deal)
        ActivityFactory(customer=other, deal=deal)
        kept = ActivityFactory(customer=other)
        AttachmentFactory(customer=customer)
        AttachmentFactory(customer=None, activity=call)
        CustomerTagFactory(customer=customer)
        link = CustomerContactFactory(customer=customer)
        purge_trash(now=timezone.now())
        assert list(Customer.objects.all()) == [other]
        assert list(Activity.objects.all()) == [kept]
        assert Contact.objects.filter(pk=link.contact_id).exists()
        for model in (Deal, Attachment, CustomerTag, CustomerContact):
            assert not model.objects.exists(), model
        gone = Change.objects.filter(operation="delete").values_list("entity", flat=True)
        assert {"crm.customer", "crm.deal", "crm.activity", "crm.attachment"} <= set(gone)
