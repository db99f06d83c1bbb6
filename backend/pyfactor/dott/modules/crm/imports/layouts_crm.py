"""Exports of HubSpot, Salesforce, Pipedrive and Zoho CRM: their header rows, in English, and where they go.

Only the vendors' own columns are named: what a business has added is matched like any other column.
"""

from __future__ import annotations

from .layout_shape import Claims, Layout, all_to, headers, parts

_CAMEL_PARTS = {
    "line1": "Street", "city": "City", "region": "State", "postal_code": "PostalCode", "country": "Country",
}  # fmt: skip
_REPORT_PARTS = {
    "line1": " Street", "city": " City", "region": " State/Province", "postal_code": " Zip/Postal Code",
    "country": " Country",
}  # fmt: skip
_ZOHO_PARTS = {
    "line1": " Street", "city": " City", "region": " State", "postal_code": " Code", "country": " Country",
}  # fmt: skip
_ZOHO_CONTACT_PARTS = _ZOHO_PARTS | {"postal_code": " Zip"}
_PIPEDRIVE_PARTS = {
    "city": "City/town/village/locality", "region": "State/county", "postal_code": "ZIP/Postal code",
    "country": "Country",
}  # fmt: skip
_PIPEDRIVE_PARTS_OF_ADDRESS = {part: f"{header} of Address" for part, header in _PIPEDRIVE_PARTS.items()}

# How Pipedrive writes down who a person is: its layouts of customers and of contacts both have it.
PIPEDRIVE_PERSON: tuple[tuple[Claims, ...], ...] = (
    (
        {"Person - First name": "first_name", "Person - Last name": "last_name", "Person - Name": None},
        all_to("Person - Name", "contact_name"),
    ),
    tuple(all_to(f"Person - Email{kind}", "email") for kind in (" - Work", "", " - Home", " - Other")),
    tuple(
        all_to(f"Person - Phone{kind}", "phone")
        for kind in (" - Work", "", " - Mobile", " - Home", " - Other")
    ),
)

# Ids of people and of companies count separately in HubSpot and Pipedrive, so one number may stand for
# both; only the companies' ids are taken as the customer's, the people's are kept in the notes.
CRM_LAYOUTS: tuple[Layout, ...] = (
    Layout(
        "hubspot",
        (headers("Record ID|Company name|Company owner"),),
        {
            "Record ID": "external_id",
            "Company name": "business_name",
            "Phone Number": "phone",
            "Street Address": "billing_line1",
            "Street Address 2": "billing_line2",
            "City": "billing_city",
            "State/Region": "billing_region",
            "Postal Code": "billing_postal_code",
            "Country/Region": "billing_country",
            "Industry": "industry",
            "Description": "notes",
            **all_to(
                "Company owner|Lifecycle Stage|Lead Status|Type|Create Date|Last Activity Date", "notes"
            ),
        },
        ((all_to("Website URL", "website"), all_to("Company Domain Name", "website")),),
    ),
    Layout(
        "hubspot",
        (headers("Record ID|First Name|Last Name|Email|Create Date"),),
        {
            "First Name": "first_name",
            "Last Name": "last_name",
            "Salutation": "salutation",
            "Email": "email",
            "Street Address": "billing_line1",
            "City": "billing_city",
            "State/Region": "billing_region",
            "Postal Code": "billing_postal_code",
            "Country/Region": "billing_country",
            "Website URL": "website",
            "Industry": "industry",
            "Preferred language": "language",
            **all_to(
                "Record ID|Contact owner|Lead Status|Lifecycle Stage|Create Date|Last Activity Date"
                "|Marketing contact status|Job Title",
                "notes",
            ),
            **all_to("Associated Company IDs|Associated Contact IDs", None),
        },
        (
            (all_to("Phone Number", "phone"), all_to("Mobile Phone Number", "phone")),
            (all_to("Company Name", "business_name"), all_to("Associated Company", "business_name")),
        ),
    ),
    Layout(
        "salesforce",
        (
            headers("Id|IsDeleted|Name|BillingStreet|BillingCity|OwnerId"),
            headers("Id|Name|BillingStreet|ShippingStreet"),
        ),
        {
            "Id": "external_id",
            "Name": "business_name",
            "Phone": "phone",
            "Website": "website",
            "Industry": "industry",
            "AccountSource": "source",
            "CurrencyIsoCode": "currency",
            "Description": "notes",
            **parts("billing", "Billing", _CAMEL_PARTS),
            **parts("shipping", "Shipping", _CAMEL_PARTS),
            **all_to("Type|AccountNumber|Fax|Rating|CreatedDate", "notes"),
            **all_to(
                "IsDeleted|MasterRecordId|ParentId|OwnerId|CreatedById|LastModifiedDate|LastModifiedById"
                "|SystemModstamp|LastActivityDate|LastViewedDate|LastReferencedDate|PhotoUrl|BillingLatitude"
                "|BillingLongitude|BillingGeocodeAccuracy|ShippingLatitude|ShippingLongitude"
                "|ShippingGeocodeAccuracy|Jigsaw|JigsawCompanyId|CleanStatus",
                None,
            ),
        },
    ),
    Layout(
        "salesforce",
        (
            headers("Id|AccountId|LastName|FirstName|MailingStreet"),
            headers("Id|LastName|FirstName|MailingCity|Email"),
        ),
        {
            "Id": "external_id",
            "Salutation": "salutation",
            "FirstName": "first_name",
            "LastName": "last_name",
            "Email": "email",
            "LeadSource": "source",
            "HasOptedOutOfEmail": "do_not_email",
            "DoNotCall": "do_not_call",
            "Description": "notes",
            **parts("billing", "Mailing", _CAMEL_PARTS),
            **all_to("Title|Department|Fax|Birthdate|CreatedDate|OtherPhone", "notes"),
            **all_to(
                "IsDeleted|MasterRecordId|AccountId|Name|ReportsToId|OwnerId|CreatedById|LastModifiedDate"
                "|LastModifiedById|SystemModstamp|LastActivityDate|LastCURequestDate|LastCUUpdateDate"
                "|LastViewedDate|LastReferencedDate|EmailBouncedReason|EmailBouncedDate|IsEmailBounced"
                "|PhotoUrl|MailingLatitude|MailingLongitude|MailingGeocodeAccuracy|OtherLatitude"
                "|OtherLongitude|OtherGeocodeAccuracy|Jigsaw|JigsawContactId|CleanStatus|IndividualId",
                None,
            ),
        },
        ((all_to("Phone", "phone"), all_to("MobilePhone", "phone"), all_to("HomePhone", "phone")),),
    ),
    Layout(
        "salesforce",
        (
            headers("Account Owner|Account Name|Billing State/Province|Last Activity"),
            headers("Account Name|Billing Street|Billing State/Province|Billing Zip/Postal Code"),
        ),
        {
            "Account ID": "external_id",
            "Account Name": "business_name",
            "Phone": "phone",
            "Website": "website",
            "Industry": "industry",
            "Account Source": "source",
            "Description": "notes",
            **parts("billing", "Billing", _REPORT_PARTS),
            **parts("shipping", "Shipping", _REPORT_PARTS),
            **all_to("Account Owner|Type|Rating|Last Activity|Last Modified Date|Account Number", "notes"),
        },
    ),
    Layout(
        "pipedrive",
        (headers("Organization - Name|Organization - Owner"), headers("Organization - ID")),
        {
            "Organization - ID": "external_id",
            "Organization - Name": "business_name",
            "Organization - Website": "website",
            "Organization - Industry": "industry",
            **parts("billing", "Organization - ", _PIPEDRIVE_PARTS),
            **parts("billing", "Organization - ", _PIPEDRIVE_PARTS_OF_ADDRESS),
            **all_to("Organization - Owner|Organization - Label|Organization - Labels", "notes"),
        },
        (
            (
                all_to("Organization - Street/road name of Address", "billing_line1"),
                all_to("Organization - Address", "billing_line1"),
                all_to("Organization - Full/combined address of Address", "billing_line1"),
            ),
        ),
    ),
    Layout(
        "pipedrive",
        (headers("Person - Name|Person - Owner"), headers("Person - Name|Person - ID")),
        {
            "Person - Organization": "business_name",
            **all_to("Person - ID|Person - Owner|Person - Label|Person - Labels|Person - Job title", "notes"),
        },
        PIPEDRIVE_PERSON,
    ),
    Layout(
        "zoho",
        (
            headers("Record Id|Account Name|Account Owner|Account Type"),
            headers("Record Id|Account Owner.id|Account Name|Billing Street"),
        ),
        {
            "Record Id": "external_id",
            "Account Name": "business_name",
            "Phone": "phone",
            "Website": "website",
            "Industry": "industry",
            "Currency": "currency",
            "Description": "notes",
            **parts("billing", "Billing", _ZOHO_PARTS),
            **parts("shipping", "Shipping", _ZOHO_PARTS),
            **all_to("Account Owner|Account Type|Account Number|Fax|Rating|Tag|Created Time", "notes"),
            **all_to(
                "Account Owner.id|Parent Account.id|Created By.id|Modified By.id|Created By|Modified By"
                "|Modified Time|Last Activity Time|Exchange Rate|Layout.id|Layout|Locked|Record Image",
                None,
            ),
        },
    ),
    Layout(
        "zoho",
        (
            headers("Record Id|Contact Owner|First Name|Last Name|Mailing Street"),
            headers("Record Id|Contact Owner.id|First Name|Last Name"),
        ),
        {
            "Record Id": "external_id",
            "Account Name": "business_name",
            "Salutation": "salutation",
            "First Name": "first_name",
            "Last Name": "last_name",
            "Email": "email",
            "Lead Source": "source",
            "Email Opt Out": "do_not_email",
            "Description": "notes",
            **parts("billing", "Mailing", _ZOHO_CONTACT_PARTS),
            **all_to("Contact Owner|Title|Department|Fax|Date of Birth|Tag|Created Time", "notes"),
            **all_to(
                "Contact Owner.id|Account Name.id|Vendor Name.id|Reporting To.id|Created By.id|Modified By.id"
                "|Created By|Modified By|Modified Time|Last Activity Time|Layout.id|Layout|Locked"
                "|Record Image|Full Name|Unsubscribed Mode|Unsubscribed Time",
                None,
            ),
        },
        ((all_to("Phone", "phone"), all_to("Mobile", "phone"), all_to("Home Phone", "phone")),),
    ),
)
