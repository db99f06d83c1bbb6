"""The OpenAPI file and its two readers, Swagger UI and Redoc, from bundled assets only."""

from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

OPENAPI_FILE = Path(settings.BASE_DIR) / "openapi.yaml"

# No inline script. Both readers style themselves: React through the style sheet's own interface, which
# a policy does not see, and Redoc through <style> elements that are empty when they are inserted (the
# hash is that of the empty text). Redoc's search runs in a worker made from a blob.
_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self' 'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "worker-src blob:",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
    )
)


@require_safe
def schema(request: HttpRequest) -> HttpResponse:
    """The committed openapi.yaml, which a test compares with the code."""
    response = HttpResponse(OPENAPI_FILE.read_bytes(), content_type="application/yaml; charset=utf-8")
    patch_cache_control(response, public=True, max_age=300)
    return response


@require_safe
def swagger(request: HttpRequest) -> HttpResponse:
    """Swagger UI: try requests with the session of this browser."""
    return _page(request, "api/swagger.html")


@require_safe
def redoc(request: HttpRequest) -> HttpResponse:
    """Redoc: read the reference."""
    return _page(request, "api/redoc.html")


def _page(request: HttpRequest, template: str) -> HttpResponse:
    response = render(request, template)
    response["Content-Security-Policy"] = _POLICY
    return response
