"""The room that writes mails."""

from django.apps import AppConfig


class MailConfig(AppConfig):
    """Has no tables; who gets a mail, and when, is decided elsewhere."""

    name = "dott.platform.mail"
    label = "mail"
