"""Out of one business, into another, and out again with the same bytes."""

import hashlib
import io
import json
import threading
import zipfile
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connections
from jsonschema import Draft202012Validator

from dott.platform.files.testing import archive_with_link
from dott.platform.identity.sessions import token_proof
from dott.platform.portability.archive import MANIFEST, ArchiveError, dumps
from dott.platform.portability.entities import LEFT_BEHIND, entities
from dott.platform.portability.take_in import take_in
from dott.platform.portability.take_out import path_of
from dott.platform.portability.tests.support import exported, fill
from dott.platform.tenancy import transactions
from dott.platform.tenancy.context import Context
from dott.platform.tenancy.fields import is_tenant_model
from tests.factories import factory_for

# Two roles write here, and each sees only what the other has committed.
pytestmark = [
    pytest.mark.django_db(transaction=True, databases="__all__"),
    pytest.mark.usefixtures("same_members"),
]

InTenant = Callable[[str], AbstractContextManager[Context]]


def rewritten(archive: bytes, change: Callable[[dict[str, bytes]], None]) -> io.BytesIO:
    """The archive with some of its files changed, and their hashes put right."""
    with zipfile.ZipFile(io.BytesIO(archive)) as source:
        contents = {name: source.read(name) for name in source.namelist()}
    change(contents)
    manifest = json.loads(contents[MANIFEST])
    manifest["files"] = {
        name: hashlib.sha256(content).hexdigest() for name, content in contents.items() if name != MANIFEST
    }
    contents.setdefault(MANIFEST, b"")
    contents[MANIFEST] = json.dumps(manifest).encode()
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as result:
        for name, content in contents.items():
            result.writestr(name, content)
    target.seek(0)
    return target


def test_it_comes_out_as_it_went_in(in_tenant: InTenant, files: Path) -> None:
    with in_tenant("alice"):
        fill()
    first = exported(in_tenant, "alice")
    with in_tenant("bob"):
        taken = take_in(io.BytesIO(first))
    assert not taken.missing
    assert taken.counts["crm.customer"] >= 5
    assert taken.counts["history.change"] >= 2
    assert exported(in_tenant, "bob") == first


def test_equal_content_makes_equal_bytes(in_tenant: InTenant, files: Path) -> None:
    with in_tenant("alice"):
        fill()
    assert exported(in_tenant, "alice") == exported(in_tenant, "alice")


def test_every_table_of_a_business_is_taken_or_left_for_a_reason() -> None:
    taken = {entity.label for entity in entities()}
    known = {model._meta.label_lower for model in apps.get_models() if is_tenant_model(model)}
    assert set(LEFT_BEHIND) <= known
    assert taken == known - set(LEFT_BEHIND)


def test_it_names_no_business_and_no_member_by_id(in_tenant: InTenant, world: Any, files: Path) -> None:
    with in_tenant("alice"):
        fill()
    with zipfile.ZipFile(io.BytesIO(exported(in_tenant, "alice"))) as archive:
        everything = b"".join(archive.read(name) for name in archive.namelist()).decode()
    assert str(world.bakery) not in everything
    assert str(world["alice"].membership_id) not in everything
    assert "alice@example.com" in everything


def test_another_businesss_rows_are_not_in_it(in_tenant: InTenant, files: Path) -> None:
    with in_tenant("bob"):
        customers = next(entity.model for entity in entities() if entity.label == "crm.customer")
        factory_for(customers).create(business_name="canary of the bikes")
    assert b"canary of the bikes" not in _unpacked(exported(in_tenant, "alice"))
    assert b"canary of the bikes" in _unpacked(exported(in_tenant, "bob"))


def _unpacked(archive: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(archive)) as source:
        return b"".join(source.read(name) for name in source.namelist())


def test_lines_fit_their_schema(in_tenant: InTenant, files: Path) -> None:
    with in_tenant("alice"):
        fill()
    with zipfile.ZipFile(io.BytesIO(exported(in_tenant, "alice"))) as archive:
        for entity in entities():
            validator = Draft202012Validator(json.loads(archive.read(f"schema/{entity.label}.json")))
            lines = archive.read(f"data/{entity.label}.ndjson").splitlines()
            assert lines, f"{entity.label} has no line that could be wrong"
            for line in lines:
                validator.validate(json.loads(line))


def test_a_business_with_records_is_not_overwritten(in_tenant: InTenant, files: Path) -> None:
    with in_tenant("alice"):
        fill()
    first = exported(in_tenant, "alice")
    with in_tenant("alice"), pytest.raises(ArchiveError, match="empty") as refusal:
        take_in(io.BytesIO(first))
    assert refusal.value.code == "not_empty"


def test_unknown_members_are_named_and_their_records_are_nobodys(
    in_tenant: InTenant, world: Any, files: Path
) -> None:
    with in_tenant("alice"):
        fill()
    archive = exported(in_tenant, "alice")

    def rename(contents: dict[str, bytes]) -> None:
        for name, content in contents.items():
            contents[name] = content.replace(b"alice@example.com", b"gone@example.com")

    with in_tenant("bob"):
        taken = take_in(rewritten(archive, rename))
        customers = next(entity.model for entity in entities() if entity.label == "crm.customer")
        assert customers.objects.filter(created_by=None).exists()
    assert taken.missing == ["gone@example.com"]


def _line(contents: dict[str, bytes], **changes: Any) -> None:
    name = "data/crm.customer.ndjson"
    first, *rest = contents[name].splitlines()
    contents[name] = b"\n".join([dumps(json.loads(first) | changes), *rest]) + b"\n"


def _manifest(contents: dict[str, bytes], **changes: Any) -> None:
    manifest = json.loads(contents[MANIFEST])
    manifest["business"] |= changes
    contents[MANIFEST] = json.dumps(manifest).encode()


BROKEN: dict[str, tuple[Callable[[dict[str, bytes]], None], str, str]] = {
    "an unknown field": (
        lambda contents: _line(contents, tenant_id=str(uuid4())),
        "unknown_field",
        "data/crm.customer.ndjson:1",
    ),
    "a value out of its list": (
        lambda contents: _line(contents, stage="king"),
        "refused",
        "data/crm.customer.ndjson:1",
    ),
    "a text too long": (
        lambda contents: _line(contents, business_name="x" * 300),
        "refused",
        "data/crm.customer.ndjson:1",
    ),
    "no id": (lambda contents: _line(contents, id="none"), "refused", "data/crm.customer.ndjson:1"),
    "a NUL": (lambda contents: _line(contents, notes="\0"), "refused", "data/crm.customer.ndjson:1"),
    "a reference to nothing": (
        lambda contents: contents.update({"data/crm.tag.ndjson": b""}),
        "refused",
        "",
    ),
    "no JSON": (
        lambda contents: contents.update({"data/crm.tag.ndjson": b"{\n"}),
        "invalid_json",
        "data/crm.tag.ndjson:1",
    ),
    "a list": (
        lambda contents: contents.update({"data/crm.tag.ndjson": b"[]\n"}),
        "invalid_json",
        "data/crm.tag.ndjson:1",
    ),
    "a currency that is none": (
        lambda contents: _manifest(contents, currency="Euro"),
        "refused",
        "business.json",
    ),
    "half a line": (
        lambda contents: contents.update({"data/crm.tag.ndjson": b'{"id": '}),
        "cut_off",
        "data/crm.tag.ndjson",
    ),
    "a way out of the folder": (
        lambda contents: contents.update({"files/../../../etc/passwd": b""}),
        "unknown_entry",
        "files/../../../etc/passwd",
    ),
}


@pytest.mark.parametrize("what", BROKEN)
def test_what_does_not_fit_is_named_and_nothing_is_kept(in_tenant: InTenant, files: Path, what: str) -> None:
    change, code, place = BROKEN[what]
    with in_tenant("alice"):
        fill()
    archive = rewritten(exported(in_tenant, "alice"), change)
    with pytest.raises(ArchiveError) as refusal, in_tenant("bob"):
        take_in(archive)
    assert (refusal.value.code, refusal.value.place) == (code, place)
    with in_tenant("bob"):
        assert not any(entity.model._base_manager.exists() for entity in entities() if entity.is_record)


@pytest.mark.asvs("5.2.5")
def test_an_archive_with_a_link_is_refused(in_tenant: InTenant, files: Path) -> None:
    archive = archive_with_link(exported(in_tenant, "alice"))
    with pytest.raises(ArchiveError) as refusal, in_tenant("bob"):
        take_in(io.BytesIO(archive))
    assert refusal.value.code == "link_entry"


def test_changed_bytes_are_seen(in_tenant: InTenant, files: Path) -> None:
    with in_tenant("alice"):
        fill()
    with zipfile.ZipFile(io.BytesIO(exported(in_tenant, "alice"))) as source:
        contents = {name: source.read(name) for name in source.namelist()}
    contents["data/crm.tag.ndjson"] = b""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as result:
        for name, content in contents.items():
            result.writestr(name, content)
    target.seek(0)
    with pytest.raises(ArchiveError, match="not what was exported"), in_tenant("bob"):
        take_in(target)


@pytest.mark.parametrize("content", [b"", b"PK", b"\0" * 100])
def test_what_is_no_zip_is_said_to_be_none(in_tenant: InTenant, content: bytes) -> None:
    with in_tenant("bob"), pytest.raises(ArchiveError, match="no zip file"):
        take_in(io.BytesIO(content))


def test_a_foreign_zip_is_told_apart(in_tenant: InTenant) -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as result:
        result.writestr("business.json", '{"format": "another"}')
    target.seek(0)
    with in_tenant("bob"), pytest.raises(ArchiveError, match="not exported from Dott"):
        take_in(target)


def test_the_commands(world: Any, in_tenant: InTenant, files: Path, tmp_path: Path, capsys: Any) -> None:
    with in_tenant("alice"):
        fill()
    path = tmp_path / "bakery.zip"
    call_command("export_business", "bakery", str(path))
    assert "SHA-256" in capsys.readouterr().out
    with pytest.raises(CommandError, match="there already"):
        call_command("export_business", "bakery", str(path))
    with pytest.raises(CommandError, match="no business"):
        call_command("export_business", "nowhere", str(tmp_path / "x.zip"))
    call_command("import_business", str(path), "bikes")
    again = tmp_path / "bikes.zip"
    call_command("export_business", "bikes", str(again))
    assert _data(again) == _data(path)
    with pytest.raises(CommandError, match="empty one"):
        call_command("import_business", str(path), "bikes")


def _data(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as source:
        return {name: source.read(name) for name in source.namelist() if name.startswith("data/")}


def test_uploaded_files_go_along(in_tenant: InTenant, files: Path) -> None:
    with_files = [entity for entity in entities() if entity.has_files]
    for entity in with_files:
        with in_tenant("alice"):
            key = str(factory_for(entity.model).create().file_key)
            path_of(key).parent.mkdir(parents=True, exist_ok=True)
            path_of(key).write_bytes(b"the file itself")
    archive = exported(in_tenant, "alice")
    with in_tenant("bob"):
        take_in(io.BytesIO(archive))
        kept = [path_of(name) for name in _file_names(archive)]
        assert [path.read_bytes() for path in kept] == [b"the file itself"] * len(with_files)


def _file_names(archive: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(archive)) as source:
        return [name.removeprefix("files/") for name in source.namelist() if name.startswith("files/")]


def test_the_whole_is_read_as_of_one_moment(world: Any, in_tenant: InTenant) -> None:
    customers = next(entity.model for entity in entities() if entity.label == "crm.customer")
    proof = token_proof(world["alice"].token)
    with transactions.session(proof, snapshot=True):
        assert customers.objects.count() == 0
        meanwhile = threading.Thread(target=_add_customer, args=(in_tenant, customers))
        meanwhile.start()
        meanwhile.join()
        assert customers.objects.count() == 0
    with in_tenant("alice"):
        assert customers.objects.count() == 1


def _add_customer(in_tenant: InTenant, customers: Any) -> None:
    with in_tenant("alice"):
        factory_for(customers).create()
    connections.close_all()
