#!/usr/bin/env python
"""Django's command line. Without a configured environment it hands itself to `./dott manage`."""

import os
import sys
from pathlib import Path

LAUNCHER = Path(__file__).resolve().parent / "../../dott"


def main() -> None:
    """Run a management command.

    In a container or under the launcher the environment names the database. In a bare checkout it
    does not; the launcher knows where PostgreSQL is, starts it when it is not up, and calls back here.
    """
    configured = any(name.startswith("DATABASE_") for name in os.environ)
    if not configured and LAUNCHER.is_file():
        os.execv(sys.executable, [sys.executable, str(LAUNCHER), "manage", *sys.argv[1:]])  # noqa: S606  (our own launcher)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
