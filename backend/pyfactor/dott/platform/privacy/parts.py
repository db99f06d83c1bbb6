"""What a module says about tables whose rows cannot simply lose a few words.

In AppConfig.ready:

    hand_over("crm.importrow", purge_imports_of)     takes the ids of rows in which a person stands, removes
    what has
                                                     to go, and returns a Removed
    look_into("crm.importjob", imports_that_hold)    takes an expression of PostgreSQL, returns the ids of
    rows in
                                                     whose files it is found

Rows that are handed over are neither rewritten nor counted as rewritten.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Removed:
    """count: how many things went. file_keys: of files that are to go when all else is done; a dry run is
    rolled back, and a file would not come back."""

    count: int
    file_keys: frozenset[UUID] = frozenset()


Remover = Callable[[Collection[UUID]], Removed]
Looker = Callable[[str], Collection[UUID]]
_removers: dict[str, Remover] = {}
_lookers: dict[str, Looker] = {}
_goes_whole: dict[str, Callable[[], Removed]] = {}


def hand_over(label: str, body: Remover) -> None:
    """Have rows of that table given to `body` when a person who stands in them is erased."""
    _removers[label] = body


def look_into(label: str, body: Looker) -> None:
    """Have the files of that table's rows looked into for a person."""
    _lookers[label] = body


def goes_whole(label: str, body: Callable[[], Removed]) -> None:
    """Have `body` called with every erasure: what holds all of the business holds whomever is erased."""
    _goes_whole[label] = body


def gone_whole() -> dict[str, Removed]:
    """Label → what went; without those of which there was nothing."""
    return {label: removed for label, body in _goes_whole.items() if (removed := body()).count}


def removers() -> Mapping[str, Remover]:
    """Label → body."""
    return _removers


def found_in_files(pattern: str) -> dict[str, Collection[UUID]]:
    """Label → ids of rows in whose files the expression is found; without those that have none."""
    if not pattern:
        return {}
    return {label: ids for label, body in _lookers.items() if (ids := body(pattern))}


def delete_rows(model: Any) -> Remover:
    """A remover that deletes the rows and nothing else."""

    def body(ids: Collection[UUID]) -> Removed:
        return Removed(int(model.objects.filter(pk__in=ids).delete()[0]))

    return body
