"""Routes of the isolation report."""

from django.urls import path

from dott.platform.tenancy.api import IsolationView

urlpatterns = [path("", IsolationView.as_view(), name="isolation")]
