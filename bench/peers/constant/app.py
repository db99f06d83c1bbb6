"""Ready bytes over WSGI: one answer for lists, one for a single record."""

import os
from pathlib import Path

FOLDER = Path(os.environ["BENCH_CONSTANT"])
LIST, ONE = (FOLDER / "list").read_bytes(), (FOLDER / "one").read_bytes()
HEADERS = {
    len(body): [("Content-Type", "application/json"), ("Content-Length", str(len(body)))]
    for body in (LIST, ONE)
}


def application(environ, start_response):
    """The list for the collection's address, the record for any longer one."""
    body = LIST if environ["PATH_INFO"] == "/api/crm/customers/" else ONE
    start_response("200 OK", HEADERS[len(body)])
    return [body]
