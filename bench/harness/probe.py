"""Before anything is timed: every contender answers every question alike."""

import http.client
import json
from datetime import datetime
from typing import Any

from launcher.errors import LauncherError

from harness.endpoints import PATH, Catalogue, Endpoint
from harness.load import Request

# Of each endpoint's requests so many are compared; the load sends them all.
COMPARED = 12
# They differ with the moment and with who came first.
OF_A_WRITE = {"id", "account_number", "created_at", "updated_at", "version"}


class Client:
    """One contender's keep-alive connection."""

    def __init__(self, port: int) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)

    def send(self, request: Request) -> tuple[int, dict[str, str], bytes]:
        """(status, headers in lower case, body)."""
        headers = dict(request.headers) | {"Accept": "application/json"}
        if request.body:
            headers["Content-Type"] = "application/json"
        body = request.body.encode() or None
        try:
            self.connection.request(request.method, request.path, body, headers)
            answer = self.connection.getresponse()
        except (http.client.RemoteDisconnected, ConnectionError):
            # Servers close a connection that was idle for some seconds, while others had their turn.
            self.connection.close()
            self.connection.request(request.method, request.path, body, headers)
            answer = self.connection.getresponse()
        content = answer.read()
        return answer.status, {name.lower(): value for name, value in answer.getheaders()}, content

    def first_byte(self, request: Request) -> int:
        """The status, once the first byte of the body is there; the rest is not waited for."""
        self.connection.close()
        self.connection.request(request.method, request.path, headers=dict(request.headers))
        answer = self.connection.getresponse()
        answer.read(1)
        self.connection.close()
        return answer.status


def normalised(sample: str, body: bytes) -> Any:
    """An answer without what may differ: the form of instants (compared to the millisecond), the envelope."""
    if sample == "status":
        return None
    answer = json.loads(body)
    if sample == "results":
        return [_record(row, set()) for row in answer["results"]]
    return _record(answer, OF_A_WRITE if sample == "written" else set())


def _record(row: dict[str, Any], left_out: set[str]) -> dict[str, Any]:
    return {name: _value(name, value) for name, value in row.items() if name not in left_out}


def _value(name: str, value: Any) -> Any:
    if name.endswith("_at") and value is not None:
        return int(datetime.fromisoformat(value).timestamp() * 1000)
    return value


def fetch_etags(catalogue: Catalogue, name: str, client: Client) -> None:
    """Learn the entity tags of the catalogue's records from one contender."""
    catalogue.etags[name] = [
        client.send(request)[1].get("etag", '"none"') for request in catalogue.all()[1].requests(name)
    ]


def compare(endpoint: Endpoint, clients: dict[str, Client], reference: str = "dott") -> None:
    """Raises LauncherError, naming the difference, unless all clients answer as the reference does."""
    wanted = _answers(endpoint, reference, clients[reference])
    for name, client in clients.items():
        if name != reference:
            for number, (theirs, ours) in enumerate(
                zip(_answers(endpoint, name, client), wanted, strict=True)
            ):
                if theirs != ours:
                    raise LauncherError(
                        f"{endpoint.name}, request {number}: {name} answers otherwise than {reference}: "
                        f"{_difference(theirs, ours)}"
                    )


def _answers(endpoint: Endpoint, name: str, client: Client) -> list[Any]:
    requests = endpoint.requests(name)
    step = max(1, len(requests) // COMPARED)
    found = []
    for request in requests[::step][:COMPARED]:
        status, _, body = client.send(request)
        if status != endpoint.expected:
            raise LauncherError(f"{endpoint.name}: {name} answers {status} to {request.path}: {body[:300]!r}")
        found.append(normalised(endpoint.sample, body))
    return found


def _difference(theirs: Any, ours: Any) -> str:
    if isinstance(theirs, list):
        if len(theirs) != len(ours):
            return f"{len(theirs)} rows instead of {len(ours)}"
        theirs, ours = next(pair for pair in zip(theirs, ours, strict=True) if pair[0] != pair[1])
    if theirs.keys() != ours.keys():
        return f"other fields: {sorted(theirs.keys() ^ ours.keys())}"
    name = next(name for name in ours if theirs[name] != ours[name])
    return f"{name} is {theirs[name]!r} instead of {ours[name]!r}"


def sizes(catalogue: Catalogue, client: Client) -> tuple[bytes, bytes]:
    """Dott's bodies of a list and of a record, for the constant responder."""
    by_name = {endpoint.name: endpoint for endpoint in catalogue.all()}
    return (
        client.send(by_name["list"].requests("dott")[0])[2],
        client.send(by_name["get"].requests("dott")[0])[2],
    )


HEALTH = f"{PATH}?limit=1"
