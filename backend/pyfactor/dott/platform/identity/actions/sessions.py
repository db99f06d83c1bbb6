"""Ending sessions. All take effect on the next request that carries their cookie."""

from uuid import UUID

from dott.platform.identity.models import Session


def revoke_session(*, user_id: UUID, session_id: UUID) -> bool:
    """End one of a user's sessions; False when she has no such live session."""
    return bool(Session.objects.live().filter(user_id=user_id, id=session_id).revoke())


def revoke_sessions(*, user_id: UUID, except_id: UUID | None = None) -> int:
    """End all of a user's sessions but one; returns how many."""
    sessions = Session.objects.live().filter(user_id=user_id)
    return (sessions.exclude(id=except_id) if except_id else sessions).revoke()
