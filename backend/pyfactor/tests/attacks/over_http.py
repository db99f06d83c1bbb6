"""Attacks over HTTP. Each takes the operations to attack and returns a report."""

import json
from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID, uuid4

from rest_framework.serializers import BaseSerializer, UUIDField
from rest_framework.test import APIClient

from dott.platform.api.serializers import TenantRelatedField, TenantRelatedListField
from dott.platform.identity import roles
from tests.attacks.conftest import Subject
from tests.attacks.inventory import METHODS, Operation
from tests.attacks.report import Report, comparable, describe, problem

Browser = Callable[[str], APIClient]
# operation → media types of the bodies it reads, by the schema.
Reads = Callable[[Operation], set[str]]

# An If-Match that every version satisfies, so that an attack is not stopped by something else.
ANY_VERSION = {"HTTP_IF_MATCH": "*"}
_REFERENCES = (TenantRelatedField, TenantRelatedListField)


def send(client: APIClient, operation: Operation, url: str, body: Any = None, **headers: str) -> Any:
    """One request of the operation's method, as JSON when it has a body."""
    return client.generic(
        operation.method,
        url,
        json.dumps({} if body is None else body) if operation.is_unsafe else "",
        content_type="application/json",
        **(ANY_VERSION | headers),
    )


def send_as_read(client: APIClient, operation: Operation, url: str, body: Any, types: set[str]) -> Any:
    """One request with a body of the kind that the operation reads: JSON, or a form."""
    if "application/json" in types:
        return send(client, operation, url, body)
    return client.post(url, body, format="multipart", **ANY_VERSION)


def url_of(operation: Operation, subject: Subject, name: str) -> str:
    """The operation's address with a record of this person's business in it."""
    if operation.names_record:
        return operation.url(subject(operation, name))
    return operation.url()


def anonymous(targets: Iterable[Operation], stranger: APIClient, subject: Subject) -> Report:
    """Nobody is signed in: 401, whatever is asked for."""
    report = Report("anonymous → 401")
    for operation in targets:
        if operation.least != roles.ANYONE:
            for id_ in (url_of(operation, subject, "alice"), operation.url(uuid4())):
                report.expect_problem(send(stranger, operation, id_), 401, f"anonymous {operation}")
    return report


def forged_origin(
    targets: Iterable[Operation], browser: Browser, subject: Subject, other_token: str
) -> Report:
    """Unsafe requests of a signed-in browser that another site could have made it send: 403."""
    report = Report("no proof of origin → 403")
    variants: dict[str, dict[str, str | None]] = {
        "no token": {"HTTP_X_CSRFTOKEN": None},
        "an empty token": {"HTTP_X_CSRFTOKEN": ""},
        "a wrong token": {"HTTP_X_CSRFTOKEN": "x" * 32},
        "another session's token": {"HTTP_X_CSRFTOKEN": other_token},
        "a foreign origin": {"HTTP_ORIGIN": "https://evil.example"},
        "a null origin": {"HTTP_ORIGIN": "null"},
        "neither origin nor referer": {"HTTP_ORIGIN": None},
        "a cross-site fetch": {"HTTP_SEC_FETCH_SITE": "cross-site"},
    }
    for operation in (operation for operation in targets if operation.is_unsafe):
        url = url_of(operation, subject, "alice")
        for name, change in variants.items():
            client = browser("alice")
            kept = {**client._credentials, **change}
            client.credentials(**{header: value for header, value in kept.items() if value is not None})
            response = send(client, operation, url)
            report.expect_problem(response, 403, f"{operation} with {name}", "csrf_failed")
    return report


def below_the_role(targets: Iterable[Operation], browser: Browser, subject: Subject) -> Report:
    """Every standing against every operation: below the role table's minimum 403, else not 403."""
    report = Report("role below the minimum → 403")
    people = {"viewer": "vera", "member": "mia", "admin": "adam", "owner": "alice"}
    for operation in targets:
        if operation.least in (None, roles.ANYONE, roles.SIGNED_IN):
            report.expect(operation.least is not None, f"{operation} has no entry in the role table")
            continue
        for role, name in people.items():
            # Mia's own: what a member made, or she herself, is within everybody's reach above her.
            response = send(browser(name), operation, url_of(operation, subject, "mia"))
            if roles.suffices(role, str(operation.least)):
                # Whoever may is asked to prove who she is first, here and there.
                passed = response.status_code < 500 and (
                    response.status_code != 403 or (problem(response) or {}).get("code") == "pass_required"
                )
                report.expect(passed, f"{role} {operation}: {describe(response)}")
            else:
                report.expect_problem(response, 403, f"{role} {operation}", "permission_denied")
    return report


def viewers_writing(targets: Iterable[Operation]) -> Report:
    """By the table itself: nothing of a business is writable with less than member."""
    report = Report("viewers may write nothing")
    for operation in targets:
        if operation.is_unsafe and operation.least not in (roles.ANYONE, roles.SIGNED_IN):
            allowed = operation.least is not None and roles.suffices(roles.VIEWER, operation.least)
            report.expect(not allowed, f"a viewer may {operation}")
    return report


def foreign_ids_in_paths(targets: Iterable[Operation], browser: Browser, subject: Subject) -> Report:
    """Bob asks for Alice's records: the answer is that for an id which nobody has."""
    report = Report("another tenant's id → 404 like a random id")
    for operation in targets:
        if operation.names_record:
            foreign = send(browser("bob"), operation, operation.url(subject(operation, "alice")))
            random = send(browser("bob"), operation, operation.url(uuid4()))
            report.expect_problem(foreign, 404, f"{operation} with a foreign id", "not_found")
            report.expect(
                comparable(foreign) == comparable(random),
                f"{operation} tells a foreign id from a random one: {describe(foreign)} / {describe(random)}",
            )
    return report


def foreign_ids_in_bodies(
    targets: Iterable[Operation], browser: Browser, subject: Subject, reads: Reads
) -> Report:
    """Bob makes his own record refer to Alice's: 400 in the words for an id which nobody has."""
    report = Report("another tenant's id in a body → 400 like a random id")
    for operation in targets:
        for name, field in references_in(operation) if reads(operation) else ():
            url = url_of(operation, subject, "bob")
            foreign_id = subject(model_of(field, operation), "alice")
            foreign, random = (
                send_as_read(browser("bob"), operation, url, body_naming(name, field, id_), reads(operation))
                for id_ in (foreign_id, uuid4())
            )
            errors = (problem(foreign) or {}).get("errors", [])
            # The second is where a list is refused, the first where an action has no such field.
            where = (f"/{name}", f"/{name}/0")
            report.expect(
                foreign.status_code == 400 and any(error.get("pointer") in where for error in errors),
                f"{operation} takes {name} of another tenant: {describe(foreign)}",
            )
            report.expect(
                comparable(foreign) == comparable(random),
                f"{operation} tells a foreign {name} from a random one: "
                f"{describe(foreign)} / {describe(random)}",
            )
    return report


def foreign_ids_in_bulk(targets: Iterable[Operation], browser: Browser, subject: Subject) -> Report:
    """Bob names Alice's record among many: 400 in the words for an id which nobody has."""
    report = Report("another tenant's id among many → 400 like a random id")
    for operation in (operation for operation in targets if operation.action == "bulk"):
        foreign_id = subject(operation.view.queryset.model, "alice")
        foreign, random = (
            send(browser("bob"), operation, operation.url(), {"action": "trash", "ids": [str(id_)]})
            for id_ in (foreign_id, uuid4())
        )
        errors = (problem(foreign) or {}).get("errors", [])
        report.expect(
            foreign.status_code == 400 and [error.get("pointer") for error in errors] == ["/ids/0"],
            f"{operation} takes another tenant's id: {describe(foreign)}",
        )
        report.expect(
            comparable(foreign) == comparable(random),
            f"{operation} tells a foreign id from a random one: {describe(foreign)} / {describe(random)}",
        )
    return report


def references_in(operation: Operation) -> list[tuple[str, Any]]:
    """Writable references to other records in the body: (name, field), of the view's serializer or of the one
    that the view's `body_serializers` or `bulk_serializer` names for this action."""
    own = getattr(operation.view, "body_serializers", {}).get(operation.action)
    if operation.action == "bulk":
        own = operation.view.bulk_serializer
    serializer_class = own or getattr(operation.view, "serializer_class", None)
    if serializer_class is None or not issubclass(serializer_class, BaseSerializer):
        return []
    return [
        (name, field)
        for name, field in serializer_class().fields.items()
        # Which records a bulk action is about: foreign_ids_in_bulk attacks those.
        if _takes_ids(field) and not field.read_only and (operation.action, name) != ("bulk", "ids")
    ]


def _takes_ids(field: Any) -> bool:
    return isinstance(field, _REFERENCES) or isinstance(getattr(field, "child", None), UUIDField)


def body_naming(name: str, field: Any, id_: UUID) -> dict[str, Any]:
    """A body that refers to this record."""
    return {name: str(id_) if isinstance(field, TenantRelatedField) else [str(id_)]}


def model_of(field: Any, operation: Operation) -> Any:
    """What the ids are of; a list of ids is of the view's own records."""
    return field.queryset.model if isinstance(field, _REFERENCES) else operation.view.queryset.model


def canaries(targets: Iterable[Operation], browser: Browser, subject: Subject, secrets: set[str]) -> Report:
    """Everything Bob can read, searched for what is Alice's. Alice reads first, to warm any cache."""
    report = Report("nothing of another tenant in any answer")
    for operation in (operation for operation in targets if operation.method == "GET"):
        for query in ("", "?limit=200", "?count=exact", "?trashed=true"):
            if not operation.names_record:
                send(browser("alice"), operation, operation.url() + query)
            response = send(browser("bob"), operation, url_of(operation, subject, "bob") + query)
            seen = content_of(response) + repr(sorted(response.headers.items()))
            leaked = sorted(secret for secret in secrets if secret in seen)
            report.expect(not leaked, f"{operation}{query} shows Bob {leaked}")
            report.expect(response.status_code < 500, f"{operation}{query} fails: {describe(response)}")
    return report


def content_of(response: Any) -> str:
    """The whole body, streamed or not."""
    content = b"".join(response.streaming_content) if response.streaming else response.content
    return content.decode("utf-8", "replace")


def unknown_methods(targets: Iterable[Operation], browser: Browser, subject: Subject) -> Report:
    """Methods that a route does not have: 405 with Allow, and nothing else happens."""
    report = Report("unknown method → 405")
    routes: dict[str, list[Operation]] = {}
    for operation in targets:
        routes.setdefault(operation.path, []).append(operation)
    for of_route in routes.values():
        first, known = of_route[0], {operation.method for operation in of_route}
        for method in (*METHODS, "PROPFIND", "TRACE", "OPTIONS"):
            if method not in known:
                response = browser("alice").generic(
                    method,
                    url_of(first, subject, "alice"),
                    "{}",
                    content_type="application/json",
                    **ANY_VERSION,
                )
                report.expect_problem(response, 405, f"{method} {first.path}")
                allowed = set(response.headers.get("Allow", "").split(", "))
                report.expect(known <= allowed, f"{method} {first.path}: Allow is {sorted(allowed)}")
    return report


def unknown_parameters(targets: Iterable[Operation], browser: Browser, subject: Subject) -> Report:
    """Query parameters that nobody reads: 400 that names them, never an answer to another question."""
    report = Report("unknown query parameter → 400")
    for operation in targets:
        if operation.least != roles.ANYONE:
            url = url_of(operation, subject, "alice")
            for query in ("tenant_id=1", "no_such=1", "callback=x"):
                name = query.partition("=")[0]
                response = send(browser("alice"), operation, f"{url}?{query}")
                named = [error.get("parameter") for error in (problem(response) or {}).get("errors", [])]
                holds = response.status_code == 400 and name in named
                report.expect(holds, f"{operation}?{query}: {describe(response)}")
    return report


def malformed_bodies(
    targets: Iterable[Operation], browser: Browser, subject: Subject, reads: Reads
) -> Report:
    """Bodies that are no JSON, or JSON of two meanings: 400."""
    report = Report("malformed body → 400 or 415")
    bodies = {
        "invalid_json": b'{"a":',
        "duplicate_key": b'{"a": 1, "a": 2}',
        "invalid_number": b'{"a": NaN}',
        "too_deep": b"[" * 5000 + b"]" * 5000,
        "lone_surrogate": b'{"a": "\\ud800"}',
        "nul_character": b'{"a": "\\u0000"}',
        "invalid_utf8": b'{"a": "\xff"}',
    }
    for operation in targets:
        accepted = reads(operation)
        if not accepted:
            continue
        url = url_of(operation, subject, "alice")
        for code, body in bodies.items():
            response = browser("alice").generic(
                operation.method, url, body, content_type="application/json", **ANY_VERSION
            )
            if "application/json" in accepted:
                report.expect_problem(response, 400, f"{operation} with {code}", code)
            else:
                report.expect_problem(response, 415, f"{operation} with JSON")
        for media_type in ("text/plain", "application/xml", "application/x-www-form-urlencoded"):
            response = browser("alice").generic(
                operation.method, url, b"a=1", content_type=media_type, **ANY_VERSION
            )
            report.expect_problem(response, 415, f"{operation} with {media_type}")
    return report
