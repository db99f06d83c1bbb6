"""What the CRM holds of whom (platform/privacy/held.py). A new field needs a place in its table's lines
here."""

from dott.platform.privacy.held import (
    EXPORT,
    FOREVER,
    IMPORT,
    MAIL,
    NOTIFICATION,
    PROOF,
    REMOVED,
    TAKEN,
    TRASH,
    WITH_PARENT,
    WORK,
    holds,
)
from dott.platform.privacy.held import RELATION as DEALING

_LISTED = (EXPORT, TAKEN)

holds(
    "crm.customer",
    called="Customers",
    why=DEALING,
    kept=TRASH,
    goes=_LISTED,
    whole_name="first_name last_name",
    name="business_name first_name last_name display_name name_key match_name sound_key shipping_recipient",
    email="email email_key",
    phone="phone phone_extension phone_raw phone_key shipping_phone",
    address="billing_line1 billing_line2 billing_city billing_county billing_region billing_postal_code"
    " billing_country shipping_line1 shipping_line2 shipping_city shipping_county shipping_region"
    " shipping_postal_code shipping_country city_key",
    identifier="external_id tax_id tax_key tax_exempt_certificate website domain_key",
    about="salutation kind stage status source industry is_tax_exempt tax_exempt_expires_on currency language"
    " timezone do_not_call do_not_email tags last_activity_at next_activity_at",
    text="notes delivery_instructions custom search_text",
    staff="owner",
    none="number",
)
holds(
    "crm.contact",
    called="Contacts",
    why=DEALING,
    kept=TRASH,
    goes=_LISTED,
    whole_name="first_name last_name",
    name="first_name last_name display_name name_key match_name sound_key",
    email="email email_key",
    phone="phone phone_extension phone_raw phone_key",
    identifier="external_id birthday",
    about="salutation job_title department language do_not_call do_not_email tags last_activity_at"
    " next_activity_at",
    text="notes custom search_text",
)
holds(
    "crm.customercontact",
    called="Links of contacts to customers",
    why=DEALING,
    kept=WITH_PARENT,
    goes=(TAKEN,),
    about="customer contact role is_primary",
)
holds(
    "crm.deal",
    called="Deals",
    why=DEALING,
    kept=TRASH,
    goes=_LISTED,
    about="customer contact amount amount_key currency probability expected_close_on closed_at lost_reason"
    " stage pipeline category source tags stage_entered_at last_activity_at next_activity_at",
    identifier="external_id",
    text="name name_key lost_note next_step description custom search_text",
    staff="owner",
    none="number rank",
)
holds(
    "crm.dealstageevent",
    called="Moves of deals from stage to stage",
    why=DEALING,
    kept=WITH_PARENT,
    goes=(TAKEN,),
    about="deal from_stage to_stage at",
    staff="actor",
)
holds(
    "crm.activity",
    called="Activities",
    why=DEALING,
    kept=TRASH,
    goes=(TAKEN, MAIL),
    about="customer contact deal kind status priority due_on due_at starts_at ends_at completed_at direction"
    " duration_seconds due_order happened_at follows",
    text="subject body search_text",
    staff="assignee completed_by",
    none="remind_at recurrence is_pinned",
)
holds(
    "crm.attachment",
    called="Attachments",
    why=DEALING,
    kept=TRASH,
    goes=(TAKEN,),
    text="name",
    file="file_key",
    about="customer contact deal activity",
    none="mime size_bytes sha256",
)
for _owner in ("customer", "contact", "deal"):
    holds(
        f"crm.{_owner}tag",
        called=f"Tags on {_owner}s",
        why=DEALING,
        kept=WITH_PARENT,
        goes=(TAKEN,),
        about=f"{_owner} tag",
    )
for _label, _who in (("distinction", "Customers"), ("contactdistinction", "Contacts")):
    holds(
        f"crm.{_label}",
        called=f"{_who} said to be different",
        why=DEALING,
        kept=WITH_PARENT,
        goes=(TAKEN,),
        about="first second",
    )
for _label, _who in (("duplicatepair", "Customers"), ("contactpair", "Contacts")):
    holds(
        f"crm.{_label}",
        called=f"{_who} who may be the same",
        why=DEALING,
        kept=WITH_PARENT,
        about="first second",
        none="score",
    )
holds(
    "crm.duplicatescan",
    called="Searches for duplicates",
    why=WORK,
    kept=FOREVER,
    none="job entity started_at finished_at found is_cut",
)
holds(
    "crm.importjob",
    called="Imports",
    why=DEALING,
    kept=IMPORT,
    text="file_name columns sample_rows mapped_like problem tag_name",
    file="file_key",
    none="entity size_bytes state dialect edited_fields layout headers_key is_mapping_kept row_count mode"
    " match_keys default_country tag_id is_tag_made counts"
    " job change_set applied_at reverted_at details_purged_at",
)
holds(
    "crm.export",
    called="Exports",
    why=PROOF,
    kept=FOREVER,
    none="receipt entity file row_count size_bytes sha256",
)
holds(
    "crm.importrow",
    called="Rows of imports",
    why=DEALING,
    kept=IMPORT,
    text="cells values edits errors conflicts warnings before after",
    about="target_id",
    none="import_job line is_mended issue action is_excluded target_version",
)
holds(
    "crm.notification",
    called="Notifications",
    why=WORK,
    kept=NOTIFICATION,
    goes=(MAIL,),
    staff="recipient author mailed_at read_at",
    about="activity",
    none="reason remind_at",
)
holds(
    "crm.favourite",
    called="Favourites",
    why=WORK,
    kept=REMOVED,
    staff="member",
    about="customer contact deal",
    none="view",
)
holds(
    "crm.savedview",
    called="Saved views",
    why=WORK,
    kept=REMOVED,
    goes=(TAKEN,),
    text="name filter search",
    none="entity layout sort columns density visibility position is_default",
)
holds("crm.tag", called="Tags", why=WORK, kept=REMOVED, goes=_LISTED, text="name name_key", none="colour")
holds(
    "crm.lostreason",
    called="Reasons for lost deals",
    why=WORK,
    kept=REMOVED,
    goes=_LISTED,
    text="name name_key",
    none="position is_active",
)
holds(
    "crm.pipeline",
    called="Pipelines",
    why=WORK,
    kept=REMOVED,
    goes=_LISTED,
    none="name position is_default is_archived name_key",
)
holds(
    "crm.stage",
    called="Stages of pipelines",
    why=WORK,
    kept=REMOVED,
    goes=_LISTED,
    none="pipeline name category probability position colour rot_days is_archived name_key",
)
holds(
    "crm.customfield",
    called="Own fields of the business",
    why=WORK,
    kept=FOREVER,
    goes=_LISTED,
    none="entity key label type options is_required position is_archived label_key",
)
holds(
    "crm.numbercounter",
    called="Last numbers given",
    why=WORK,
    kept=FOREVER,
    goes=(TAKEN,),
    none="series last_number",
)
