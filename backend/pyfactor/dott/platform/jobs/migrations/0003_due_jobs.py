"""What the clock looks for every minute."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):

    atomic = False

    dependencies = [("jobs", "0002_job_run_after")]

    operations = [
        AddIndexConcurrently(
            model_name="job",
            index=models.Index(
                fields=["run_after"],
                name="jobs_job_due",
                condition=models.Q(run_after__isnull=False, state__in=["queued", "running"]),
            ),
        ),
    ]
