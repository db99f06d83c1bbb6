"""Views that exist only to show what the tenant middleware does around any view."""

from collections.abc import Iterator

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.template import engines
from django.template.response import TemplateResponse
from django.urls import path

from dott.platform.jobs.models import Job
from dott.platform.tenancy.context import current


def write_then(request: HttpRequest, status: int) -> HttpResponse:
    """Insert a row, then answer with the status."""
    Job.objects.create(kind="written")
    return JsonResponse({}, status=status)


def write_then_raise(request: HttpRequest) -> HttpResponse:
    """Insert a row, then fail."""
    Job.objects.create(kind="written")
    raise ZeroDivisionError


def kinds(request: HttpRequest) -> HttpResponse:
    """What the caller can see."""
    return JsonResponse({"kinds": [job.kind for job in Job.objects.order_by("id")]})


def streaming(request: HttpRequest) -> StreamingHttpResponse:
    """A generator that would read after COMMIT."""

    def rows() -> Iterator[bytes]:
        yield str(Job.objects.count()).encode()

    return StreamingHttpResponse(rows())


def lazy(request: HttpRequest) -> HttpResponse:
    """A response that reads the database only when it is rendered."""
    template = engines["django"].from_string("{{ jobs.count }}")
    return TemplateResponse(request, template, {"jobs": Job.objects.all()})


def cached(request: HttpRequest) -> HttpResponse:
    """The tenant, through the cache."""
    return JsonResponse({"tenant": cache.get_or_set("who", lambda: str(current().tenant_id))})


urlpatterns = [
    path("api/wall/write/<int:status>/", write_then),
    path("api/wall/raise/", write_then_raise),
    path("api/wall/kinds/", kinds),
    path("api/wall/streaming/", streaming),
    path("api/wall/lazy/", lazy),
    path("api/wall/cached/", cached),
]
