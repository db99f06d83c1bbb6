"""What of the front needs no thread: reads by statements that were planned once, answered in the server's own
event loop. Many of them share a connection (tenancy/lanes.py), nobody waits for the interpreter, and whoever
is not answered here is answered in a thread as if there were no loop."""

import psycopg
import structlog

from dott.platform.api.asgi import Answering, Receive, Reply, Send, reply
from dott.platform.api.edge import Environ
from dott.platform.api.gate import Gate
from dott.platform.api.plans.front import LEFT_TO_DJANGO, Front
from dott.platform.api.plans.routes import Match
from dott.platform.tenancy.lanes import Lanes

log = structlog.get_logger(__name__)


class QuickReads:
    """gate: for those that are answered here. rest: answers what is not quick, or not the front's at all."""

    def __init__(self, front: Front, lanes: Lanes, gate: Gate, rest: Answering) -> None:
        self.front, self.lanes, self.gate, self.rest = front, lanes, gate, rest

    async def __call__(self, environ: Environ, receive: Receive, send: Send) -> None:
        if environ["REQUEST_METHOD"] == "GET" and (match := self.front.routes.match(environ["PATH_INFO"])):
            place = await self.gate.enter(environ, send)
            if place is None:
                return
            try:
                answer = await self.answer(environ, match)
            finally:
                place.leave()
            if answer is not None:
                await reply(send, answer)
                return
        await self.rest(environ, receive, send)

    async def answer(self, environ: Environ, match: Match) -> Reply | None:
        """None: nothing was answered, and somebody else has to."""
        lane = self.lanes.least()
        if lane is None:
            return None
        reading = self.front.reading(environ, match, is_hurried=True)
        try:
            statements = next(reading)
            while all(statement.is_prepared and statement.is_short for statement in statements):
                statements = reading.send(await lane.send(statements))
        except StopIteration as end:
            answer: Reply = end.value
            return answer
        except psycopg.Error:
            # What of it was prepared may be out of date.
            lane.retire()
        except LEFT_TO_DJANGO:
            pass
        except Exception:
            log.exception("not read as planned")
        finally:
            reading.close()
        return None
