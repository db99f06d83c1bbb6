"""The WSGI entry point. It refuses to serve when the database would not keep tenants apart."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django = get_wsgi_application()

from dott.platform.api.plans.front import Front  # noqa: E402  (needs the app registry)
from dott.platform.tenancy.audit import refuse_unless_isolated  # noqa: E402

refuse_unless_isolated("default")
application = Front(django)
