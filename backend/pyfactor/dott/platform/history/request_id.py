"""The id of the request that is being served, for the change sets it makes."""

import structlog


def current_request_id() -> str:
    """The X-Request-ID bound by the request's middleware; "" in commands and jobs."""
    return str(structlog.contextvars.get_contextvars().get("request_id", ""))[:64]
