"""The fields of a business as columns of a CSV: what people read, and what the import page reads back."""

from typing import Any

from django.db.models import Case, CharField, F, Func, Q, TextField, Value, When
from django.db.models.functions import Concat, Ord
from django.db.models.lookups import In

from dott.modules.crm.custom import expressions
from dott.modules.crm.custom.definitions import Definition
from dott.modules.crm.custom.resource import definitions_of
from dott.modules.crm.imports.formula import TRIGGERS, guard
from dott.platform.api.filtering.lookups import HasChoice, lookup_on
from dott.platform.api.own_fields import PREFIX

# formula.NEEDS_GUARD in PostgreSQL's dialect, whose text holds no NUL.
NEEDS_GUARD = "^'*[" + TRIGGERS.replace("\x00", "") + "]"
# How such a text begins, as code points: a number is compared in a tenth of the time that a pattern takes,
# and hardly any text begins so.
_MAY_NEED_GUARD = [ord(character) for character in "'" + TRIGGERS.replace("\\", "").replace("\x00", "")]
# Between the options of a multi-select.
SEPARATOR = "; "
_AS_TEXT = ("number", "date", "datetime", "bool")


def export_columns(entity: str) -> list[tuple[str, Any]]:
    """(header, expression) of each field in use, in their order; one round trip."""
    return [
        (f"{PREFIX}{definition.key}", _shown(definition))
        for definition in definitions_of(entity)
        if not definition.is_archived
    ]


def inert(text: Any) -> Case:
    """Text that no spreadsheet takes for a formula; the import page takes the guard off again.

    text: the path of a column, or an expression.
    """
    if isinstance(text, str):
        may_need = Q(In(Ord(F(text)), _MAY_NEED_GUARD))
        needs_guard = When(may_need & Q(**{f"{text}__regex": NEEDS_GUARD}), then=Concat(Value("'"), text))
        return Case(needs_guard, default=F(text), output_field=TextField())
    guarded = When(lookup_on(text, "regex", NEEDS_GUARD), then=Concat(Value("'"), text))
    return Case(guarded, default=text, output_field=TextField())


def _shown(definition: Definition) -> Any:
    if definition.type == "money":
        # Without one of the two there is neither.
        return Func(
            expressions.plain(definition),
            Value(" "),
            expressions.currency(definition),
            template="(%(expressions)s)",
            arg_joiner=" || ",
            output_field=TextField(),
        )
    if definition.type in _AS_TEXT:
        return expressions.plain(definition)
    if definition.type == "select":
        return _label(definition)
    return _labels(definition) if definition.type == "multi_select" else inert(expressions.plain(definition))


def _label(definition: Definition) -> Case:
    held = expressions.compared(definition)
    cases = [
        When(lookup_on(held, "exact", option.id), then=Value(guard(option.label)))
        for option in definition.options
    ]
    return Case(*cases, default=Value(""), output_field=CharField())


def _labels(definition: Definition) -> Any:
    held = expressions.compared(definition)
    labels = [
        Case(When(HasChoice(held, Value(option.id)), then=Value(option.label)), output_field=TextField())
        for option in definition.options
    ]
    joined = Func(
        *labels,
        template=f"array_to_string(ARRAY[%(expressions)s]::text[], '{SEPARATOR}')",
        output_field=TextField(),
    )
    return inert(joined)
