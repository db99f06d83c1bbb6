"""`python -m config.serve`: the API's server process, the same in an image and under the launcher.

HOST and PORT say where it listens, DOTT_API_PROCESSES and DOTT_API_THREADS how much it does at once, and
DOTT_API_WAITING how many requests of each process may wait; the rest are refused (api/gate.py).
On SIGTERM it takes no more connections and finishes the requests it has.
"""

from granian.constants import Interfaces
from granian.http import HTTP1Settings
from granian.server import MPServer

from config import env

# A proxy or orchestrator that stops us waits 30 s before it kills; what is not done by then is lost.
FINISH_WITHIN_S = 25
# A connection that lies unused this long is closed, and so is one whose head dawdles. Whoever stands before
# us (the web's IDLE_MS, `keepalive` in the Caddyfile) closes earlier: a request that is on its way to a
# connection which is just being closed is lost, and only some kinds may be sent again.
IDLE_S = 30


def server() -> MPServer:
    """The configured server. Two processes use both cores of a small machine."""
    return MPServer(
        "config.api:application",
        address=env.optional("HOST", "127.0.0.1"),
        port=env.integer("PORT", 8000),
        # Without the protocol of starting and stopping: what opens connections opens them when asked.
        interface=Interfaces.ASGINL,
        workers=env.integer("DOTT_API_PROCESSES", 2),
        websockets=False,
        http1_settings=HTTP1Settings(header_read_timeout=IDLE_S * 1000),
        workers_kill_timeout=FINISH_WITHIN_S,
    )


if __name__ == "__main__":
    server().serve()
