"""The kinds of record that are found, and what of each a search compares and shows. All SQL fragments.

A fragment calls the record `r`. `shown` and `joins` see only what was found, so nothing is joined to records
that are not shown.
"""

from dataclasses import dataclass

from django.db.models import Model

from dott.modules.crm.models import Activity, Contact, Customer, Deal


@dataclass(frozen=True, slots=True)
class Kind:
    """columns: what `shown` and `joins` need of a record. recent: the column of recency, which an index
    (tenant, recent, id) keeps in order. is_active: condition by which a record goes before its equals.
    name_key, email_key, phone_key: columns that an index keeps in order, "" for none. series: first letter
    of its numbers, "" without. people: condition for those who are persons, "" where there are none.
    """

    name: str
    model: type[Model]
    columns: tuple[str, ...]
    recent: str
    is_active: str
    shown: str
    joins: str = ""
    name_key: str = ""
    email_key: str = ""
    phone_key: str = ""
    series: str = ""
    people: str = ""

    @property
    def table(self) -> str:
        """Its table in the database."""
        return self.model._meta.db_table


# In `joins`: that the acting member sees the customer `c`.
SEEN_FIRM = ":seen_firm"

# What each kind shows, in this order. `context` tells apart who has the same name.
SHOWN = (
    "title", "subkind", "number", "context", "email", "phone", "customer_id", "contact_id", "deal_id",
)  # fmt: skip

KINDS = (
    Kind(
        name="customer",
        model=Customer,
        columns=("display_name", "kind", "number", "billing_city", "email", "phone"),
        recent="updated_at",
        is_active="r.status = 'active'",
        name_key="name_key",
        email_key="email_key",
        phone_key="phone_key",
        series="c",
        people="r.kind = 'person'",
        shown="r.display_name, r.kind, r.number, r.billing_city, r.email, r.phone,"
        " NULL::uuid, NULL::uuid, NULL::uuid",
    ),
    Kind(
        name="contact",
        model=Contact,
        columns=("display_name", "job_title", "email", "phone"),
        recent="updated_at",
        is_active="true",
        name_key="name_key",
        email_key="email_key",
        phone_key="phone_key",
        people="true",
        shown="r.display_name, '', NULL::bigint, concat_ws(', ', nullif(r.job_title, ''), firm.display_name),"
        " r.email, r.phone, firm.id, NULL::uuid, NULL::uuid",
        joins="""
        LEFT JOIN LATERAL (
            SELECT c.id, c.display_name
              FROM crm_customer_contact l
              JOIN crm_customer c ON c.tenant_id = %(tenant)s AND c.id = l.customer_id
             WHERE l.tenant_id = %(tenant)s AND l.contact_id = r.id AND c.deleted_at IS NULL
               AND :seen_firm
             ORDER BY l.is_primary DESC, l.id
             LIMIT 1
        ) firm ON true""",
    ),
    Kind(
        name="deal",
        model=Deal,
        columns=("name", "category", "number", "customer_id", "stage_id"),
        recent="updated_at",
        is_active="r.category = 'open'",
        name_key="name_key",
        series="d",
        shown="r.name, r.category, r.number, concat_ws(', ', firm.display_name, stage.name), '', '',"
        " r.customer_id, NULL::uuid, NULL::uuid",
        joins="""
        LEFT JOIN crm_customer firm ON firm.tenant_id = %(tenant)s AND firm.id = r.customer_id
        LEFT JOIN crm_stage stage ON stage.tenant_id = %(tenant)s AND stage.id = r.stage_id""",
    ),
    Kind(
        name="activity",
        model=Activity,
        columns=("subject", "body", "kind", "status", "customer_id", "contact_id", "deal_id"),
        recent="created_at",
        is_active="r.status = 'open'",
        shown="coalesce(nullif(r.subject, ''), left(r.body, 120)), r.kind, NULL::bigint,"
        " coalesce(deal.name, firm.display_name, person.display_name), '', '',"
        " r.customer_id, r.contact_id, r.deal_id",
        joins="""
        LEFT JOIN crm_customer firm ON firm.tenant_id = %(tenant)s AND firm.id = r.customer_id
        LEFT JOIN crm_contact person ON person.tenant_id = %(tenant)s AND person.id = r.contact_id
        LEFT JOIN crm_deal deal ON deal.tenant_id = %(tenant)s AND deal.id = r.deal_id""",
    ),
)
