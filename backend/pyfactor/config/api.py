"""The API's entry point, for an ASGI server. It refuses to serve when the database would not keep tenants
apart.

A request goes through the gate; what is quick is answered in the loop, the rest in threads by the front and
by the Django behind it.
"""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django = get_wsgi_application()

from config import env  # noqa: E402  (needs the app registry, as all below)
from dott.platform.api.asgi import Asgi  # noqa: E402
from dott.platform.api.gate import Gate, Guarded, Places  # noqa: E402
from dott.platform.api.plans.front import Front  # noqa: E402
from dott.platform.api.plans.quick import QuickReads  # noqa: E402
from dott.platform.api.threads import Threads  # noqa: E402
from dott.platform.tenancy.audit import refuse_unless_isolated  # noqa: E402
from dott.platform.tenancy.lanes import Lanes  # noqa: E402

# At once in the loop, and of one business: one that always has the next read ready keeps a process busy with
# one at a time, and with more of them would only make everybody else wait.
QUICK, OF_ONE = 8, 1
# For health checks, which pass the gate without a place, and to open lanes.
SPARE_THREADS = 8

refuse_unless_isolated("default")
# Each place of a thread holds at most one database connection of the pool (settings.POOL).
PLACES = env.integer("DOTT_API_THREADS", 8)
WAITING = env.integer("DOTT_API_WAITING", 64)
front = Front(django)
threads = Threads(front, PLACES + SPARE_THREADS)
rest = Guarded(threads, Gate(Places(PLACES, WAITING)))
application = Asgi(
    QuickReads(front, Lanes(threads.executor), Gate(Places(QUICK, WAITING, most=OF_ONE)), rest)
)
