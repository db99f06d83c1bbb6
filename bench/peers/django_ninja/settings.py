"""The project of `drf` with django-ninja's addresses."""

from drf.settings import *  # noqa: F403

ROOT_URLCONF = "django_ninja.urls"
