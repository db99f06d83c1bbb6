"""What is asked: seven endpoints, each as a list of requests over many businesses and records."""

import json
from collections.abc import Callable
from dataclasses import dataclass

from harness.dataset import Dataset
from harness.identity import Identity
from harness.load import Request

PATH = "/api/crm/customers/"
STAGES = ("lead", "customer")
# Typed letter by letter; words of the generator that are written alike with and without accents.
SEARCHES = ("smith", "logist", "anders", "banerj", "portland", "bakery", "k123")
RECORDS = 512

NEW = {
    "kind": "business", "business_name": "Lindqvist Bakery Ltd", "first_name": "Maja",
    "last_name": "Lindqvist", "email": "maja@lindqvist.example", "phone": "+4684123456",
    "website": "https://www.lindqvist.example/", "stage": "lead", "status": "active", "source": "bench",
    "industry": "Food", "currency": "SEK", "billing_line1": "Storgatan 12", "billing_city": "Malmö",
    "billing_region": "Skåne", "billing_postal_code": "211 22", "billing_country": "SE",
    "notes": "Asked for a sample of the rye.", "do_not_call": False,
}  # fmt: skip


@dataclass(frozen=True)
class Endpoint:
    """name: as in the table. expected: the status that every answer must have.

    sample: what of an answer is compared between contenders: "results", "record", "written" or "status".
    """

    name: str
    expected: int
    sample: str
    requests: Callable[[str], list[Request]]


class Catalogue:
    """The endpoints on one dataset. A contender's name decides only how it is asked for a count."""

    def __init__(self, dataset: Dataset, identity: Identity) -> None:
        self.identity = identity
        self.typical = dataset.scale.typical
        self.ids = _some_ids(dataset, self.typical)
        self.etags: dict[str, list[str]] = {}  # contender → entity tags of `ids`, in order

    def all(self) -> list[Endpoint]:
        """In the order of the table."""
        return [
            Endpoint("list", 200, "results", self._list),
            Endpoint("get", 200, "record", self._get),
            Endpoint("count", 200, "results", self._count),
            Endpoint("304", 304, "status", self._unchanged),
            Endpoint("search", 200, "results", self._search),
            # Last: they change what the others read.
            Endpoint("create", 201, "written", self._create),
            Endpoint("patch", 200, "written", self._patch),
        ]

    def _ask(self, business: int, query: str) -> Request:
        return Request("GET", f"{PATH}?{query}", self.identity.headers(business))

    def _list(self, _name: str) -> list[Request]:
        return [self._ask(n, f"stage={stage}&limit=50") for stage in STAGES for n in self.typical]

    def _get(self, _name: str) -> list[Request]:
        return [Request("GET", f"{PATH}{id_}/", self.identity.headers(n)) for n, id_ in self.ids]

    def _count(self, name: str) -> list[Request]:
        # Those who count at every page (page numbers) ignore the parameter.
        count = "capped" if name == "dott" else "exact"
        return [
            self._ask(1, f"stage={stage}&limit=50&count={count}")
            for stage in ("lead", "prospect", "customer")
        ]

    def _create(self, _name: str) -> list[Request]:
        body = json.dumps(NEW, ensure_ascii=False)
        return [Request("POST", PATH, self.identity.headers(n), body) for n in self.typical]

    def _patch(self, _name: str) -> list[Request]:
        body = json.dumps({"notes": "Called @@@@@@@@@@@@", "do_not_email": False})
        return [
            Request("PATCH", f"{PATH}{id_}/", (*self.identity.headers(n), ("If-Match", "*")), body)
            for n, id_ in self.ids
        ]

    def _unchanged(self, name: str) -> list[Request]:
        return [
            Request("GET", f"{PATH}{id_}/", (*self.identity.headers(n), ("If-None-Match", etag)))
            for (n, id_), etag in zip(self.ids, self.etags[name], strict=True)
        ]

    def _search(self, _name: str) -> list[Request]:
        return [
            self._ask(1, f"q={word[:length]}&limit=20")
            for word in SEARCHES
            for length in range(4, len(word) + 1)
        ]


def _some_ids(dataset: Dataset, businesses: list[int]) -> list[tuple[int, str]]:
    """(business, customer id), spread over businesses and over time."""
    each = max(1, RECORDS // len(businesses))
    numbers = ", ".join(f"({n}, md5('business ' || {n})::uuid)" for n in businesses)
    lines = dataset.sql(f"""
        SELECT n, id FROM (VALUES {numbers}) AS b (n, tenant_id), LATERAL (
            SELECT id FROM crm_customer AS c
             WHERE c.tenant_id = b.tenant_id AND deleted_at IS NULL AND notes = ''
             ORDER BY md5(id::text) LIMIT {each}) AS picked
         ORDER BY md5(id::text)""")
    return [(int(n), id_) for n, _, id_ in (line.partition("|") for line in lines.splitlines())]
