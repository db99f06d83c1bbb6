"""Bases of views that are not resources, and the check that every view makes of its query."""

from collections.abc import Collection, Sequence

from django.views import View
from rest_framework.request import Request
from rest_framework.views import APIView

from dott.platform.api.filters import check_parameters


class StrictQueryMixin:
    """Refuses query parameters that the view does not read. Goes before APIView in the bases."""

    query_parameters: Collection[str] = ()
    # Without OPTIONS: it would describe serializers to anybody, and the OpenAPI file does it better.
    http_method_names: Sequence[str] = [name for name in View.http_method_names if name != "options"]

    def allowed_parameters(self) -> Collection[str]:
        """What this request's action reads from the query."""
        return self.query_parameters

    def initial(self, request: Request, *args: object, **kwargs: object) -> None:
        """REST framework's checks (identity, role) first, then the query."""
        super().initial(request, *args, **kwargs)  # type: ignore[misc]  # APIView's, by the order of bases
        check_parameters(request.query_params, self.allowed_parameters())


class ApiView(StrictQueryMixin, APIView):
    """Base of a view that is not a resource. `query_parameters` names what it reads."""
