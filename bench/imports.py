"""Import benchmark: 100,000 customers from a file, dry run, apply, again, revert, export.

    ./dott bench imports [--rows N] [--xlsx]

The file is CSV, or with --xlsx a workbook of the same rows.

Needs the environment of the backend (DATABASE_URL and its kin); works in a database of its own, which is
dropped at the end. Prints one line per step: seconds, rows per second, CPU seconds of Python and
PostgreSQL together, and how many times that CPU PostgreSQL alone needs to put the same rows into the same
table without policy, checks and history. On a busy machine the CPU columns are the ones to compare. The last
line compares the export with a bare COPY of the same columns and rows.
"""

import argparse
import csv
import os
import random
import string
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator, Sequence
from hashlib import sha256
from pathlib import Path
from statistics import median
from typing import Any
from xml.sax.saxutils import escape

BACKEND = Path(__file__).resolve().parent.parent / "backend" / "pyfactor"
sys.path.insert(0, str(BACKEND))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
# Debug mode keeps every statement with its parameters in memory.
os.environ["DOTT_DEBUG"] = "0"

import django

django.setup()

from django.conf import settings
from django.db import OperationalError, connections
from dott.modules.crm.actions.export import COLUMNS as EXPORTED
from dott.modules.crm.actions.export import export_customers
from dott.modules.crm.actions.imports import (
    apply_import,
    create_import,
    revert_import,
    validate_import,
)
from dott.modules.crm.models import Customer, ImportJob
from dott.platform.jobs.testing import run_queued
from dott.platform.tenancy import transactions
from dott.platform.tenancy.router import APP, AUTH, MIGRATOR, WORKER
from tests.world import World

HEADER = (
    "CustomerID", "CompanyName", "ContactName", "ContactTitle", "E-mail", "Address", "City", "Region",
    "PostalCode", "Country", "Phone", "Fax", "Website", "Industry",
)  # fmt: skip
# country, cities, area codes, and how a local number is written there
PLACES = (
    ("Germany", ("Berlin", "Hamburg", "München", "Köln"), (30, 40, 89, 221), "0{area} {digits}"),
    ("USA", ("Portland", "Oakland", "Boston", "Denver"), (503, 510, 617, 303), "({area}) 555-{digits:.4}"),
    ("France", ("Paris", "Lyon", "Lille", "Nantes"), (42, 43, 44, 45), "01 {area} {digits:.6}"),
    ("Spain", ("Madrid", "Barcelona", "Sevilla", "Valencia"), (91, 93, 95, 96), "{area} {digits}"),
    ("UK", ("London", "Leeds", "Bristol", "Cardiff"), (20,), "020 7{digits}"),
    ("Italy", ("Torino", "Firenze", "Bologna", "Napoli"), (11, 55, 51, 81), "0{area} {digits}"),
)
LEAVING_S = 10
EXPORTS = 7
EXPORT = "export"
PLAIN_EXPORT = "COPY alone, same rows"
FIRST = ("Anna", "Ben", "Clara", "David", "Eva", "Finn", "Greta", "Hans", "Ida", "Jonas", "José", "Zoë")
LAST = ("Müller", "Schmidt", "García", "López", "Dubois", "Rossi", "Novák", "Jensen", "Virtanen", "Kowalski")

SHEET_NS = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
# What a workbook needs beside its sheet and its texts (ECMA-376 part 1, section 12).
WORKBOOK_PARTS = {
    "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
    "xl/workbook.xml": f'<workbook xmlns="{SHEET_NS}" xmlns:r="{RELATIONSHIPS}"><sheets>'
    '<sheet name="Customers" sheetId="1" r:id="rId1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": "<Relationships"
    ' xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    f'<Relationship Id="rId1" Type="{RELATIONSHIPS}/worksheet" Target="worksheets/sheet1.xml"/>'
    "</Relationships>",
}


def sample(rows: int) -> Iterator[list[str]]:
    """Header and rows like the ones people have: local phones, country names, one contact, empty cells."""
    r = random.Random(7)

    def phone(areas: Sequence[int], form: str) -> str:
        return form.format(area=r.choice(areas), digits=str(r.randrange(10**6, 10**7)))

    yield list(HEADER)
    for number in range(rows):
        country, cities, areas, form = r.choice(PLACES)
        last = r.choice(LAST)
        yield [
            f"C{number:07}",
            f"{last} {r.choice(('GmbH', 'Ltd', 'SA'))} {number}",
            f"{r.choice(FIRST)} {last}",
            r.choice(("Owner", "Sales Manager", "Agent")),
            f"info{number}@example{number % 977}.com",
            f"{r.choice(('Hauptstr.', 'Main St', 'Rue Royale'))} {r.randrange(1, 400)}",
            r.choice(cities),
            "" if number % 3 else "Region",
            f"{r.randrange(1000, 99999):05}",
            country,
            phone(areas, form),
            phone(areas, form) if number % 2 else "",
            f"https://www.example{number}.com" if number % 4 == 0 else "",
            r.choice(("Food", "Retail", "Steel", "")),
        ]


def write_csv(path: Path, rows: int) -> None:
    with path.open("w", newline="", encoding="utf-8") as stream:
        csv.writer(stream).writerows(sample(rows))


def write_workbook(path: Path, rows: int) -> None:
    """As Excel writes it: texts in the shared table, each once; postal codes as numbers where possible."""
    postal_code = HEADER.index("PostalCode")
    strings: dict[str, int] = {}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as book:
        for name, part in WORKBOOK_PARTS.items():
            book.writestr(name, part)
        with book.open("xl/worksheets/sheet1.xml", "w") as sheet:
            sheet.write(f'<worksheet xmlns="{SHEET_NS}"><sheetData>'.encode())
            for number, cells in enumerate(sample(rows), start=1):
                sheet.write(f'<row r="{number}" spans="1:{len(cells)}">'.encode())
                for column, text in enumerate(cells):
                    kind, value = ' t="s"', text
                    if column == postal_code and text.isdecimal() and text[0] != "0":
                        kind = ""
                    elif text:
                        value = str(strings.setdefault(text, len(strings)))
                    if text:
                        name = f"{string.ascii_uppercase[column]}{number}"
                        sheet.write(f'<c r="{name}"{kind}><v>{value}</v></c>'.encode())
                sheet.write(b"</row>")
            sheet.write(b"</sheetData></worksheet>")
        texts = "".join(f"<si><t>{escape(text)}</t></si>" for text in strings)
        book.writestr("xl/sharedStrings.xml", f'<sst xmlns="{SHEET_NS}">{texts}</sst>')


def own_database() -> World:
    """A fresh database with two businesses in it, as the tests have."""
    migrator = connections[MIGRATOR]
    name = f"bench_{migrator.settings_dict['NAME']}"
    migrator.settings_dict["TEST"]["NAME"] = name
    migrator.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    for alias in (APP, AUTH, WORKER):
        connections[alias].close_pool()
        connections[alias].settings_dict["NAME"] = name
    world = World()
    world.build()
    return world


def destroy_database() -> None:
    """Drop it once the sessions that were just closed have left it."""
    migrator = connections[MIGRATOR]
    for attempt in range(LEAVING_S * 10):
        try:
            return migrator.creation.destroy_test_db(migrator.settings_dict["NAME"], verbosity=0)
        except OperationalError:
            if attempt == LEAVING_S * 10 - 1:
                raise
            time.sleep(0.1)
    return None


def plain_insert_s(tenant_id: Any) -> float:
    """Seconds that PostgreSQL needs for the same rows and indexes without policy, checks and history."""
    with connections[MIGRATOR].cursor() as cursor:
        columns = [field.column for field in Customer._meta.concrete_fields if not field.generated]
        listed = ", ".join(f'"{column}"' for column in columns)
        cursor.execute("CREATE TABLE bench_rows (LIKE crm_customer INCLUDING GENERATED INCLUDING INDEXES)")
        cursor.execute("ALTER TABLE crm_customer NO FORCE ROW LEVEL SECURITY")
        started = time.perf_counter()
        cursor.execute(
            f"INSERT INTO bench_rows ({listed}) SELECT {listed} FROM crm_customer WHERE tenant_id = %s",
            [tenant_id],
        )
        seconds = time.perf_counter() - started
        cursor.execute("DROP TABLE bench_rows")
        cursor.execute("ALTER TABLE crm_customer FORCE ROW LEVEL SECURITY")
    return seconds


def plain_copy_s(tenant_id: Any) -> float:
    """Seconds that a bare COPY of the same rows, order and columns takes, without policy and guards."""
    columns = [name for name in EXPORTED if name not in {"account_number", "owner_name"}]
    query = f"SELECT number, owner_id, {', '.join(columns)} FROM crm_customer WHERE tenant_id = %s"
    with connections[MIGRATOR].cursor() as cursor:
        cursor.execute("ALTER TABLE crm_customer NO FORCE ROW LEVEL SECURITY")
        started = time.perf_counter()
        statement = f"COPY ({query} ORDER BY name_key, id) TO STDOUT (FORMAT csv)"
        with cursor.cursor.copy(statement, [tenant_id]) as copy:
            for _ in copy:
                pass
        seconds = time.perf_counter() - started
        cursor.execute("ALTER TABLE crm_customer FORCE ROW LEVEL SECURITY")
    return seconds


def cpu_s() -> float:
    """CPU seconds so far of this process and of the PostgreSQL backends that worked for it."""
    ticks = os.sysconf("SC_CLK_TCK")
    total = time.process_time()
    for alias in (APP, WORKER, MIGRATOR):
        connection = connections[alias].connection
        pid = connection.info.backend_pid if connection and not connection.closed else 0
        stat = Path(f"/proc/{pid}/stat")
        if pid and stat.exists():
            utime, stime = stat.read_text().rpartition(")")[2].split()[11:13]
            total += (int(utime) + int(stime)) / ticks
    return total


def reset_peak() -> None:
    """Begin to measure the peak memory anew (Linux)."""
    Path("/proc/self/clear_refs").write_text("5")


def peak_mib() -> float:
    """Peak resident memory of this process since reset_peak(), MiB."""
    status = Path("/proc/self/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def steps(world: World, path: Path, tag: str) -> Iterator[tuple[str, float]]:
    """Run everything, yielding (step, seconds); the export several times, in turn with a bare COPY."""

    def enter() -> Any:
        return transactions.session(sha256(world["alice"].token.encode()).digest())

    def run(action: Callable[..., Any], job_id: Any) -> float:
        started = time.perf_counter()
        with enter() as actor:
            action(actor=actor, job=ImportJob.objects.select_related("job").get(id=job_id))
        run_queued()
        with enter():
            job = ImportJob.objects.select_related("job").get(id=job_id)
        if job.error:
            sys.exit(f"{action.__name__}: {job.error}")
        return time.perf_counter() - started

    def upload() -> Any:
        with path.open("rb") as stream, enter() as actor:
            chunks = iter(lambda: stream.read(1 << 16), b"")
            return create_import(actor=actor, file_name=path.name, chunks=chunks, tag_name=tag).id

    started = time.perf_counter()
    first = upload()
    yield "upload and detect", time.perf_counter() - started
    yield "dry run, all new", run(validate_import, first)
    yield "apply, all new", run(apply_import, first)
    yield "PostgreSQL alone, same rows", plain_insert_s(world.bakery)
    again = upload()
    yield "dry run, all unchanged", run(validate_import, again)
    for _ in range(EXPORTS):
        started = time.perf_counter()
        with enter():
            file = export_customers(customers=Customer.objects.all().order_by("name_key", "id"))
            for _block in file.blocks():
                pass
        yield EXPORT, time.perf_counter() - started
        yield PLAIN_EXPORT, plain_copy_s(world.bakery)
    yield "revert", run(revert_import, first)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--no-tag", action="store_true", help="without the tag that the page puts on rows")
    parser.add_argument("--xlsx", action="store_true", help="a workbook instead of CSV")
    options = parser.parse_args()
    rows: int = options.rows
    world = own_database()
    try:
        with tempfile.TemporaryDirectory() as directory:
            settings.FILES_DIR = Path(directory)
            path = Path(directory) / f"customers.{'xlsx' if options.xlsx else 'csv'}"
            write = write_workbook if options.xlsx else write_csv
            write(path, rows)
            reset_peak()
            before = peak_mib()
            took: dict[str, list[tuple[float, float]]] = {}
            cpu = cpu_s()
            for step, seconds in steps(world, path, "" if options.no_tag else "import: bench"):
                took.setdefault(step, []).append((seconds, cpu_s() - cpu))
                cpu = cpu_s()
            after = peak_mib()
    finally:
        for alias in (APP, AUTH, WORKER):
            connections[alias].close()
            connections[alias].close_pool()
        destroy_database()
    results = {step: [median(column) for column in zip(*times, strict=True)] for step, times in took.items()}
    _, alone = results["PostgreSQL alone, same rows"]
    out = sys.stdout.write
    out(f"{rows:,} rows, {path.suffix[1:]}\n{'step':30}{'s':>8}{'rows/s':>10}{'CPU s':>8}{'ratio':>8}\n")
    for step, (seconds, used) in results.items():
        out(f"{step:30}{seconds:8.2f}{rows / seconds:10,.0f}{used:8.2f}{alone / used:8.2f}\n")
    by_time, by_cpu = (
        median(
            bare[column] / ours[column] for ours, bare in zip(took[EXPORT], took[PLAIN_EXPORT], strict=True)
        )
        for column in (0, 1)
    )
    out(f"export: {by_time:.2f} of a bare COPY by time, {by_cpu:.2f} by CPU (medians of {EXPORTS} rounds)\n")
    out(f"peak memory {after:.0f} MiB, of which {before:.0f} MiB before the import\n")


if __name__ == "__main__":
    main()
