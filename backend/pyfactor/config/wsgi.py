"""The WSGI entry point. It refuses to serve when the database would not keep tenants apart."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django = get_wsgi_application()

from config import env  # noqa: E402  (needs the app registry, as all below)
from dott.platform.api.gate import Gate, Places  # noqa: E402
from dott.platform.api.plans.front import Front  # noqa: E402
from dott.platform.tenancy.audit import refuse_unless_isolated  # noqa: E402

refuse_unless_isolated("default")
# Each place holds at most one database connection of the pool (settings.POOL).
PLACES = Places(env.integer("DOTT_API_THREADS", 8), env.integer("DOTT_API_WAITING", 64))
application = Gate(Front(django), PLACES)
