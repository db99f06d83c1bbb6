"""`python -m config.probe [PATH]`: exit 0 when the server in this container answers PATH with 200.

For a container's health check: no shell, no curl. The default asks for life, not for readiness: a
database that is away is no reason to replace the process.
"""

import http.client
import sys

from config import env

TIMEOUT_S = 3


def answers(path: str) -> bool:
    """Whether a GET gives 200 within TIMEOUT_S."""
    connection = http.client.HTTPConnection("127.0.0.1", env.integer("PORT", 8000), timeout=TIMEOUT_S)
    try:
        connection.request("GET", path)
        return connection.getresponse().status == http.client.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


if __name__ == "__main__":
    sys.exit(not answers(sys.argv[1] if len(sys.argv) > 1 else "/health/live/"))
