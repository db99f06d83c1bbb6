"""Django app of the CRM."""

from django.apps import AppConfig

# What webhooks tell of. Not what is somebody's own: saved views, notifications.
KEPT_IN_TRASH = ("customer", "contact", "deal", "activity", "attachment")
SET_UP = ("customercontact", "tag", "pipeline", "stage", "lostreason", "customfield")


class CrmConfig(AppConfig):
    """Tells the platform who may do what here."""

    name = "dott.modules.crm"
    label = "crm"

    def ready(self) -> None:
        from dott.modules.crm.actions import (
            discard_files,  # noqa: F401  (as the next ones, registers job bodies)
            privacy,
            purge_imports,  # noqa: F401
            reminders,  # noqa: F401
        )
        from dott.modules.crm.actions.activity_times import follow_activities_after_undo
        from dott.modules.crm.actions.deals import note_undone_moves
        from dott.modules.crm.actions.tagging import follow_tags_after_undo
        from dott.modules.crm.duplicates import scan  # noqa: F401
        from dott.modules.crm.imports import background  # noqa: F401
        from dott.modules.crm.permissions import AREAS, ROLES, VISIBILITY
        from dott.platform.history.entities import follow_undo
        from dott.platform.identity import roles, scopes
        from dott.platform.tenancy import visibility
        from dott.platform.webhooks import events

        roles.register(ROLES)
        visibility.register(VISIBILITY)
        scopes.register(AREAS, read_only=["overview"])
        events.offer((f"crm.{name}" for name in KEPT_IN_TRASH), has_trash=True)
        events.offer((f"crm.{name}" for name in SET_UP), has_trash=False)
        follow_activities_after_undo()
        follow_tags_after_undo()
        follow_undo("crm.deal", note_undone_moves)
        privacy.register()
