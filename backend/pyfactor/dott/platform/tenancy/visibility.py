"""Which rows of the business a member sees: the one table of it, and the condition in every query.

A business may give a role less than all of its records: those of her teams, or her own (identity.Tenant).
app.enter resolves that, together with who she is, into the members whose records she sees (`Context.sees`).
Here stands what is whose: one rule for each tenant model, added by the apps when they are ready.
`TenantManager` puts the rule into every query set, so a list, a count, a lookup for an update and the choices
of a reference cannot tell a record that is somebody else's from one that is not there. SQL written by hand
takes its condition from `condition_on`. A member who sees everything gets no condition at all.

This narrows within a business; between businesses stands the database (docs/adr/0019-scopes.md).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import count
from typing import Any, NamedTuple
from uuid import UUID

from django.core.exceptions import FullResultSet
from django.db.models import BooleanField, Expression, F, Model

from dott.platform.tenancy.context import current

TRUE = "true"


class NoVisibilityRule(RuntimeError):
    """A tenant model has no line in the table; asked by somebody who does not see everything."""


class OutOfSight(Exception):
    """A record would be given to somebody whose records the acting member does not see; nothing was written.

    field: the reference that says whose it is.
    """

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


@dataclass(slots=True)
class Sight:
    """Whose records are seen, while one condition is written. members: of memberships, at least one."""

    tenant_id: UUID
    members: tuple[UUID, ...]
    _numbers: Any = field(default_factory=count)

    def alias(self) -> str:
        """A name for a table that the condition has not used yet."""
        return f"SEEN{next(self._numbers)}"

    def is_theirs(self, column: str) -> str:
        """That a reference to a membership names one of them."""
        wanted = ", ".join(map(_constant, self.members))
        return f"{column} = {wanted}" if len(self.members) == 1 else f"{column} IN ({wanted})"

    def rows(self, model: type[Model], alias: str) -> str:
        """`table alias WHERE …`: the seen rows of a model."""
        condition = rule_of(model).sql(alias, self)
        return f'"{model._meta.db_table}" {alias} WHERE {alias}."tenant_id" = {self.tenant} AND {condition}'

    @property
    def tenant(self) -> str:
        """The business as a constant."""
        return _constant(self.tenant_id)


class Holder(NamedTuple):
    """A member by whom a record is seen. role: what she is to it, or to the record that it is seen with.

    of: the label of that one's model, "" for the record itself."""

    member: UUID
    role: str  # owner, assignee, maker
    of: str = ""


class Rule:
    """Whose the rows of one model are."""

    def sql(self, alias: str, sight: Sight) -> str:
        """The condition on a row that goes by `alias`, without parameters."""
        raise NotImplementedError

    def settle(self, record: Any, members: tuple[UUID, ...], member: UUID) -> None:
        """Before a record is inserted: whose it is when nothing was said. Raises OutOfSight."""

    def holders(self, record: Any) -> list["Holder"]:
        """By whom the record is seen: whoever sees one of these members' records sees it.

        Asked while everything is seen."""
        return []

    def check(self, record: Any, members: tuple[UUID, ...], values: Mapping[str, Any]) -> None:
        """Before a changed record is written. values: attribute → what it is given and does not hold yet.
        Raises OutOfSight."""


class Everyones(Rule):
    """The business's own: how it is set up, who is there, what is counted."""

    def sql(self, alias: str, sight: Sight) -> str:
        """No condition."""
        return TRUE


EVERYONES = Everyones()

_table: dict[str, Rule] = {}


def register(rules: Mapping[str, Rule]) -> None:
    """Add lines: {"crm.customer": Owned(by="owner")}. Raises ValueError for a model that has another one."""
    for label, rule in rules.items():
        if _table.get(label, rule) != rule:
            raise ValueError(f"{label} already has a line in the table of visibility")
        _table[label] = rule


def rule_of(model: type[Model]) -> Rule:
    """The model's line. Raises NoVisibilityRule where there is none."""
    try:
        return _table[model._meta.label_lower]
    except KeyError:
        raise NoVisibilityRule(f"{model._meta.label} has no line in the table of visibility.") from None


def table() -> Mapping[str, Rule]:
    """The whole table, for the documentation page and the tests that walk every model."""
    return dict(_table)


def condition_on(model: type[Model], alias: str) -> str:
    """For SQL written by hand: what the acting member sees of the model's rows under an alias, `true` for
    everything. Holds constants only, no parameters and no per cent sign."""
    context = current()
    if context.sees is None:
        return TRUE
    return rule_of(model).sql(alias, Sight(context.tenant_id, context.sees))


def condition_of(model: type[Model], alias: str, members: tuple[UUID, ...]) -> str:
    """As condition_on, for somebody who sees the records of `members`."""
    return rule_of(model).sql(alias, Sight(current().tenant_id, members))


def settle_new(record: Any) -> None:
    """Before an insert: a record that is nobody's becomes the acting member's, when she sees less than
    everything. Raises OutOfSight for one that she gives to somebody else."""
    context = current()
    if context.sees is not None:
        rule_of(type(record)).settle(record, context.sees, context.membership_id)


def check_changed(record: Any, values: Mapping[str, Any] | None = None) -> None:
    """Before a change is written. values: attribute → what the record is given and does not hold yet. Raises
    OutOfSight."""
    context = current()
    if context.sees is not None:
        rule_of(type(record)).check(record, context.sees, values or {})


class InSight(Expression):
    """The rule of a model as part of a query set, resolved when the SQL is compiled, as CurrentTenant is."""

    conditional = True
    output_field = BooleanField()

    def __init__(self, model: type[Model], row: Any = None) -> None:
        super().__init__()
        self.model = model
        # The key stands for the table, which Django may rename.
        self.row: Any = row or F("pk")

    def get_source_expressions(self) -> list[Any]:
        """The key."""
        return [self.row]

    def set_source_expressions(self, exprs: Any) -> None:
        """The key."""
        (self.row,) = exprs

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        """Raises FullResultSet for whoever sees everything: the query is then as if there were no rule."""
        if current().sees is None:
            raise FullResultSet
        condition = condition_on(self.model, compiler.quote_name_unless_alias(self.row.alias))
        if condition == TRUE:
            raise FullResultSet
        return condition, []


def _constant(value: UUID) -> str:
    # Nothing but a UUID is ever written into a condition.
    return f"'{UUID(str(value))}'::uuid"
