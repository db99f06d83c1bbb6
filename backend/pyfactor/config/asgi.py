"""The ASGI entry point: the realtime process alone (the API is WSGI). It refuses to serve when the
database would not keep tenants apart."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings_realtime")
django.setup()

from dott.platform.api.logs import configure_logging  # noqa: E402  (needs the settings)
from dott.platform.realtime.application import Application  # noqa: E402
from dott.platform.tenancy.audit import refuse_unless_isolated  # noqa: E402

configure_logging()
application = Application()

refuse_unless_isolated("default")
