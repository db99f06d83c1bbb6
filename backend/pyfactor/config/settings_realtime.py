"""Settings of the realtime process. It has no models, views or jobs of its own, so it loads nobody's:
a third less memory and start, and no code that could read a record."""

from config.settings import *  # noqa: F403

INSTALLED_APPS = ["dott.platform.tenancy", "dott.platform.realtime"]
