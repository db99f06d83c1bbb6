"""Which writes the front hands to their viewset: those whose way through REST framework is the usual one."""

from typing import Any

from rest_framework.generics import GenericAPIView
from rest_framework.settings import api_settings

from dott.platform.api.viewsets import TenantModelViewSet
from dott.platform.identity.fresh import SENSITIVE
from dott.platform.identity.permissions import RolePermission

# What stands around a write in REST framework, which the front does in its place. A viewset with its own
# version of one of these keeps Django's way. Its hooks (create_record, …) and serializer are called as ever.
_AROUND = (
    "create", "partial_update", "_change", "shown", "get_locked", "get_queryset", "dispatch", "initial",
    "initialize_request", "perform_authentication", "check_permissions", "check_object_permissions",
    "check_throttles", "determine_version", "finalize_response", "handle_exception", "get_permissions",
    "get_authenticators", "get_throttles", "get_parsers", "get_renderers", "get_parser_context",
    "get_renderer_context", "get_content_negotiator", "get_serializer_context", "get_serializer",
    "get_serializer_class", "authentication_classes", "throttle_classes", "parser_classes",
    "renderer_classes",
)  # fmt: skip


def is_plain(viewset: type[Any], route: str, method: str) -> bool:
    """Whether nothing about POST or PATCH of a resource is out of the ordinary."""
    if not issubclass(viewset, TenantModelViewSet) or method in SENSITIVE.get(route, ()):
        return False
    if viewset.permission_classes != [RolePermission] or api_settings.DEFAULT_VERSIONING_CLASS is not None:
        return False
    bases = (TenantModelViewSet, GenericAPIView)
    return all(
        getattr(viewset, name, None) in [getattr(base, name, None) for base in bases] for name in _AROUND
    )
