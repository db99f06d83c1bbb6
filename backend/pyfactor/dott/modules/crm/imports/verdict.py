"""The SQL that says what an import would do with each of its rows: one source for both its users.

staging.py asks for a batch of rows on their way into the table, matching.py for rows that are edited
there. Nothing in it joins rows with rows, so any batch of a file gives what the whole file would; what
concerns several rows at once (duplicates) is matching.py's. Field and key names come from fields.py,
never from a request.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

from dott.modules.crm.models import Customer
from dott.platform.tenancy.visibility import condition_on

from .columns import as_json
from .fields import OWN

# How a customer and a row are compared by each key. The customer's side is a stored column that leads
# an index; name_key is cut at 200 characters (models/keys.py).
CUSTOMER_KEY = {
    "external_id": "{c}.external_id",
    "email": "{c}.email_key",
    "phone": "{c}.phone",
    "business_name": "{c}.name_key",
}
ROW_KEY = {
    "external_id": "({values}->>'external_id')",
    "email": "lower({values}->>'email')",
    "phone": "({values}->>'phone')",
    "business_name": "left(app.search_key({values}->>'business_name'), 200)",
}
KEY_CONDITION = {"business_name": " AND {c}.kind = 'business'"}

# The rules between fields (models/rules.py) on a customer as jsonb: code, field, sentence, what breaks it.
RULES = (
    (
        "customer_business_has_business_name",
        "business_name",
        "A business needs its name.",
        "m.j->>'kind' = 'business' AND coalesce(m.j->>'business_name', '') = ''",
    ),
    (
        "customer_person_has_a_name",
        "last_name",
        "A person needs a first or a last name.",
        "m.j->>'kind' = 'person' AND coalesce(m.j->>'first_name', '') = ''"
        " AND coalesce(m.j->>'last_name', '') = ''",
    ),
    (
        "customer_exemption_details_need_exemption",
        "is_tax_exempt",
        "A certificate or its expiry belongs to a customer who is tax exempt.",
        "NOT coalesce((m.j->>'is_tax_exempt')::boolean, false)"
        " AND (coalesce(m.j->>'tax_exempt_certificate', '') <> ''"
        " OR m.j->>'tax_exempt_expires_on' IS NOT NULL)",
    ),
    (
        "too_long",
        "notes",
        "Together with the notes that are there, these exceed 20,000 characters.",
        "length(m.j->>'notes') > 20000",
    ),
)
RULE_FIELDS = (
    "kind", "business_name", "first_name", "last_name",
    "is_tax_exempt", "tax_exempt_certificate", "tax_exempt_expires_on",
)  # fmt: skip


def row_key(key: str, values: str) -> str:
    """SQL: the key of a row. values: jsonb expression."""
    return ROW_KEY[key].format(values=values)


def same_key(key: str, customer: str, value: str, *, seen: bool = True) -> str:
    """SQL condition: a customer in use has this key. customer: alias. value: what to compare with.

    seen: among those that the acting member sees."""
    given = CUSTOMER_KEY[key].format(c=customer)
    return (
        f"{customer}.tenant_id = %(tenant)s AND {customer}.deleted_at IS NULL AND {given} <> ''"
        f" AND {given} = {value}{KEY_CONDITION.get(key, '').format(c=customer)}"
        f"{' AND ' + condition_on(Customer, customer) if seen else ''}"
    )


def kind_of_new(values: str) -> str:
    """SQL: what a new customer is when the file does not say. A name of a business makes one."""
    return (
        f"coalesce({values}->>'kind', CASE WHEN {values} ? 'business_name' THEN 'business' ELSE 'person' END)"
    )


def issue_literal(code: str, field: str | None, detail: str) -> str:
    """An Issue without a column, as a jsonb literal."""
    body = json.dumps({"column": None, "field": field, "code": code, "detail": detail})
    return "'" + body.replace("'", "''").replace("%", "%%") + "'::jsonb"


def verdict_ctes(rows: str, *, keys: Sequence[str], mode: str, fields: Sequence[str]) -> str:
    """Common table expressions, the last of them `verdict`: the given rows, all columns, and the decision.

    rows: SELECT with line (unique), v (the values) and action, which is "create" for a row that can be
    judged and stays what it is for others. keys: match keys, strongest first. mode: create, update or
    upsert. fields: customer fields that the import can set. Decided: target_id, target_version, before,
    after, conflicts, decision. %(tenant)s is the active tenant.

    Customers are asked for by arrays (`= ANY`): one walk through an index, and still one walk through the
    business where the planner knows nothing of it, because it brought its customers in a minute ago. The
    keys are columns first, for taking them out of jsonb is not leakproof and would come after the policy.
    MATERIALIZED and OFFSET 0 keep the planner from repeating an expression wherever it is named.
    """
    keys = keys if fields else ()
    branches = [_matched(keys, mode, fields), _unmatched(mode)] if keys else [_unmatched(mode)]
    key_columns = "".join(f", {row_key(key, 'v')} AS key{place}" for place, key in enumerate(keys))
    return f"""given AS MATERIALIZED (SELECT row.*{key_columns} FROM ({rows}) row),
{_found(keys)},
compared AS ({" UNION ALL ".join(branches)}),
decided AS (
    SELECT compared.*,
           CASE WHEN action <> 'create' THEN action
                WHEN own_conflicts <> '[]' THEN 'error'
                WHEN target_id IS NULL THEN 'create'
                WHEN after = '{{}}' THEN 'unchanged' ELSE 'update' END AS own_decision
      FROM compared
),
{_verdict(keys, fields)}"""


def _found(keys: Sequence[str]) -> str:
    """`found`: each row with the customer that its strongest key finds, and how many that key finds.

    A weaker key is looked up only where the stronger ones found nobody.
    """
    if not keys:
        return "found AS (SELECT given.*, NULL::uuid AS customer_id, 0 AS matches FROM given)"
    ctes, joins = "", ""
    for place, key in enumerate(keys):
        nobody_yet = "".join(f" AND by{stronger}.id IS NULL" for stronger in range(place))
        judged = f"given.action = 'create'{nobody_yet}"
        asked = f"SELECT given.key{place} FROM given{joins} WHERE {judged}"
        ctes += f"""by{place} AS MATERIALIZED (
    SELECT c.id, {CUSTOMER_KEY[key].format(c="c")} AS key FROM crm_customer c
     WHERE {same_key(key, "c", f"ANY (ARRAY({asked}))")}
),
"""
        joins += f" LEFT JOIN by{place} ON {judged} AND by{place}.key = given.key{place}"
    customer = f"coalesce({', '.join(f'by{place}.id' for place in range(len(keys)))})"
    return f"""{ctes}found AS MATERIALIZED (
    SELECT * FROM (
        SELECT given.*, {customer} AS customer_id,
               count(*) OVER (PARTITION BY given.line) AS matches,
               row_number() OVER (PARTITION BY given.line ORDER BY {customer}) AS place
          FROM given{joins}) every
     WHERE place = 1
)"""


def _matched(keys: Sequence[str], mode: str, fields: Sequence[str]) -> str:
    """Rows about a customer, compared with it field by field. Notes are never overwritten (_new_values)."""
    standing = [
        ("found.matches > 1", issue_literal("ambiguous_match", keys[0], "Several customers match this row."))
    ]
    if mode == "create":
        exists = "This customer exists already, and this import only creates."
        standing.append(("true", issue_literal("already_exists", keys[0], exists)))
    old = as_json(dict.fromkeys([*fields, *RULE_FIELDS]), "c")
    # Quick, and wrong for lists: a longer one contains the shorter.
    is_other = "true" if OWN in fields else "NOT s.old @> s.new"
    return f"""
    SELECT found.*, c.id AS target_id, c.version AS target_version,
           coalesce(d.before, '{{}}') AS before, coalesce(d.after, '{{}}') AS after,
           CASE WHEN d.after IS NULL THEN {_issues_if(standing)}
                ELSE {_rules_broken("s.old || s.new", standing)} END AS own_conflicts
      FROM found
      JOIN crm_customer c ON c.tenant_id = %(tenant)s AND c.id = found.customer_id
                         AND c.id = ANY (ARRAY(SELECT customer_id FROM found))
     CROSS JOIN LATERAL (SELECT {old} AS old, {_new_values(fields)} AS new OFFSET 0) s
     CROSS JOIN LATERAL (
        SELECT jsonb_object_agg(entry.key, s.old->entry.key) AS before,
               jsonb_object_agg(entry.key, entry.value) AS after
          FROM jsonb_each(s.new) AS entry
         WHERE {is_other} AND s.old->entry.key IS DISTINCT FROM entry.value) d
     WHERE found.customer_id IS NOT NULL"""


def _new_values(fields: Sequence[str]) -> str:
    """What the row gives customer c: lines of notes that are not there yet are added below."""
    if OWN not in fields:
        return _with_notes(fields)
    # Fields that the row does not name keep their values.
    own = f"jsonb_build_object('{OWN}', c.custom || (found.v->'{OWN}'))"
    return f"({_with_notes(fields)}) || CASE WHEN found.v ? '{OWN}' THEN {own} ELSE '{{}}' END"


def _with_notes(fields: Sequence[str]) -> str:
    if "notes" not in fields:
        return "found.v"
    return r"""CASE WHEN c.notes = '' OR NOT found.v ? 'notes' THEN found.v
                WHEN position(E'
' || (found.v->>'notes') || E'
' IN E'
' || c.notes || E'
') > 0
                THEN found.v - 'notes'
                ELSE jsonb_set(found.v, '{notes}', to_jsonb(concat_ws(E'
', c.notes, (
                    SELECT string_agg(entry.line, E'
' ORDER BY entry.place)
                      FROM unnest(string_to_array(found.v->>'notes', E'
'))
                           WITH ORDINALITY AS entry (line, place)
                     WHERE entry.line <> ALL (string_to_array(c.notes, E'
'))))))
           END"""


def _unmatched(mode: str) -> str:
    """Rows about nobody yet: refused where the import only updates, or where no customer can be made."""
    refused = []
    if mode == "update":
        detail = "No customer matches this row, and this import only updates."
        refused.append(("true", issue_literal("no_match", None, detail)))
    customer = f"jsonb_build_object('kind', {kind_of_new('found.v')}) || found.v"
    return f"""
    SELECT found.*, NULL::uuid AS target_id, NULL::bigint AS target_version,
           '{{}}'::jsonb AS before, '{{}}'::jsonb AS after,
           CASE WHEN found.action = 'create' THEN {_rules_broken(customer, after=refused)} ELSE '[]' END
               AS own_conflicts
      FROM found
     WHERE found.customer_id IS NULL"""


def _verdict(keys: Sequence[str], fields: Sequence[str]) -> str:
    """`verdict`: a row must not give its customer an external id that another one has.

    Where the external id is the strongest key, whoever has it is the row's customer.
    """
    if "external_id" not in fields or keys[:1] == ["external_id"]:
        return """verdict AS (
    SELECT decided.*, own_conflicts AS conflicts, own_decision AS decision FROM decided
)"""
    return f"""claiming AS MATERIALIZED (
    SELECT decided.*,
           CASE own_decision WHEN 'create' THEN v->>'external_id'
                             WHEN 'update' THEN after->>'external_id' END AS claim
      FROM decided
),
taken AS MATERIALIZED (
    SELECT c.id, c.external_id FROM crm_customer c
     WHERE {same_key("external_id", "c", "ANY (ARRAY(SELECT claim FROM claiming))")}
),
verdict AS (
    SELECT claiming.*,
           CASE WHEN taken.id IS NULL THEN own_conflicts ELSE own_conflicts || jsonb_build_array({_TAKEN}) END
               AS conflicts,
           CASE WHEN taken.id IS NULL THEN own_decision ELSE 'error' END AS decision
      FROM claiming
      LEFT JOIN taken ON taken.external_id = claiming.claim AND taken.id IS DISTINCT FROM claiming.target_id
)"""


_TAKEN = issue_literal("external_id_taken", "external_id", "Another customer has this external id.")


def _rules_broken(
    customer: str,
    before: Sequence[tuple[str, str]] = (),
    after: Sequence[tuple[str, str]] = (),
) -> str:
    """SQL: the issues of a customer given as jsonb, between those of two other lists of cases."""
    rules = [(broken, issue_literal(code, field, sentence)) for code, field, sentence, broken in RULES]
    return f"(SELECT {_issues_if([*before, *rules, *after])} FROM (SELECT {customer} AS j OFFSET 0) m)"


def _issues_if(cases: Sequence[tuple[str, str]]) -> str:
    """SQL giving the jsonb array of those issues whose condition holds. cases: condition, literal."""
    parts = [
        f"CASE WHEN {condition} THEN jsonb_build_array({issue}) ELSE '[]' END" for condition, issue in cases
    ]
    return " || ".join(parts)
