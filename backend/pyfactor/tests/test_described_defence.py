"""The pages of docs/ on defence say what the code does."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.password_validation import CommonPasswordValidator

from dott.modules.crm.actions import attachments, export_workbook, merging, room
from dott.modules.crm.api import import_serializers
from dott.modules.crm.duplicates import scan
from dott.modules.crm.imports import limits
from dott.modules.crm.models.activities import ACTIVITY_RULES
from dott.modules.crm.models.contacts import CONTACT_RULES
from dott.modules.crm.models.deals import DEAL_RULES
from dott.modules.crm.models.rules import CUSTOMER_RULES
from dott.modules.crm.search import MAX_TERMS
from dott.platform.api import bulk
from dott.platform.api.filtering import grammar
from dott.platform.api.gate import Places
from dott.platform.api.pagination import MAX_LIMIT
from dott.platform.api.reference import pages
from dott.platform.egress import resolving
from dott.platform.egress.client import TOTAL_TIMEOUT_S
from dott.platform.history import export, undo
from dott.platform.identity import attempts, passwords
from dott.platform.identity.passwords import DisguisedCommonPasswordValidator
from dott.platform.jobs import runner
from dott.platform.jobs.management.commands import run_worker
from dott.platform.portability import archive
from dott.platform.privacy import held
from dott.platform.tenancy import lanes
from tests.attacks.described import SCHEMA
from tests.test_facts_in_code import CRYPTOGRAPHY, importers
from tests.test_promises_in_code import ROOT, calls, sources

DOCS = ROOT.parents[1] / "docs"
MIB = 1024 * 1024


def page(name: str) -> str:
    """The text of a page."""
    return (DOCS / f"{name}.md").read_text(encoding="utf-8")


def rows(text: str) -> dict[str, list[str]]:
    """The cells of each row of its tables, by the first cell without its code marks."""
    cells = [
        [cell.strip() for cell in line.split("|")[1:-1]] for line in text.splitlines() if line[:1] == "|"
    ]
    return {row[0].strip("`"): row[1:] for row in cells if set(row[0]) - {"-"}}


@pytest.mark.asvs("5.1.1")
def test_files_that_come_in_are_described_as_they_are_taken() -> None:
    text = page("files")
    table = {name.partition(",")[0]: cells for name, cells in rows(text).items()}
    attachment, imported, business = (table[name] for name in ("attachment", "import", "a business's file"))
    assert attachment[2] == f"{attachments.MAX_BYTES // MIB} MB"
    assert imported[2] == (
        f"{limits.MAX_FILE_BYTES // MIB} MB, {limits.MAX_ROWS:,} rows, {limits.MAX_COLUMNS} columns"
    )
    assert imported[3] == (
        f"a workbook: {limits.MAX_WORKBOOK_UNPACKED_BYTES // MIB} MB, "
        f"{limits.MAX_WORKBOOK_ENTRIES:,} entries, {limits.MAX_WORKBOOK_RATIO} times its size"
    )
    assert business[2] == f"{archive.MAX_BYTES // 1024**3} GB, {archive.MAX_ENTRIES:,} entries"
    assert f"keeps {settings.FILES_QUOTA_BYTES // MIB:,} MB" in text
    assert room.MEMBER_SHARE == 4 / 5
    assert f"at most four fifths\nof them and {room.MEMBER_MAX_FILES:,} files" in text
    assert f"after {limits.KEEP_APPLIED_DAYS} days" in text
    assert set(import_serializers.FORMATS) == {"csv", "xlsx", "vcf"}
    takes_a_file = {
        path
        for path, item in SCHEMA["paths"].items()
        for operation in item.values()
        if "multipart/form-data" in operation.get("requestBody", {}).get("content", {})
    }
    assert {path for path in takes_a_file if f"`POST {path}`" not in text} == set()
    assert len(takes_a_file) == 2


@pytest.mark.asvs("2.1.2")
def test_the_rules_between_fields_are_described() -> None:
    table = rows(page("rules"))
    assert table.pop("Code") == ["Fields", "Rule"]
    rules = (*CUSTOMER_RULES, *CONTACT_RULES, *DEAL_RULES, *ACTIVITY_RULES)
    assert table == {
        rule.code: [", ".join(f"`{field}`" for field in rule.fields), rule.sentence] for rule in rules
    }
    assert len(rules) > 10


@pytest.mark.asvs("6.5.5")
def test_a_mailed_code_lasts_ten_minutes() -> None:
    assert settings.ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT <= 600
    assert settings.ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT <= 600


@pytest.mark.asvs("13.4.2")
def test_no_deployment_switches_debugging_on() -> None:
    source = (ROOT / "config" / "settings.py").read_text(encoding="utf-8")
    assert 'DEBUG = env.flag("DOTT_DEBUG")' in source.splitlines()
    top = DOCS.parent
    shipped = [
        *(top / "deploy").rglob("*"),
        ROOT / "Dockerfile",
        top / "render.yaml",
        *(top / "launcher").glob("*.py"),
    ]
    told = [
        str(path.relative_to(top))
        for path in shipped
        if path.suffix in {".py", ".yaml", ".sh", ".example", ""} and path.is_file()
        if "DOTT_DEBUG" in path.read_text(encoding="utf-8", errors="replace")
    ]
    # `./dott dev`, on one's own machine.
    assert told == ["launcher/stack.py"]


@pytest.mark.asvs("6.1.3", "6.3.4")
def test_every_way_to_sign_in_is_described_with_what_counts_it() -> None:
    table = rows(page("signing-in"))
    counted = {route: [limit.scope for limit in each] for route, each in attempts.LIMITS.items()}
    described = {route: re.findall(r"`(\w+)`", cells[2]) for route, cells in table.items() if "/" in route}
    assert described == counted
    assert all(table[route][0] for route in counted)
    assert "`api_key`" in table["any, with `Authorization: Bearer"][2]


@pytest.mark.asvs("6.1.2")
def test_the_words_that_no_password_may_hold_are_described() -> None:
    text = page("signing-in")
    words = text.rpartition("likewise:")[2]
    assert set(re.findall(r"`(\w+)`", words)) == DisguisedCommonPasswordValidator.PRODUCT_WORDS
    assert f"list of {round(len(CommonPasswordValidator().passwords), -3):,} common ones" in text
    assert f"12 to {passwords.MAXIMUM_LENGTH} characters" in text
    names = {validator["NAME"].rpartition(".")[2] for validator in settings.AUTH_PASSWORD_VALIDATORS}
    # Each is a sentence of the page; a new one has to be added to it.
    assert names == {
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "MaximumLengthValidator",
        "DisguisedCommonPasswordValidator",
    }


@pytest.mark.asvs("8.1.2")
def test_who_may_see_and_change_which_field_is_described_as_it_is() -> None:
    (path,) = (path for path in pages() if path.name == "fields.md")
    assert path.read_text(encoding="utf-8") == pages()[path]
    customer = page("fields").partition("## `/api/crm/customers/{id}/`")[2].partition("## ")[0]
    table = rows(customer)
    assert table["GET"][0] == "viewer"
    assert table["PATCH"][0] == "member"
    assert {"`created_by`", "`version`"} <= set(table["GET"][1].split(", ")) - set(
        table["PATCH"][1].split(", ")
    )


def secrets_read() -> Iterator[str]:
    """Names of what the settings read that is a secret."""
    for path in ("config/settings.py", "config/settings_realtime.py"):
        for name, node in calls(ast.parse((ROOT / path).read_text(encoding="utf-8"))):
            if name.startswith("env.") and node.args and isinstance(node.args[0], ast.Constant):
                variable = str(node.args[0].value)
                if re.search(r"KEY|SECRET|PASSWORD|TOKEN", variable):
                    yield variable


@pytest.mark.asvs("11.1.1")
def test_every_key_is_described_with_its_life() -> None:
    table = rows(page("cryptography").partition("## What is used")[0])
    variables = set(secrets_read())
    assert len(variables) >= 5
    assert variables <= table.keys()
    # What it protects, how long it lives, who holds it, how it is replaced.
    assert all(len(cells) == 4 and all(cells) for cells in table.values())
    command = ROOT / "dott" / "platform" / "identity" / "management" / "commands" / "reseal_factors.py"
    assert f"`./dott manage {command.stem}`" in table["DOTT_FACTOR_KEYS"][3]
    assert command.exists()


@pytest.mark.asvs("11.1.2")
def test_everything_that_encrypts_signs_or_hashes_is_in_the_inventory() -> None:
    inventory = rows(page("cryptography").partition("## What is used")[2])
    used = importers(CRYPTOGRAPHY | {"django.utils.crypto", "django.core.signing"}, sources())
    assert inventory.keys() - {"Module"} == used | {
        # Django's hasher, with parameters of our own; and TLS, which is set where connections are.
        "dott/platform/identity/passwords.py",
        "config/settings.py",
    }
    hasher = passwords.Argon2idHasher
    assert inventory["dott/platform/identity/passwords.py"][1] == (
        f"Argon2id, {hasher.memory_cost // 1024} MiB, {hasher.time_cost} passes"
    )


@pytest.mark.asvs("13.1.2")
def test_every_connection_is_described_with_how_many_there_may_be() -> None:
    table = {cells[0].strip("`"): cells[1:] for cells in rows(page("connections")).values()}
    assert all(len(cells) == 4 and all(cells) for cells in table.values())
    default = settings.POOL["max_size"]
    assert table["Django's pool"][1] == f"{default} a process and role (`DOTT_DB_POOL_MAX`)"
    assert table["dott/platform/tenancy/lanes.py"][:2] == [
        f"{lanes.CONNECT_WITHIN_S} s to connect, {lanes.STALLED_S:.0f} s for an answer",
        f"{lanes.LANES} a process, each for many reads",
    ]
    lookups = resolving._POOL._max_workers
    assert table["dott/platform/egress/resolving.py"][1].startswith(f"{lookups} lookups a process")
    assert table["dott/platform/egress/client.py"][1].startswith(f"{worker_default('outgoing')} a worker")


def worker_default(name: str) -> int:
    """What a worker has at once unless told otherwise."""
    parser = run_worker.Command().create_parser("manage.py", "run_worker")
    return int(parser.get_default(name))


@pytest.mark.asvs("14.1.2")
def test_every_kind_of_data_is_described_with_its_protection() -> None:
    text = page("data-map").partition("## How each kind is protected")[2].partition("\n## ")[0]
    table = rows(text)
    assert table.keys() - {"Kind"} == set(held.KINDS.values())
    assert all(
        cells[0] == held.PROTECTED[kind]
        for kind, cells in zip(held.KINDS, list(table.values())[1:], strict=True)
    )
    assert "sealed" in table[held.KINDS["secret"]][0]
    for word in ("policies", "TLS", "log", "cache", "backups", "erased"):
        assert word in text


@pytest.mark.asvs("15.1.1")
def test_how_soon_components_are_mended_is_said_for_every_severity() -> None:
    text = (DOCS.parent / "SECURITY.md").read_text(encoding="utf-8")
    section = text.partition("## How soon components are mended")[2].partition("\n## ")[0]
    days = {
        name.partition(":")[0]: int(cells[0]) for name, cells in rows(section).items() if cells[0].isdigit()
    }
    assert list(days) == ["critical", "high", "medium or low, or not reachable in Dott", "none known"]
    assert list(days.values()) == sorted(days.values())
    assert days["critical"] <= 7


@pytest.mark.asvs("15.1.3")
def test_what_costs_much_is_described_with_its_bounds() -> None:
    text = page("costly")
    table = {name: cells[1] for name, cells in rows(text).items()}
    hashes, window = passwords._gate._initial_value, settings.RATE_LIMITS["business_export"]
    assert hashes % 2 == 0
    assert window[1] == 3600
    assert table == {
        "Function": "At most",
        "a password's check": f"2 a core at once, {passwords.GATE_WAIT_S:.0f} s of waiting",
        "a list, a board, the search": (
            f"{MAX_LIMIT} records a page, {MAX_TERMS} words, {grammar.MAX_CONDITIONS} conditions"
        ),
        "many records at once": f"{bulk.MAX_RECORDS:,} records",
        "merging": f"{merging.MAX_MERGED} records, {merging.MAX_MOVED:,} moved rows",
        "undo": f"{undo.MAX_CHANGES:,} changes",
        "an export of the log": f"{export.MAX_EXPORTED:,} entries",
        "an import": f"{limits.MAX_FILE_BYTES // MIB} MB, {limits.MAX_ROWS:,} rows",
        "an export of records": f"{export_workbook.MAX_SHEET_ROWS:,} rows of a workbook",
        "a business's file": f"{window[0]} an hour, one at a time",
        "a search for duplicates": f"{scan.MAX_COMPARED:,} pairs",
        "webhooks": f"{TOTAL_TIMEOUT_S:.0f} s each",
    }
    at_once, outgoing = worker_default("concurrency"), worker_default("outgoing")
    assert f"runs {at_once} jobs at once and {outgoing} more" in text
    assert f"tried {runner.MAX_ATTEMPTS} times" in text
    assert Places(places=8, waiting=1).most == 6
    assert "three quarters" in text


def test_a_row_that_is_left_out_is_noticed() -> None:
    inventory = rows(page("cryptography"))
    assert rows("| `a` | b |\n|---|---|\n| `c` | d |") == {"a": ["b"], "c": ["d"]}
    assert "dott/platform/history/chain.py" in inventory
    assert Path("dott/platform/history/chain.py").name == "chain.py"
