"""/api/crm/customers/"""

from django.urls import path

from django_ninja.api import api

urlpatterns = [path("api/crm/", api.urls)]
