"""The outbox: what a change set leaves behind, in its own transaction, where somebody wants to hear of it.

It is a job and no table of its own. Neither is there without the change, the change is not there without it,
and its row goes when the messages are made.
"""

from uuid import UUID

from dott.platform.history.record import watch
from dott.platform.jobs.queue import soon

KIND = "webhooks.dispatch"
# Asked within the statement that writes the set, so a business without endpoints pays nothing.
_SOMEBODY_LISTENS = """EXISTS (
    SELECT FROM webhooks_endpoint WHERE webhooks_endpoint.tenant_id = %(tenant)s AND is_enabled)"""


def announce(change_set_id: UUID) -> None:
    """Leave the note; two round trips."""
    soon(KIND, change_set_id=str(change_set_id))


def begin() -> None:
    """From now on. For AppConfig.ready."""
    watch(_SOMEBODY_LISTENS, announce)
