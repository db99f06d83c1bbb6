"""What travels. A message says which records changed; what is in them is asked of the API.

Inside Dott a message is a JSON object with a `type`, the name of the consumer's method that gets it:

  {"type": "changes", "changes": [{"entity", "id", "version", "operation"}, …], "source"}
  {"type": "resync"}      anything may have changed
  {"type": "recheck"}     the receiver's session or membership may have ended; browsers never see it
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

Message = dict[str, Any]

# More than a page would look at one by one; also what keeps a sealed message below NOTIFY's 8,000 bytes.
MAX_CHANGES = 20
MANY = "many"

RESYNC: Message = {"type": "resync"}
RECHECK: Message = {"type": "recheck"}


@dataclass(frozen=True, slots=True)
class Changed:
    """One record that was written.

    entity: the model's label (crm.customer). version: the record's version now, None where it has none
    or is gone. operation: create, update, trash, restore or delete.
    """

    entity: str
    record_id: UUID
    operation: str
    version: int | None = None


def changes_message(changes: Sequence[Changed], source: str) -> Message:
    """One change set as a message. source: the id of the request that made it, "" without one.

    Above MAX_CHANGES records it names the entities alone, each with the operation `many`; a set that
    does not know its records (an import writes them by SQL) becomes a resync.
    """
    entities = sorted({change.entity for change in changes})
    if not changes or len(entities) > MAX_CHANGES:
        return RESYNC
    if len(changes) > MAX_CHANGES:
        named: list[Message] = [{"entity": entity, "operation": MANY} for entity in entities]
    else:
        named = [
            {
                "entity": change.entity,
                "id": str(change.record_id),
                "version": change.version,
                "operation": change.operation,
            }
            for change in changes
        ]
    return {"type": "changes", "changes": named, "source": source}


def tenant_group(tenant_id: UUID) -> str:
    """The group of everybody who is on a page of this business."""
    return f"tenant.{tenant_id}"


def user_group(user_id: UUID) -> str:
    """The group of one person's pages, in whichever business."""
    return f"user.{user_id}"
