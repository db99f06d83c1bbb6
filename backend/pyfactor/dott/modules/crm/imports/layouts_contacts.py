"""Exports of address books, Google Contacts and Outlook, and the columns of vCards."""

from __future__ import annotations

from .layout_shape import Layout, all_to, headers, parts
from .vcard_rows import FIELDS_OF_CARDS

_OUTLOOK_PARTS = {
    "line1": " Street", "line2": " Street 2", "city": " City", "region": " State",
    "postal_code": " Postal Code", "country": " Country/Region",
}  # fmt: skip
_GOOGLE_PARTS = {
    "line1": "Street", "line2": "Extended Address", "city": "City", "region": "Region",
    "postal_code": "Postal Code", "country": "Country",
}  # fmt: skip

CONTACT_LAYOUTS: tuple[Layout, ...] = (
    Layout(
        "google_contacts",
        (
            headers("First Name|Last Name|File As|Organization Name|Labels"),
            headers("Given Name|Family Name|Yomi Name|Group Membership"),
        ),
        {
            "First Name": "first_name",
            "Last Name": "last_name",
            "Name Prefix": "salutation",
            "Organization Name": "business_name",
            "Organization 1 - Name": "business_name",
            "E-mail 1 - Value": "email",
            "Phone 1 - Value": "phone",
            "Website 1 - Value": "website",
            "Notes": "notes",
            **parts("billing", "Address 1 - ", _GOOGLE_PARTS),
            **all_to(
                "Organization Title|Organization Department|Organization 1 - Title|Labels|Birthday"
                "|Organization 1 - Department|Group Membership|Address 1 - PO Box|Middle Name|Name Suffix"
                "|Additional Name|Nickname|Location|Occupation|E-mail 2 - Value|E-mail 3 - Value"
                "|Phone 2 - Value|Phone 3 - Value|Phone 4 - Value|Website 2 - Value|Address 2 - Formatted",
                "notes",
            ),
            **all_to(
                "File As|Photo|E-mail 1 - Label|E-mail 1 - Type|Phone 1 - Label|Phone 1 - Type"
                "|Address 1 - Label|Address 1 - Type|Address 1 - Formatted|Website 1 - Label|Website 1 - Type"
                "|Organization 1 - Type",
                None,
            ),
        },
        (
            (
                {"Given Name": "first_name", "Family Name": "last_name", "Name": None},
                all_to("Name", "contact_name"),
            ),
        ),
    ),
    Layout(
        "outlook",
        (
            headers("First Name|Last Name|E-mail Address|Business Phone|Business Street|Job Title"),
            headers("First Name|Last Name|E-mail Address|E-mail Type|E-mail Display Name"),
        ),
        {
            "Title": "salutation",
            "First Name": "first_name",
            "Last Name": "last_name",
            "Company": "business_name",
            "E-mail Address": "email",
            "Notes": "notes",
            **all_to(
                "Middle Name|Suffix|Department|Job Title|Business Street 3|Business Fax|E-mail 2 Address"
                "|E-mail 3 Address|Categories|Birthday|Language|Location",
                "notes",
            ),
            **all_to(
                "E-mail Type|E-mail Display Name|E-mail 2 Type|E-mail 2 Display Name|E-mail 3 Type"
                "|E-mail 3 Display Name|Priority|Private|Sensitivity|Gender|Initials",
                None,
            ),
        },
        (
            tuple(
                all_to(f"{kind} Phone", "phone")
                for kind in ("Business", "Mobile", "Primary", "Company Main", "Home", "Other")
            ),
            tuple(
                parts("billing", kind, _OUTLOOK_PARTS) | {f"{kind} Country": "billing_country"}
                for kind in ("Business", "Home", "Other")
            ),
            tuple(all_to(name, "website") for name in ("Web Page", "Personal Web Page")),
        ),
    ),
    Layout("vcard", (frozenset(FIELDS_OF_CARDS),), FIELDS_OF_CARDS, keys=("external_id", "email")),
)
