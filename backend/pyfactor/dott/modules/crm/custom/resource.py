"""What a list can be narrowed and sorted by, of the fields that a business has added."""

from functools import lru_cache

from django.db.models import Expression

from dott.modules.crm.custom import expressions
from dott.modules.crm.custom.definitions import Definition, Definitions, definitions_sql, parse_definitions
from dott.platform.api.filtering.fields import FilterField, Kind
from dott.platform.api.own_fields import PREFIX, Own, OwnFields

_KINDS: dict[str, Kind] = {
    "number": "number",
    "money": "number",
    "date": "date",
    "datetime": "instant",
    "bool": "bool",
    "select": "select",
    "multi_select": "select",
}


@lru_cache(maxsize=2_000)
def understand(text: str) -> Own:
    """The filters and orders that follow from the definitions. Archived fields keep theirs: a saved view that
    names one goes on working."""
    filters: dict[str, FilterField] = {}
    orders: dict[str, Expression] = {}
    for definition in parse_definitions(text):
        name = f"{PREFIX}{definition.key}"
        filters[name] = _filter(name, definition)
        orders[name] = expressions.sorted_by(definition)
        if definition.type == "money":
            currency = f"{name}.currency"
            filters[currency] = FilterField(
                currency, "text", "custom", is_nullable=True, expression=expressions.currency(definition)
            )
    return Own(filters, orders)


def _filter(name: str, definition: Definition) -> FilterField:
    kind = _KINDS.get(definition.type, "text")
    return FilterField(
        name,
        kind,
        "custom",
        is_nullable=True,
        choices=definition.choices,
        expression=expressions.compared(definition),
        is_list=definition.type == "multi_select",
    )


OWN_FIELDS = {
    entity: OwnFields(definitions_sql(entity), understand) for entity in ("customer", "contact", "deal")
}


def definitions_of(entity: str) -> Definitions:
    """The fields of one kind of record in the active business, in their order; one round trip."""
    return parse_definitions(OWN_FIELDS[entity].read_text())
