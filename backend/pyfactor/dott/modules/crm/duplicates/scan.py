"""The search through a whole business for records that may be one, in the background.

It reads each index of keys from end to end once, so the time grows with the number of records. What the
records of one key are compared in grows with the square of how many they are; so a key that many have in
common is left out where it is a weak one, and cut where it is a strong one, and never more than MAX_COMPARED
pairs are compared, those of strong keys first.
"""

from uuid import UUID

from django.db import connections
from django.utils import timezone

from dott.modules.crm.duplicates.reasons import REPORTED
from dott.modules.crm.duplicates.subjects import SUBJECTS, Subject
from dott.modules.crm.models import DuplicateScan
from dott.platform.jobs.models import Job
from dott.platform.jobs.queue import enqueue, job
from dott.platform.tenancy.context import current, seeing_everything

# Of one key so many records are compared.
MAX_ALIKE = 20
MAX_COMPARED = 500_000
# More pairs than anybody looks through.
MAX_KEPT = 10_000
JOB = "crm.find_duplicates"


def _find(subject: Subject) -> str:
    blocks = [_block(subject, key, "") for key in subject.strong]
    blocks += [_block(subject, key, f"AND count(*) <= {MAX_ALIKE}") for key in subject.weak]
    return f"""
WITH blocks AS ({" UNION ALL ".join(blocks)}),
compared AS MATERIALIZED (
    SELECT x.id AS first_id, y.id AS second_id
      FROM blocks, unnest(blocks.ids) AS x (id), unnest(blocks.ids) AS y (id)
     WHERE x.id < y.id LIMIT {MAX_COMPARED}
)
INSERT INTO {subject.pair._meta.db_table} (tenant_id, first_id, second_id, score)
SELECT %(tenant)s, a.id, b.id, why.score
  FROM (SELECT DISTINCT first_id, second_id FROM compared) AS pair
  JOIN {subject.table} AS a ON a.tenant_id = %(tenant)s AND a.id = pair.first_id
  JOIN {subject.table} AS b ON b.tenant_id = %(tenant)s AND b.id = pair.second_id
  {subject.judged}
 WHERE why.score >= {REPORTED}
 ORDER BY why.score DESC, a.id, b.id
 LIMIT %(kept)s"""  # noqa: S608  (constants)


def _block(subject: Subject, key: str, bound: str) -> str:
    return f"""
(SELECT (array_agg(r.id ORDER BY r.id))[1:{MAX_ALIKE}] AS ids
   FROM {subject.table} r
  WHERE r.tenant_id = %(tenant)s AND r.deleted_at IS NULL AND r.{key} <> ''
  GROUP BY r.{key} HAVING count(*) > 1 {bound})"""  # noqa: S608  (constants)


def start_scan(subject: Subject) -> DuplicateScan:
    """Search the business, after the caller's commit; the search that is on its way, where there is one."""
    latest = latest_scan(subject)
    if latest is not None and is_open(latest):
        return latest
    return DuplicateScan.objects.create(job=enqueue(JOB), entity=subject.entity)


def latest_scan(subject: Subject) -> DuplicateScan | None:
    """The newest search, finished or not."""
    scans = DuplicateScan.objects.select_related("job").filter(entity=subject.entity).order_by("-id")
    found: DuplicateScan | None = scans.first()
    if found is not None and found.finished_at is not None and current().sees is not None:
        # How many there are in the business is not for her.
        found.found = subject.pair.objects.count()
        found.is_cut = False
    return found


def is_open(scan: DuplicateScan) -> bool:
    """Whether it is still to come or at work."""
    return scan.finished_at is None and scan.job.state != Job.State.FAILED


def is_out_of_date(scan: DuplicateScan) -> bool:
    """Whether records were added or changed since it began."""
    records = SUBJECTS[scan.entity].model.objects.filter(deleted_at__isnull=True)
    changed: bool = records.filter(updated_at__gt=scan.started_at).exists()
    return changed


@job(JOB)
def find_duplicates(background: Job) -> None:
    """Put the pairs of the whole business in place of those of the search before."""
    # Whoever asked for it: the report shows each member what she sees of it.
    with seeing_everything():
        _find_all(background)


def _find_all(background: Job) -> None:
    scan = DuplicateScan.objects.select_for_update().filter(job=background).first()
    if scan is None:
        return
    tenant: UUID = current().tenant_id
    # What is written while it runs may be missed, and is for the next one.
    scan.started_at = timezone.now()
    SUBJECTS[scan.entity].pair.objects.all().delete()
    with connections[current().alias].cursor() as cursor:
        cursor.execute(_find(SUBJECTS[scan.entity]), {"tenant": tenant, "kept": MAX_KEPT})
        scan.found = cursor.rowcount
    scan.is_cut = scan.found == MAX_KEPT
    scan.finished_at = timezone.now()
    scan.save(update_fields=["started_at", "found", "is_cut", "finished_at"])
    older = DuplicateScan.objects.exclude(pk=scan.pk).filter(entity=scan.entity, finished_at__isnull=False)
    older.delete()
