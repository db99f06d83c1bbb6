"""The plan of one resource: which statements answer a list or a record, and the body that they become."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Q
from django.http import QueryDict
from rest_framework.generics import GenericAPIView

from dott.platform.api import conditional
from dott.platform.api.cursors import beyond, decode
from dott.platform.api.filters import StrictFilterBackend, own_orders, parameter_names
from dott.platform.api.ordering import Key, parse_ordering
from dott.platform.api.own_fields import PREFIX
from dott.platform.api.pagination import COUNT_CAP, KeysetPagination, page_address, parse_limit, scope_of
from dott.platform.api.plans import NotPlanned
from dott.platform.api.plans.conditions import Compiler, Filters, Recorder
from dott.platform.api.plans.projection import Projection, choose, compile_fields
from dott.platform.api.plans.runs import Runs
from dott.platform.api.plans.statements import dump, statement
from dott.platform.api.serializers import parse_fields
from dott.platform.api.viewsets import ReadOnlyTenantViewSet
from dott.platform.identity.permissions import RolePermission
from dott.platform.tenancy.context import Context, activated
from dott.platform.tenancy.router import APP
from dott.platform.tenancy.visibility import TRUE, condition_on
from dott.platform.tenancy.wire import LazyRows, Statement

# What a plan replaces: a viewset with its own version of one of these keeps Django's way.
_REPLACED = (
    "list", "retrieve", "get_queryset", "filter_queryset", "get_object", "_fetch", "get_serializer_context",
    "get_serializer", "get_serializer_class", "allowed_parameters", "initial", "dispatch",
    "finalize_response", "check_permissions", "check_object_permissions", "get_permissions",
    "get_authenticators", "get_renderers", "paginate_queryset", "get_paginated_response",
    "authentication_classes", "renderer_classes",
)  # fmt: skip
# Stands for the tenant while Django writes the SQL.
_ANY = UUID("00000000-0000-4000-8000-000000000000")


class Answer(NamedTuple):
    """status: 200 or 304. body: JSON, None for 304."""

    status: int
    body: bytes | None
    etag: str | None = None


class Plan:
    """Compiled from a viewset class; shared by all threads. Raises NotPlanned for what it cannot express."""

    def __init__(self, viewset: type[ReadOnlyTenantViewSet]) -> None:
        _check(viewset)
        self.viewset = viewset
        self.model = viewset.queryset.model
        self.fields = compile_fields(viewset.serializer_class, self.model)
        self.filters = Filters(viewset.filterset_class, self.model, type(viewset.queryset))
        self.compiler = Compiler(self.model)
        self.is_trashable = any(field.name == "deleted_at" for field in self.model._meta.fields)
        self.list_parameters = (
            {"fields", *KeysetPagination.parameters}
            | parameter_names(viewset.filterset_class)
            | ({"trashed"} if self.is_trashable else set())
        )
        self.runs = Runs(self.model)
        self.quick_parameters = {"fields", "trashed", *KeysetPagination.parameters, *self.runs.first}
        self.has_version = any(field.name == "version" for field in self.model._meta.fields)
        self._selected = lru_cache(maxsize=256)(self._select)
        self._ordered = lru_cache(maxsize=256)(self._total_order)
        if self.has_version:
            self.version = self._select(frozenset(), ("version",))

    def selection(self, query: QueryDict, extra: Sequence[Any]) -> "Selection":
        """What the request wants to see. extra: columns and expressions behind the shown ones.

        Raises ProblemError.
        """
        asked = query.get("fields")
        wanted = parse_fields(asked, self.viewset.serializer_class.Meta.fields) if asked is not None else None
        return self._selected(frozenset(wanted) if wanted is not None else None, tuple(extra))

    def _select(self, wanted: frozenset[str] | None, extra: tuple[Any, ...]) -> "Selection":
        shown = choose(self.fields, wanted)
        with activated(Context(_ANY, _ANY, _ANY, "viewer", APP)):
            rows = self.viewset.queryset.defer(None).select_related(None).order_by()
            compiler = rows.values_list(*(field.column for field in shown), *extra).query.get_compiler(APP)
            sql, params = compiler.as_sql()
        if set(params) != {_ANY}:
            raise NotPlanned("the query set has conditions of its own")
        return Selection(sql, len(params), Projection(shown))

    def keys(self, ordering: str, recorder: Recorder) -> Sequence[Key]:
        """The columns of an order. Raises ProblemError."""
        if PREFIX not in ordering:
            return self._ordered(ordering)
        own = own_orders(self.viewset.filterset_class, recorder)
        return parse_ordering(ordering, self.viewset.orderings, self.model, own)

    def _total_order(self, ordering: str) -> Sequence[Key]:
        return tuple(parse_ordering(ordering, self.viewset.orderings, self.model))

    def recorder(self) -> Recorder:
        """Knows what an answer rests on."""
        return Recorder(self.model, type(self.viewset.queryset))

    def condition(self, query: QueryDict, recorder: Recorder) -> tuple[str, list[Any]]:
        """The filters and the trash, as SQL that begins with AND."""
        sql, params = "", list[Any]()
        conditions = self.filters.conditions(query, recorder)
        if conditions:
            condition, params = self.compiler.compile(Q(*conditions))
            sql = f" AND {condition}"
        if self.is_trashable:
            trashed = query.get("trashed", "false")
            if trashed not in ("true", "false"):
                raise NotPlanned("trashed is refused")
            sql += f' AND "{self.compiler.table}"."deleted_at" IS {"NOT " if trashed == "true" else ""}NULL'
        return sql + self.in_sight(), params

    def has_one_way(self, recorder: Recorder, read: "ListRead") -> bool:
        """Whether the rows are best read alike whatever the filters' values are: without any, or where one
        index holds what is asked for in the order asked for."""
        if not recorder.conditions:
            return True
        return read.query.get("trashed") != "true" and self.runs.hold(recorder.conditions, read.keys)

    def in_sight(self) -> str:
        """What the member sees of the table, as SQL that begins with AND; nothing for who sees everything."""
        seen = condition_on(self.model, f'"{self.compiler.table}"')
        return "" if seen == TRUE else f" AND {seen}"


class Selection(NamedTuple):
    """sql: `SELECT … FROM … WHERE tenant`, in which the tenant stands `tenants` times."""

    sql: str
    tenants: int
    projection: Projection


class ListRead:
    """One request for a page. `statements` may be asked again for another context."""

    def __init__(self, plan: Plan, path: str, query: QueryDict) -> None:
        _check_parameters(query, plan.list_parameters)
        self.plan, self.path, self.query = plan, path, query
        self.count = query.get("count")
        if self.count not in (None, "exact", "capped"):
            raise NotPlanned("count is refused")
        self.limit = parse_limit(query.get("limit"))
        self.ordering = query.get("ordering") or plan.viewset.default_ordering

    def may_be_quick(self) -> bool:
        """False where a look at the parameters tells that a statement is long, or not planned once."""
        return self.count != "exact" and self.query.keys() <= self.plan.quick_parameters

    def statements(self, context: Context) -> list[Statement]:
        """The page, one row longer than asked for, and the count. Raises NotPlanned and ProblemError."""
        plan, recorder = self.plan, self.plan.recorder()
        self.keys = plan.keys(self.ordering, recorder)
        columns = [key.source or key.column for key in self.keys]
        select, tenants, self.projection = plan.selection(self.query, columns)
        self.scope = scope_of(self.path, self.query)
        where, params = plan.condition(self.query, recorder)
        self.premises, self.tenant_id = recorder.premises, context.tenant_id
        is_prepared = not self.premises and context.sees is None and plan.has_one_way(recorder, self)
        tenant = [context.tenant_id] * tenants
        statements = [statement(premise.sql, [context.tenant_id]) for premise in self.premises]
        if self.count:
            count = _count(plan, where, capped=self.count == "capped")
            values, is_short = [context.tenant_id, *params], self.count == "capped"
            statements.append(statement(count, values, is_prepared=is_prepared, is_short=is_short))
        cursor = self.query.get("cursor")
        self.position = decode(cursor, self.keys, plan.model, scope=self.scope) if cursor else None
        self.backwards = self.position is not None and self.position.backwards
        keys = [key.reversed() for key in self.keys] if self.backwards else self.keys
        if self.position is not None:
            further, more = plan.compiler.compile(beyond(self.position, keys))
            where, params = f"{where} AND {further}", [*params, *more]
        sql = f"{select}{where} ORDER BY {_order(plan, keys)} LIMIT {self.limit + 1}"
        return [*statements, statement(sql, [*tenant, *params], is_prepared=is_prepared)]

    def answer(self, results: list[LazyRows]) -> Answer | None:
        """The body of the page, with its links and count; None to be asked once more, for the business is not
        set up as was remembered."""
        if not self._holds(results):
            return None
        rows = results[-1]
        shown = range(min(len(rows), self.limit))
        page = shown[::-1] if self.backwards else shown
        links = _Links(self)
        links.page = [self._key_of(rows, place) for place in (*page[:1], *page[-1:])]
        links._set_links(self.position, more=len(rows) > self.limit, backwards=self.backwards)
        body: dict[str, Any] = {"next": links.next, "previous": links.previous}
        if self.count:
            seen = results[-2][0][0]
            capped = self.count == "capped"
            body["count"] = min(seen, COUNT_CAP) if capped else seen
            body["count_is_exact"] = not capped or seen <= COUNT_CAP
        # The rows are JSON already; what comes after them is an object of its own.
        results_json = self.projection.written(rows, page)
        return Answer(200, b"".join((b'{"results":', results_json, b",", dump(body)[1:])))

    def _key_of(self, rows: LazyRows, place: int) -> "_Row":
        width = len(self.projection.names)
        return _Row(self.keys, [rows.value(place, width + nth) for nth in range(len(self.keys))])

    def _holds(self, results: list[LazyRows]) -> bool:
        """Whether everything still is as was remembered; what is not is learnt."""
        changed = [
            (premise, rows[0])
            for premise, rows in zip(self.premises, results, strict=False)
            if rows[:] != [premise.expected]
        ]
        for premise, row in changed:
            premise.learn(self.tenant_id, row)
        return not changed


class RecordRead:
    """One request for a record. Whoever has a version already is asked about by the version alone."""

    def __init__(self, plan: Plan, id_: str, query: QueryDict, if_none_match: str | None) -> None:
        _check_parameters(query, {"fields"})
        if not plan.has_version:
            raise NotPlanned("the record has no version")
        self.plan, self.id, self.query, self.if_none_match = plan, id_, query, if_none_match

    def may_be_quick(self) -> bool:
        """Always: one row by its key."""
        return True

    def statements(self, context: Context) -> list[Statement]:
        """The record, or its version. Raises ProblemError."""
        selection = self.plan.selection(self.query, ("version",))
        if self.if_none_match is not None:
            selection = self.plan.version
        self.projection = selection.projection
        sql = f'{selection.sql} AND "{self.plan.compiler.table}"."id" = %s{self.plan.in_sight()}'
        params = [*[context.tenant_id] * selection.tenants, self.id]
        return [statement(sql, params, is_prepared=context.sees is None)]

    def answer(self, results: list[LazyRows]) -> Answer | None:
        """The record with its ETag, or 304; None to be asked once more, for the client has another version.

        Raises NotPlanned when there is no such record.
        """
        (rows,) = results
        if not rows:
            raise NotPlanned("there is no such record")
        version = rows.value(0, len(self.projection.names))
        if self.if_none_match is None:
            # The one object of the array.
            return Answer(200, self.projection.written(rows, range(1))[1:-1], f'"{version}"')
        if conditional.names_version(self.if_none_match, version):
            return Answer(304, None, f'"{version}"')
        self.if_none_match = None
        return None


class _Links(KeysetPagination):
    """The paginator's own links, for rows that are tuples."""

    def __init__(self, read: ListRead) -> None:
        self.keys, self.scope, self.path, self.query = [*read.keys], read.scope, read.path, read.query

    def _url(self, cursor: str | None) -> str:
        return page_address(self.path, self.query, cursor)


class _Row:
    """The key columns of a row under their names, as cursors.encode() reads them."""

    def __init__(self, keys: Sequence[Key], values: Sequence[Any]) -> None:
        self.__dict__.update(zip((key.column for key in keys), values, strict=True))


def _check(viewset: type[ReadOnlyTenantViewSet]) -> None:
    bases = (ReadOnlyTenantViewSet, GenericAPIView)
    for name in _REPLACED:
        own = getattr(viewset, name, None)
        if own not in [getattr(base, name, None) for base in bases]:
            raise NotPlanned(f"{viewset.__name__} has its own {name}")
    if viewset.permission_classes != [RolePermission] or viewset.pagination_class is not KeysetPagination:
        raise NotPlanned(f"{viewset.__name__} has its own rules")
    if viewset.filter_backends != [StrictFilterBackend] or viewset.query_parameters:
        raise NotPlanned(f"{viewset.__name__} has filters of its own")


def _check_parameters(query: QueryDict, allowed: set[str] | frozenset[str]) -> None:
    for name, values in query.lists():
        if name not in allowed or len(values) > 1:
            raise NotPlanned("a parameter is refused")


def _count(plan: Plan, where: str, *, capped: bool) -> str:
    table = f'"{plan.model._meta.db_table}"'
    rows = f'SELECT 1 FROM {table} WHERE {table}."tenant_id" = %s{where}'
    return f"SELECT count(*) FROM ({rows}{f' LIMIT {COUNT_CAP + 1}' if capped else ''}) counted"


def _order(plan: Plan, keys: Sequence[Key]) -> str:
    table, field = plan.model._meta.db_table, plan.model._meta.get_field

    def column(key: Key) -> str:
        return plan.compiler.sql_of(key.source) if key.source else f'"{table}"."{field(key.column).column}"'

    return ", ".join(f"{column(key)} {'DESC' if key.descending else 'ASC'}" for key in keys)
