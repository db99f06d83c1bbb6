"""The people among other programs' exports, as contacts of customers that are here already."""

from __future__ import annotations

from .fields import CONTACT_FIELDS
from .layout_shape import Claims, Layout, all_to, headers
from .layouts_contacts import CONTACT_LAYOUTS
from .layouts_crm import PIPEDRIVE_PERSON

# What a layout says of a customer, said of a contact; whatever has no such place is kept in the notes.
_AS_CONTACT = {"business_name": "customer"}
_JOBS = all_to(
    "Job title|Job Title|Title|Organization Title|Organization 1 - Title|Occupation", "job_title"
) | all_to("Department|Organization Department|Organization 1 - Department", "department")
_BIRTHDAYS = all_to("Birthday|Birthdate|Date of Birth", "birthday")


def _as_contacts(claims: Claims) -> Claims:
    known = {
        header: field if field is None or field in CONTACT_FIELDS else _AS_CONTACT.get(field, "notes")
        for header, field in claims.items()
    }
    return known | {header: field for header, field in _JOBS.items() if header in claims}


CRM_PEOPLE: tuple[Layout, ...] = (
    Layout(
        "hubspot",
        (headers("Record ID|First Name|Last Name|Email|Create Date"),),
        {
            "Record ID": "external_id",
            "First Name": "first_name",
            "Last Name": "last_name",
            "Salutation": "salutation",
            "Email": "email",
            "Job Title": "job_title",
            "Preferred language": "language",
            "Buying Role": "role",
            **all_to(
                "Contact owner|Lead Status|Lifecycle Stage|Create Date|Last Activity Date|Industry"
                "|Marketing contact status|Street Address|City|State/Region|Postal Code|Country/Region"
                "|Website URL",
                "notes",
            ),
            "Associated Contact IDs": None,
        },
        (
            (all_to("Phone Number", "phone"), all_to("Mobile Phone Number", "phone")),
            (all_to("Associated Company", "customer"), all_to("Company Name", "customer")),
            (
                all_to("Associated Company IDs", "customer_external_id"),
                all_to("Associated Company IDs (Primary)", "customer_external_id"),
            ),
        ),
        entity="contact",
    ),
    Layout(
        "salesforce",
        (
            headers("Id|AccountId|LastName|FirstName|MailingStreet"),
            headers("Id|LastName|FirstName|MailingCity|Email"),
        ),
        {
            "Id": "external_id",
            "AccountId": "customer_external_id",
            "Salutation": "salutation",
            "FirstName": "first_name",
            "LastName": "last_name",
            "Title": "job_title",
            "Department": "department",
            "Birthdate": "birthday",
            "Email": "email",
            "HasOptedOutOfEmail": "do_not_email",
            "DoNotCall": "do_not_call",
            "Description": "notes",
            **all_to(
                "Fax|CreatedDate|OtherPhone|LeadSource|MailingStreet|MailingCity|MailingState"
                "|MailingPostalCode|MailingCountry",
                "notes",
            ),
            **all_to(
                "IsDeleted|MasterRecordId|Name|ReportsToId|OwnerId|CreatedById|LastModifiedDate"
                "|LastModifiedById|SystemModstamp|LastActivityDate|LastCURequestDate|LastCUUpdateDate"
                "|LastViewedDate|LastReferencedDate|EmailBouncedReason|EmailBouncedDate|IsEmailBounced"
                "|PhotoUrl|MailingLatitude|MailingLongitude|MailingGeocodeAccuracy|OtherLatitude"
                "|OtherLongitude|OtherGeocodeAccuracy|Jigsaw|JigsawContactId|CleanStatus|IndividualId",
                None,
            ),
        },
        ((all_to("Phone", "phone"), all_to("MobilePhone", "phone"), all_to("HomePhone", "phone")),),
        entity="contact",
    ),
    Layout(
        "pipedrive",
        (headers("Person - Name|Person - Owner"), headers("Person - Name|Person - ID")),
        {
            "Person - ID": "external_id",
            "Person - Organization": "customer",
            "Person - Job title": "job_title",
            "Person - Birthday": "birthday",
            **all_to("Person - Owner|Person - Label|Person - Labels", "notes"),
        },
        PIPEDRIVE_PERSON,
        entity="contact",
    ),
    Layout(
        "zoho",
        (
            headers("Record Id|Contact Owner|First Name|Last Name|Mailing Street"),
            headers("Record Id|Contact Owner.id|First Name|Last Name"),
        ),
        {
            "Record Id": "external_id",
            "Account Name": "customer",
            "Account Name.id": "customer_external_id",
            "Salutation": "salutation",
            "First Name": "first_name",
            "Last Name": "last_name",
            "Title": "job_title",
            "Department": "department",
            "Date of Birth": "birthday",
            "Email": "email",
            "Email Opt Out": "do_not_email",
            "Description": "notes",
            **all_to(
                "Contact Owner|Fax|Tag|Created Time|Lead Source|Mailing Street|Mailing City|Mailing State"
                "|Mailing Zip|Mailing Country",
                "notes",
            ),
            **all_to(
                "Contact Owner.id|Vendor Name.id|Reporting To.id|Created By.id|Modified By.id"
                "|Created By|Modified By|Modified Time|Last Activity Time|Layout.id|Layout|Locked"
                "|Record Image|Full Name|Unsubscribed Mode|Unsubscribed Time",
                None,
            ),
        },
        ((all_to("Phone", "phone"), all_to("Mobile", "phone"), all_to("Home Phone", "phone")),),
        entity="contact",
    ),
)

PEOPLE_LAYOUTS: tuple[Layout, ...] = (
    *CRM_PEOPLE,
    *(
        layout._replace(
            claims=_as_contacts(layout.claims) | _BIRTHDAYS,
            alternatives=tuple(tuple(map(_as_contacts, group)) for group in layout.alternatives),
            keys=tuple(key for key in layout.keys if key in ("external_id", "email")),
            entity="contact",
        )
        for layout in CONTACT_LAYOUTS
    ),
)
