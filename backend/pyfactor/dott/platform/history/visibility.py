"""What of the history a member sees who does not see everything: what was done to the records that she sees.

What was deleted for good is seen only by those who see everything, for nobody can say any more whose it was.
"""

from dataclasses import dataclass

from dott.platform.history.entities import tracked_models
from dott.platform.history.models import Change
from dott.platform.tenancy.visibility import EVERYONES, Rule, Sight, rule_of


@dataclass(frozen=True)
class OfItsRecord(Rule):
    """A change, seen with the record that it changed."""

    def sql(self, alias: str, sight: Sight) -> str:
        """By entity: its records that are seen."""
        ways = []
        for model in tracked_models():
            entity = f"{alias}.\"entity\" = '{model._meta.label_lower}'"
            if rule_of(model) == EVERYONES:
                ways.append(entity)
                continue
            inner = sight.alias()
            seen = f'SELECT {inner}."id" FROM {sight.rows(model, inner)}'
            ways.append(f'({entity} AND {alias}."record_id" IN ({seen}))')
        return f"({' OR '.join(ways)})"


@dataclass(frozen=True)
class OfItsChanges(Rule):
    """A change set, seen with any of its changes; which others it has is not told."""

    def sql(self, alias: str, sight: Sight) -> str:
        """One of its changes is seen."""
        inner = sight.alias()
        return f'EXISTS (SELECT FROM {sight.rows(Change, inner)} AND {inner}."change_set_id" = {alias}."id")'


# A link says in which place a set was sealed, and nothing of what it did. Sealing passes none by.
VISIBILITY: dict[str, Rule] = {
    "history.chainlink": EVERYONES,
    "history.change": OfItsRecord(),
    "history.changeset": OfItsChanges(),
}
