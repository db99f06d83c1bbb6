"""Routes of the API's description."""

from django.urls import path

from dott.platform.api import documentation

urlpatterns = [
    path("schema/", documentation.schema, name="schema"),
    path("docs/", documentation.swagger, name="docs"),
    path("redoc/", documentation.redoc, name="redoc"),
]
