"""The events there are: kinds of records that modules offer, and what can happen to one."""

from collections.abc import Iterable

from dott.platform.history.models import Change

EVERYTHING = "*"
TEST = "webhooks.test"
_WORDS = {
    Change.Operation.CREATE: "created",
    Change.Operation.UPDATE: "updated",
    Change.Operation.TRASH: "trashed",
    Change.Operation.RESTORE: "restored",
    Change.Operation.DELETE: "deleted",
}
_entities: dict[str, bool] = {}


def offer(entities: Iterable[str], *, has_trash: bool) -> None:
    """Let businesses be told of what happens to such records (crm.customer). For AppConfig.ready. Records
    that only some members may see must not be offered: a message goes to whoever holds the address."""
    _entities.update(dict.fromkeys(entities, has_trash))


def entities() -> list[str]:
    """What is offered, in the order in which modules did."""
    return list(_entities)


def event_type(entity: str, operation: str) -> str:
    """As messages name it, such as crm.customer.updated."""
    return f"{entity}.{_WORDS[Change.Operation(operation)]}"


def event_types() -> list[str]:
    """All there are, kind by kind."""
    trash = {Change.Operation.TRASH, Change.Operation.RESTORE}
    return [
        event_type(entity, operation)
        for entity, has_trash in _entities.items()
        for operation in _WORDS
        if has_trash or operation not in trash
    ]
