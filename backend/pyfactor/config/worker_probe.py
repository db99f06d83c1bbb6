"""`python -m config.worker_probe`: exit 0 when a worker of this queue reported within the last minute.

For the health check of a worker's container, which serves nobody and so cannot be asked. It asks the
queue without Django, whose start would cost a second of every half minute.
"""

import sys

import psycopg

from config import env

CONNECT_WITHIN_S = 3
_HEARD = (
    "SELECT EXISTS (SELECT FROM procrastinate_workers WHERE last_heartbeat > now() - interval '1 minute')"
)


def is_heard() -> bool:
    """Whether the queue has a living worker. Raises psycopg.Error when the database is away."""
    with psycopg.connect(env.required("DATABASE_WORKER_URL"), connect_timeout=CONNECT_WITHIN_S) as connection:
        row = connection.execute(_HEARD).fetchone()
    return bool(row and row[0])


if __name__ == "__main__":
    sys.exit(not is_heard())
