"""Sign-in and the business switcher ask for a user's memberships before any tenant is known."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("identity", "0002_seal_session_data")]

    operations = [
        # Plain SQL: the schema editor would put the tenant in front, which is what is unknown here. The
        # audit knows this one index by name.
        migrations.RunSQL(
            ["CREATE INDEX identity_membership_by_user ON identity_membership (user_id)"],
            ["DROP INDEX identity_membership_by_user"],
        ),
    ]
