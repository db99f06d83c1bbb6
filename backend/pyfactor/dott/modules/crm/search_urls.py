"""The address of the search over everything, /api/search/: not below /api/crm/, for it is to find more."""

from django.urls import path

from dott.modules.crm.api.search import SearchView

urlpatterns = [path("", SearchView.as_view(), name="search")]
