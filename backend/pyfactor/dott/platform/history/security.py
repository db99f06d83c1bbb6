"""Security events in the log: who signed in, who was given what.

They are made by the login role, in the transaction of the act, so that neither exists without the other. That
role may add such entries to the log of any business, and read or change none.
"""

import json
from typing import Any
from uuid import UUID

from django.db import connections

from dott.platform.history.request_id import current_request_id
from dott.platform.tenancy.router import AUTH

# The job whose body is in chain.py: run after a minute or two.
SEAL = "history.seal"
# Events that say why values are gone. A row without its values has the time of such a set (functions.sql).
PERSON_ERASED, HISTORY_FORGOTTEN = REDACTIONS = ("person_erased", "history_forgotten")

# The login role cannot see whether a job waits already; one that finds nothing to seal is soon done.
_SQL = """
    WITH event AS (
        INSERT INTO history_change_set (tenant_id, actor_id, kind, event, details, request_id)
        VALUES (%(tenant)s, %(actor)s, 'security', %(event)s, %(details)s::jsonb, %(request)s)
    )
    INSERT INTO jobs_job (tenant_id, kind, run_after, created_by_id, updated_by_id)
    SELECT %(tenant)s::uuid, %(seal)s, now() + interval '1 minute', %(actor)s::uuid, %(actor)s::uuid
     WHERE %(actor)s::uuid IS NOT NULL
"""


def note(*, tenant_id: UUID, actor_id: UUID | None, event: str, **details: Any) -> None:
    """Add one event to the log of a business, within the caller's transaction on the login role.

    actor_id: the membership there of whoever did it; None for an operator. event: a word of EVENTS in
    identity/events.py. details: JSON values to know of it; never a secret.
    """
    given = {
        "tenant": tenant_id,
        "actor": actor_id,
        "event": event,
        "details": json.dumps(details),
        "request": current_request_id(),
        "seal": SEAL,
    }
    with connections[AUTH].cursor() as cursor:
        cursor.execute(_SQL, given)
