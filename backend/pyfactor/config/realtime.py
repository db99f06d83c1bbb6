"""`python -m config.realtime`: the WebSockets of open pages, as role dott_app, until SIGTERM."""

import argparse
import signal
import sys

import uvicorn

from config import env

# A page sends nothing longer than "ping".
LARGEST_MESSAGE_BYTES = 64
PING_SECONDS = 20.0


def main() -> None:
    """Block until SIGINT or SIGTERM; sockets are then closed with 1012, and their pages come back."""
    parser = argparse.ArgumentParser(prog="config.realtime", description=__doc__)
    parser.add_argument("--host", default=env.optional("HOST", "127.0.0.1"))
    parser.add_argument("--port", type=int, default=env.integer("PORT", 8001), help="0: any; see the log")
    options = parser.parse_args()
    # uvicorn stops gently, then sends itself the signal again; a stop that was asked for is a success.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    uvicorn.run(
        "config.asgi:application",
        host=options.host,
        port=options.port,
        # Its send() waits for a slow reader, which is what makes an inbox fill up and be replaced.
        ws="websockets-sansio",
        ws_max_size=LARGEST_MESSAGE_BYTES,
        ws_ping_interval=PING_SECONDS,
        ws_ping_timeout=PING_SECONDS,
        # Messages are short, and a compressor costs 64 KB a socket.
        ws_per_message_deflate=False,
        http="h11",
        lifespan="on",
        # The address of the browser is nobody's business here, so no header about it is believed.
        proxy_headers=False,
        server_header=False,
        access_log=False,
        log_config=None,
        timeout_graceful_shutdown=5,
    )


if __name__ == "__main__":
    main()
