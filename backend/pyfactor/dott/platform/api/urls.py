"""Routes of the API's description, and of the report about its wall."""

from django.urls import path

from dott.platform.api import documentation
from dott.platform.api.isolation import IsolationView

urlpatterns = [
    path("schema/", documentation.schema, name="schema"),
    path("docs/", documentation.swagger, name="docs"),
    path("redoc/", documentation.redoc, name="redoc"),
    path("isolation/", IsolationView.as_view(), name="isolation"),
]
