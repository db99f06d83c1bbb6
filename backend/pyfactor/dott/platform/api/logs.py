"""Structured logs: one JSON line per event on standard error, one per request.

No line ever holds a body, a cookie, a header or the value of a query parameter: they carry personal
data and secrets, and logs outlive both.
"""

import logging.config
import os
from datetime import UTC, datetime
from typing import Any

import orjson
import structlog

from dott.platform.tenancy.context import Context

STDERR = 2

_SHARED: list[Any] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.processors.StackInfoRenderer(),
    structlog.processors.format_exc_info,
]


def configure_logging() -> None:
    """Send structlog and the standard library's loggers through one JSON renderer."""
    structlog.configure(
        processors=[*_SHARED, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    logging.config.dictConfig(
        {
            "version": 1,
            "disable_existing_loggers": False,
            "formatters": {
                "json": {
                    "()": structlog.stdlib.ProcessorFormatter,
                    "foreign_pre_chain": _SHARED,
                    "processors": [
                        structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                        structlog.processors.JSONRenderer(ensure_ascii=False),
                    ],
                }
            },
            "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
            "root": {"handlers": ["stderr"], "level": "INFO"},
            "loggers": {
                # Every request has its own line already; Django's would repeat it with the query string.
                "django.request": {"level": "ERROR"},
                # Each process would list the tasks it knows.
                "procrastinate.periodic": {"level": "WARNING"},
                "procrastinate.blueprints": {"level": "WARNING"},
                "django.server": {"handlers": [], "level": "ERROR", "propagate": False},
            },
        }
    )


def write_request_line(
    *,
    request_id: str,
    method: str | None,
    path: str,
    route: str | None,
    status: int,
    seconds: float,
    context: Context | None,
) -> None:
    """The one line that the logs hold of a request, formed as all others are.

    Written directly: structlog's chain and the standard library's handlers cost more than a planned answer.
    """
    line = {
        "method": method,
        "path": path,
        "route": route,
        "status": status,
        "duration_ms": round(seconds * 1000, 1),
        "tenant_id": context.tenant_id if context else None,
        "membership_id": context.membership_id if context else None,
        "event": "request",
        "request_id": request_id,
        "level": "info",
        "logger": "dott.request",
        "timestamp": datetime.now(UTC),
    }
    # One call, so that lines of several threads do not mix.
    os.write(STDERR, orjson.dumps(line, option=orjson.OPT_UTC_Z | orjson.OPT_APPEND_NEWLINE))
