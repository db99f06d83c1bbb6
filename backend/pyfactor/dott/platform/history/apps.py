"""History of every record, written in the transaction that changes it."""

from django.apps import AppConfig


class HistoryConfig(AppConfig):
    """Stands on the wall; knows no module."""

    name = "dott.platform.history"
    label = "history"
