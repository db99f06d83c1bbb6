"""Deals as an import sees them. What follows from the stage is kept here as actions/deals.py keeps it.

A row's values hold `else`: what counts where the deal has nothing yet, such as the stage a new one begins in.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dott.modules.crm.imports.fields import DEAL_FIELDS, Field
from dott.modules.crm.imports.headers_more import DEAL_SYNONYMS
from dott.modules.crm.models import Deal

from .base import ROWS, Key, Kind, Reference, RowRule

_HIDDEN = "'{deal_id,else}'::text[]"
# What a row may not say of a deal that stays where it is, by the deal's category.
_NOT_WHEN_OPEN = "'{pipeline,stage,category,closed_at,lost_reason,lost_note}'"
_NOT_WHEN_WON = "'{pipeline,stage,category,probability,lost_reason,lost_note}'"
_NOT_WHEN_LOST = "'{pipeline,stage,category,probability}'"
_STAGE = frozenset(
    {"pipeline", "stage", "category", "stage_entered_at", "rank", "closed_at", "probability", "lost_reason",
     "lost_note"}
)  # fmt: skip


class _Deals(Kind):
    name = "deal"
    noun = "deal"
    model = Deal
    series = "deal"
    fields = DEAL_FIELDS
    text = "description"
    keys = {
        "deal_id": Key("{c}.id", "({values}->>'deal_id')::uuid"),
        "external_id": Key("{c}.external_id", "({values}->>'external_id')"),
        "name": Key(
            "({c}.name_key || ' ' || {c}.customer_id)",
            "(left(app.search_key({values}->>'name'), 200) || ' ' || ({values}->>'customer'))",
            fields=("name", "customer"),
            narrow=" AND c.customer_id = ANY (ARRAY(SELECT (given.v->>'customer')::uuid FROM given))",
        ),
    }
    rules = (
        RowRule("deal_has_a_name", "name", "A deal needs a name.", "coalesce(m.j->>'name', '') = ''"),
        RowRule(
            "deal_needs_a_customer",
            "customer",
            "A deal needs its customer.",
            "m.j->>'customer' IS NULL",
        ),
        RowRule(
            "deal_amount_and_currency_together",
            "amount",
            "An amount needs its currency, and a currency an amount.",
            "(m.j->>'amount' IS NULL) <> (coalesce(m.j->>'currency', '') = '')",
        ),
        RowRule(
            "deal_lost_needs_a_reason",
            "lost_reason",
            "A lost deal needs the reason why.",
            "m.j->>'category' = 'lost' AND m.j->>'lost_reason' IS NULL",
        ),
        RowRule(
            "too_long",
            "description",
            "Together with the description that is there, this exceeds 20,000 characters.",
            "length(m.j->>'description') > 20000",
        ),
    )
    rule_fields = ("name", "customer", "amount", "currency", "category", "lost_reason")
    derived = {
        "category": Field("category", "text"),
        "stage_entered_at": Field("stage_entered_at", "instant"),
        "rank": Field("rank", "text"),
    }
    reaches = {"amount": frozenset({"currency"}), "lost_reason": frozenset({"lost_note"})}
    references = (
        Reference("customer", "crm_customer", "x.deleted_at IS NULL"),
        Reference("contact", "crm_contact", "x.deleted_at IS NULL"),
        Reference("stage", "crm_stage", "NOT x.is_archived"),
        Reference("lost_reason", "crm_lost_reason"),
    )
    swept = (("crm_deal_stage_event", "deal_id"),)
    synonyms = DEAL_SYNONYMS
    own_export = frozenset({"deal_number", "external_id", "stage_entered_at"})
    own_export_fields = {
        "deal_number": None, "category": None, "stage_entered_at": None, "created_at": None,
        "updated_at": None, "owner_name": "owner",
    }  # fmt: skip

    def fields_set_by(self, mapped: Iterable[str | None]) -> list[str]:
        """A new deal always has a stage, and so have all fields that follow from it."""
        reached = {*super().fields_set_by(mapped), *_STAGE}
        return [field for field in (*self.settable, "custom") if field in reached]

    def created(self, values: str) -> str:
        return f"""((coalesce({values}->'else', '{{}}') || ({values} - {_HIDDEN})
                || jsonb_build_object('stage_entered_at', now()))
            - CASE WHEN {values} ? 'stage' THEN '{{}}'
                   ELSE '{{closed_at,lost_reason,lost_note}}' END::text[])"""

    def new_values(self, fields: Sequence[str]) -> str:
        given = f"(({super().new_values(fields)}) - {_HIDDEN})"
        entering = f"""jsonb_build_object('stage_entered_at', now(), 'rank', '') || CASE found.v->>'category'
                WHEN 'open' THEN {_left_behind("closed_at", "lost")}
                WHEN 'won' THEN {_left_behind("probability", "lost")} || {_closed()}
                ELSE {_left_behind("probability")} || {_closed()} || jsonb_build_object(
                    'lost_reason', coalesce(found.v->'lost_reason', found.v->'else'->'lost_reason'),
                    'lost_note', coalesce(found.v->'lost_note', '""')) END"""
        staying = f"""(CASE c.category WHEN 'open' THEN {_NOT_WHEN_OPEN} WHEN 'won' THEN {_NOT_WHEN_WON}
                ELSE {_NOT_WHEN_LOST} END)::text[]"""
        return f"""(CASE WHEN coalesce(found.v->>'stage', c.stage_id::text) <> c.stage_id::text
                  THEN {given} || {entering} ELSE {given} - {staying} END
            || CASE WHEN found.v ? 'amount' AND NOT found.v ? 'currency' AND c.currency = ''
                    THEN jsonb_build_object('currency', found.v->'else'->'currency') ELSE '{{}}' END)"""

    def write_beside(self) -> Iterable[str]:
        """Which stage each deal entered."""
        yield f"""
INSERT INTO crm_deal_stage_event (tenant_id, deal_id, from_stage_id, to_stage_id, actor_id)
SELECT %(tenant)s, d.id, (r.before->>'stage')::uuid, d.stage_id, %(member)s
  FROM crm_import_row r
  JOIN crm_deal d ON d.tenant_id = %(tenant)s AND d.id = coalesce(r.target_id, r.id)
 WHERE {ROWS} AND (r.action = 'create' OR (r.action = 'update' AND r.after ? 'stage'))
 ORDER BY r.line"""

    def revert_beside(self) -> Iterable[str]:
        """Which stage each deal went back to."""
        yield f"""
INSERT INTO crm_deal_stage_event (tenant_id, deal_id, from_stage_id, to_stage_id, actor_id)
SELECT %(tenant)s, r.target_id, (r.after->>'stage')::uuid, (r.before->>'stage')::uuid, %(member)s
  FROM crm_import_row r
 WHERE {ROWS} AND r.action = 'update' AND r.after ? 'stage' AND r.conflicts = '[]'
 ORDER BY r.line"""


def _left_behind(*what: str) -> str:
    """SQL: the fields that a deal loses with its stage."""
    empty = {"closed_at": "'closed_at', NULL", "probability": "'probability', NULL",
             "lost": "'lost_reason', NULL, 'lost_note', ''"}  # fmt: skip
    return f"jsonb_build_object({', '.join(empty[each] for each in what)})"


def _closed() -> str:
    return "jsonb_build_object('closed_at', coalesce(found.v->'closed_at', found.v->'else'->'closed_at'))"


DEALS: Kind = _Deals()
