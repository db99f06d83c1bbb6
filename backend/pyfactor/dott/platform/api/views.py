"""Bases of views that are not resources; what every view does: check its query, name what it wrote."""

from collections.abc import Collection, Sequence
from typing import Any

from django.views import View
from rest_framework.request import Request
from rest_framework.views import APIView

from dott.platform.api.filters import check_parameters
from dott.platform.history import record as history

# The change sets that the request made, as a rule one: what POST /api/changes/{id}/undo/ takes.
CHANGE_SET_HEADER = "Dott-Change-Set"


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
        history.forget_written()
        super().initial(request, *args, **kwargs)  # type: ignore[misc]  # APIView's, by the order of bases
        check_parameters(request.query_params, self.allowed_parameters())

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        """Names what was written, so that the client can undo it; a refusal has rolled it back."""
        response = super().finalize_response(request, response, *args, **kwargs)  # type: ignore[misc]  # as above
        if response.status_code < 400 and (made := history.written()):
            response[CHANGE_SET_HEADER] = ", ".join(map(str, made))
        return response


class ApiView(StrictQueryMixin, APIView):
    """Base of a view that is not a resource. `query_parameters` names what it reads."""
