"""The tables of the CRM."""

from dott.modules.crm.models.activities import Activity
from dott.modules.crm.models.attachments import Attachment
from dott.modules.crm.models.contacts import Contact, CustomerContact
from dott.modules.crm.models.custom_fields import CustomField
from dott.modules.crm.models.customers import Customer
from dott.modules.crm.models.deals import Deal, DealStageEvent
from dott.modules.crm.models.duplicates import (
    ContactDistinction,
    ContactPair,
    Distinction,
    DuplicatePair,
    DuplicateScan,
)
from dott.modules.crm.models.exports import Export
from dott.modules.crm.models.favourites import Favourite
from dott.modules.crm.models.imports import ImportJob, ImportRow
from dott.modules.crm.models.notifications import Notification
from dott.modules.crm.models.numbers import NumberCounter
from dott.modules.crm.models.pipelines import LostReason, Pipeline, Stage
from dott.modules.crm.models.tags import ContactTag, CustomerTag, DealTag, Tag
from dott.modules.crm.models.views import SavedView

__all__ = [
    "Activity",
    "Attachment",
    "Contact",
    "ContactDistinction",
    "ContactPair",
    "ContactTag",
    "CustomField",
    "Customer",
    "CustomerContact",
    "CustomerTag",
    "Deal",
    "DealStageEvent",
    "DealTag",
    "Distinction",
    "DuplicatePair",
    "DuplicateScan",
    "Export",
    "Favourite",
    "ImportJob",
    "ImportRow",
    "LostReason",
    "Notification",
    "NumberCounter",
    "Pipeline",
    "SavedView",
    "Stage",
    "Tag",
]
