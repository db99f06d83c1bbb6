"""Live pages: who is on a page of a business hears that something in it changed, and never what."""

from django.apps import AppConfig


class RealtimeConfig(AppConfig):
    """Stands on the wall alone, so that every other room may announce something."""

    name = "dott.platform.realtime"
    label = "realtime"
