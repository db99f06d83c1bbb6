"""Attacks within one business: Tara, who sees her own records, against those of Nora.

What is attacked is found in the table of visibility and in the URL map, so a new resource is attacked the day
it lands. What she may not see has to be answered as what is not there.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any
from uuid import UUID, uuid4

from django.apps import apps
from django.db.models import Model
from rest_framework.test import APIClient

from dott.platform.tenancy.ownership import Follows, FollowsAny, FollowsBoth, Made, Owned
from dott.platform.tenancy.visibility import EVERYONES, rule_of, table
from tests.attacks import over_http
from tests.attacks.inventory import Operation
from tests.attacks.report import Report, comparable, describe, problem
from tests.factories import factory_for

CANARY = "canary of a colleague"
Browser = Callable[[], APIClient]
Reads = Callable[[Operation], set[str]]
Ids = Mapping[type[Model], UUID]


def narrowed_models() -> list[type[Model]]:
    """Every model whose rows are not everybody's and whose rule says whose they are, parents first."""
    found = [apps.get_model(label) for label, rule in table().items() if rule != EVERYONES]
    return [
        model
        for model in found
        if isinstance(rule_of(model), (Owned, Made, Follows, FollowsAny, FollowsBoth))
    ]


def given(model: type[Model], member: UUID) -> Any:
    """A new row that is this member's. Made as somebody who sees everything."""
    if isinstance(rule_of(model), Made):
        # Made as hers: what is append-only cannot become hers afterwards.
        return factory_for(model).create(created_by_id=member)
    row = factory_for(model).create()
    give(row, member)
    return row


def give(row: Any, member: UUID) -> None:
    """Make a row, or what it is seen with, a member's."""
    rule, rows = rule_of(type(row)), type(row)._base_manager.filter(pk=row.pk)
    match rule:
        case Owned():
            rows.update(**{f"{rule.by}_id": member})
        case Made() | FollowsAny():
            rows.update(created_by_id=member)
        case Follows() | FollowsBoth():
            for name in rule.parents:
                if getattr(row, f"{name}_id") is not None:
                    give(getattr(row, name), member)


def ids_in_paths(targets: Iterable[Operation], tara: Browser, hidden: Ids) -> Report:
    """Tara asks for Nora's records: the answer is that for an id which nobody has."""
    report = Report("a colleague's id → 404 like a random id")
    for operation in targets:
        if operation.names_record and operation.subject in hidden:
            seen = over_http.send(tara(), operation, operation.url(hidden[operation.subject]))
            random = over_http.send(tara(), operation, operation.url(uuid4()))
            _alike(report, operation, "path", seen, random)
    return report


def ids_in_bodies(targets: Iterable[Operation], tara: Browser, hidden: Ids, own: Ids, reads: Reads) -> Report:
    """Tara makes her own record refer to Nora's: as if there were none."""
    report = Report("a colleague's id in a body → 400 like a random id")
    for operation in targets:
        for name, field in over_http.references_in(operation) if reads(operation) else ():
            model = over_http.model_of(field, operation)
            if model not in hidden or (operation.names_record and operation.subject not in own):
                continue
            url = operation.url(own[operation.subject]) if operation.subject else operation.url()
            seen, random = (
                over_http.send_as_read(
                    tara(), operation, url, over_http.body_naming(name, field, id_), reads(operation)
                )
                for id_ in (hidden[model], uuid4())
            )
            report.expect(seen.status_code == 400, f"{operation} takes {name}: {describe(seen)}")
            _alike(report, operation, name, seen, random)
    return report


def ids_in_bulk(targets: Iterable[Operation], tara: Browser, hidden: Ids) -> Report:
    """Tara names Nora's record among many, for every action that needs no more."""
    report = Report("a colleague's id among many → 400 like a random id")
    for operation in (one for one in targets if one.action == "bulk"):
        model = operation.view.queryset.model
        for asked in ({"action": "trash"}, {"action": "restore"}, {"action": "assign", "to": "me"}):
            seen, random = (
                over_http.send(tara(), operation, operation.url(), {**asked, "ids": [str(id_)]})
                for id_ in (hidden[model], uuid4())
            )
            report.expect(seen.status_code == 400, f"{operation} takes it: {describe(seen)}")
            _alike(report, operation, "ids", seen, random)
    return report


def ids_in_queries(targets: Iterable[Operation], tara: Browser, hidden: Ids, names: Any) -> Report:
    """Every parameter that names a kind of record is given Nora's: answered as a random one."""
    report = Report("a colleague's id in a query → like a random id")
    kinds = {model._meta.model_name: id_ for model, id_ in hidden.items()}
    for operation in (one for one in targets if one.method == "GET" and not one.names_record):
        for name in names(operation):
            id_, other = kinds.get(name.partition("__")[0]), uuid4()
            if id_ is None:
                continue
            seen, random = (tara().get(operation.url(), {name: str(one)}) for one in (id_, other))
            report.expect(
                _body(seen).replace(str(id_), "ID") == _body(random).replace(str(other), "ID"),
                f"{operation}?{name}= tells a hidden id from none: {describe(seen)} / {describe(random)}",
            )
    return report


def canaries(
    targets: Iterable[Operation], tara: Browser, own: Ids, secrets: Iterable[str], names: Any
) -> Report:
    """Nothing of Nora's is in any answer to Tara, and no list counts what it does not show."""
    report = Report("nothing of a colleague's in any answer")
    secrets = list(secrets)
    for operation in (one for one in targets if one.method == "GET"):
        if operation.names_record and operation.subject not in own:
            continue
        url = operation.url(own[operation.subject]) if operation.subject else operation.url()
        offered = names(operation)
        asked: list[dict[str, str]] = [{}]
        asked += [{"q": "canary"}] if "q" in offered else []
        asked += [{"count": "exact"}] if "count" in offered else []
        asked += [{"trashed": "true"}] if "trashed" in offered else []
        for query in asked:
            response = tara().get(url, query)
            text = _body(response)
            leaked = [secret for secret in secrets if secret in text]
            report.expect(not leaked, f"{operation} {query} shows {leaked[:3]}")
            report.expect(response.status_code < 500, f"{operation} {query}: {describe(response)}")
            if "count" in query and response.status_code == 200:
                body = response.json()
                whole = body["next"] is not None or body["count"] == len(body["results"])
                report.expect(whole, f"{operation} counts {body['count']} and shows {len(body['results'])}")
    return report


def _alike(report: Report, operation: Operation, where: str, seen: Any, random: Any) -> None:
    same = _streamed(seen) == _streamed(random) == b"" and comparable(seen) == comparable(random)
    report.expect(
        same,
        f"{operation} tells a hidden id ({where}) from a random one: {describe(seen)} / {describe(random)}",
    )
    report.expect(problem(seen) is not None, f"{operation} answers a hidden id: {describe(seen)}")


def _streamed(response: Any) -> bytes:
    """What an answer streams; whoever is refused gets nothing of the kind."""
    return b"".join(response.streaming_content) if response.streaming else b""


def _body(response: Any) -> str:
    content = b"".join(response.streaming_content) if response.streaming else response.content
    body = problem(response) if not response.streaming else None
    if body is not None:
        return str({name: value for name, value in body.items() if name not in ("request_id", "instance")})
    return content.decode("utf-8", "replace")
