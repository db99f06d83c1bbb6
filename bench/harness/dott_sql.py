"""Prints, as JSON, the statements by which Dott answers some addresses: [[business, path], …] on stdin.

Run with the environment of a Dott process. The answer is a list per address of SELECTs with their values
written out, so that pgbench can send the very same.
"""

import json
import os
import sys

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

import django

django.setup()

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext


def statements(business: int, path: str) -> list[str]:
    """The SELECTs of one request."""
    client = Client(SERVER_NAME="localhost")
    client.cookies["sid"] = f"bench-session-of-business-{business}"
    with CaptureQueriesContext(connection) as queries:
        response = client.get(path)
    if response.status_code != 200:
        sys.exit(f"{path}: {response.status_code} {response.content!r}")
    return [query["sql"] for query in queries if query["sql"].startswith("SELECT")]


json.dump([statements(business, path) for business, path in json.load(sys.stdin)], sys.stdout)
