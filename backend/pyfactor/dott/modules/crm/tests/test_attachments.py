"""Attachments: what comes in, how it goes out, how much there may be, and when files go for good."""

import hashlib
import threading
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections
from django.utils import timezone

from dott.modules.crm.actions import attachments as attaching
from dott.modules.crm.actions import room
from dott.modules.crm.actions.discard_files import KIND, discard_removed_files
from dott.modules.crm.models import Attachment
from dott.modules.crm.tests.factories import ActivityFactory, CustomerFactory
from dott.platform.files.testing import archive_with_link
from dott.platform.history.record import record
from dott.platform.history.tracked import deletion_of
from dott.platform.jobs.models import Job

URL = "/api/crm/attachments/"
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 20


@pytest.fixture
def folder(settings, tmp_path) -> Path:
    settings.FILES_DIR = tmp_path / "files"
    return settings.FILES_DIR


@pytest.fixture
def alice(api_as, folder):
    return api_as("alice")


@pytest.fixture
def customer(in_tenant):
    with in_tenant("alice"):
        return CustomerFactory()


def upload(client, content=PNG, name="plan.png", **owner):
    form = {"file": SimpleUploadedFile(name, content)} | {key: str(value) for key, value in owner.items()}
    return client.post(URL, form, format="multipart")


def stored(folder):
    return [path for path in folder.rglob("*") if path.is_file()]


@pytest.mark.asvs("5.3.2")
def test_a_file_is_kept_under_an_opaque_name_and_known_by_its_content(alice, customer, folder, world):
    response = upload(alice, name="../../etc/pass\x00wd.html", customer=customer.pk)
    assert response.status_code == 201
    body = response.json()
    assert (body["name"], body["mime"], body["size_bytes"]) == ("passwd.html", "image/png", len(PNG))
    assert body["sha256"] == hashlib.sha256(PNG).hexdigest()
    assert (body["customer"], body["activity"], body["created_by_name"]) == (str(customer.pk), None, "Alice")
    (path,) = stored(folder)
    assert path.parent == folder / str(world.bakery)
    assert path.read_bytes() == PNG
    assert "passwd" not in path.name
    listed = alice.get(f"{URL}?customer={customer.pk}").json()["results"]
    assert [row["id"] for row in listed] == [body["id"]]


@pytest.mark.asvs("1.3.4", "3.2.1", "5.3.1", "5.4.2")
def test_it_comes_back_to_be_saved_and_nothing_else(alice, customer):
    page = b"<html><script>alert(1)</script>"
    made = upload(alice, page, "Größe.html", customer=customer.pk).json()
    assert made["mime"] == "text/html"
    response = alice.get(f"{URL}{made['id']}/download/")
    assert b"".join(response.streaming_content) == page
    assert response["Content-Type"] == "application/octet-stream"
    assert response["Content-Disposition"].startswith("attachment; filename*=utf-8''Gr%C3%B6%C3%9Fe.html")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    assert response["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("owners", [{}, {"customer": 1, "activity": 1}])
def test_it_belongs_to_exactly_one_record(alice, in_tenant, folder, owners):
    with in_tenant("alice"):
        activity = ActivityFactory()
    ids = {"customer": activity.customer_id, "activity": activity.pk}
    response = upload(alice, **{name: ids[name] for name in owners})
    assert response.status_code == 400
    assert {error["code"] for error in response.json()["errors"]} == {"attachment_belongs_to_one_record"}
    assert stored(folder) == []


def test_a_foreign_record_is_as_unknown_as_a_random_one(alice, in_tenant, folder):
    with in_tenant("bob"):
        foreign = CustomerFactory()
    answers = [upload(alice, customer=id_).json()["errors"] for id_ in (foreign.pk, uuid4())]
    assert answers[0] == answers[1]
    assert answers[0][0]["pointer"] == "/customer"
    assert stored(folder) == []


def test_a_foreign_file_cannot_be_downloaded(alice, customer, api_as):
    made = upload(alice, customer=customer.pk).json()
    assert api_as("bob").get(f"{URL}{made['id']}/download/").status_code == 404


@pytest.mark.asvs("5.2.1")
@pytest.mark.parametrize(
    ("content", "status", "code"),
    [(b"", 400, "empty_file"), (b"x" * 11, 413, "file_too_large")],
)
def test_too_little_and_too_much_is_refused(alice, customer, folder, monkeypatch, content, status, code):
    monkeypatch.setattr(attaching, "MAX_BYTES", 10)
    response = upload(alice, content, customer=customer.pk)
    assert (response.status_code, response.json()["code"]) == (status, code)
    assert response.json()["errors"][0]["pointer"] == "/file"
    assert stored(folder) == []


@pytest.mark.asvs("5.2.5")
def test_an_archive_with_a_link_is_refused(alice, customer, folder):
    response = upload(alice, archive_with_link(), "pictures.zip", customer=customer.pk)
    assert (response.status_code, response.json()["code"]) == (400, "link_in_archive")
    assert response.json()["errors"][0]["pointer"] == "/file"
    assert stored(folder) == []


def test_a_huge_upload_is_refused_before_it_is_read(alice, customer):
    form = {"file": SimpleUploadedFile("a", b"a"), "customer": str(customer.pk)}
    length = str(attaching.MAX_BYTES + 100_000)
    response = alice.post(URL, form, format="multipart", CONTENT_LENGTH=length)
    assert (response.status_code, response.json()["code"]) == (413, "file_too_large")


def test_only_the_name_can_be_changed(alice, customer):
    made = upload(alice, customer=customer.pk).json()
    address = f"{URL}{made['id']}/"
    renamed = alice.patch(address, {"name": "a/b.png"}, headers={"If-Match": '"1"'})
    assert renamed.json()["name"] == "b.png"
    assert alice.patch(address, {"mime": "text/html"}, headers={"If-Match": "*"}).status_code == 400


def test_the_trash_keeps_the_file_and_gives_it_to_nobody(alice, customer, folder):
    made = upload(alice, customer=customer.pk).json()
    assert alice.delete(f"{URL}{made['id']}/", headers={"If-Match": "*"}).status_code == 204
    assert alice.get(f"{URL}{made['id']}/download/").status_code == 404
    assert len(stored(folder)) == 1
    assert alice.post(f"{URL}{made['id']}/restore/").status_code == 200
    assert alice.get(f"{URL}{made['id']}/download/").status_code == 200


def test_the_file_goes_after_its_row_and_no_other(alice, customer, folder, in_tenant):
    gone, kept = (upload(alice, customer=customer.pk).json() for _ in range(2))
    begin = timezone.now() - timedelta(minutes=1)
    with in_tenant("alice"):
        assert discard_removed_files(since=begin) == 0
        row = Attachment.objects.get(pk=gone["id"])
        entry = deletion_of(row)
        row.delete()
        record(changes=[entry])
        key = str(Attachment.objects.get(pk=kept["id"]).file_key)
        assert discard_removed_files(since=timezone.now() + timedelta(minutes=1)) == 0
        assert len(stored(folder)) == 2
        assert discard_removed_files(since=begin) == 1
    assert [path.name for path in stored(folder)] == [key]


def test_removed_files_are_looked_at_by_one_job_of_a_business(alice, customer, in_tenant):
    for _ in range(2):
        upload(alice, customer=customer.pk)
    with in_tenant("alice"):
        assert Job.objects.filter(kind=KIND, state="queued").count() == 1


# --- quota -------------------------------------------------------------------------------------------


@pytest.fixture
def one_may_have_all(monkeypatch):
    monkeypatch.setattr(room, "MEMBER_SHARE", 1)


def test_a_full_business_takes_no_more(alice, customer, settings, folder, one_may_have_all):
    settings.FILES_QUOTA_BYTES = len(PNG) + 5
    assert upload(alice, customer=customer.pk).status_code == 201
    response = upload(alice, customer=customer.pk)
    assert (response.status_code, response.json()["code"]) == (409, "quota_exceeded")
    assert response.json()["free_bytes"] == 5
    assert len(stored(folder)) == 1


@pytest.mark.asvs("5.2.4")
def test_a_member_leaves_room_for_the_others(alice, api_as, customer, settings, folder):
    settings.FILES_QUOTA_BYTES = 2 * len(PNG)
    assert upload(alice, customer=customer.pk).status_code == 201
    refused = upload(alice, customer=customer.pk)
    assert (refused.status_code, refused.json()["code"]) == (409, "quota_exceeded")
    assert refused.json()["free_bytes"] < len(PNG)
    assert upload(api_as("mia"), customer=customer.pk).status_code == 201


@pytest.mark.asvs("5.2.4")
def test_a_member_has_so_many_files_and_no_more(alice, api_as, customer, folder, monkeypatch):
    monkeypatch.setattr(room, "MEMBER_MAX_FILES", 2)
    statuses = [upload(alice, customer=customer.pk).status_code for _ in range(3)]
    assert statuses == [201, 201, 409]
    assert upload(api_as("mia"), customer=customer.pk).status_code == 201
    assert len(stored(folder)) == 3


@pytest.mark.asvs("5.2.4")
def test_imports_take_of_the_same_room(alice, customer, settings, folder, one_may_have_all):
    table = b"Name,Email\nMill,info@mill.example\n"
    settings.FILES_QUOTA_BYTES = len(table) + 5

    def bring() -> Any:
        form = {"file": SimpleUploadedFile("customers.csv", table)}
        return alice.post("/api/crm/imports/", form, format="multipart")

    assert bring().status_code == 201
    refused = bring()
    assert (refused.status_code, refused.json()["code"]) == (409, "quota_exceeded")
    assert refused.json()["errors"][0]["pointer"] == "/file"
    assert upload(alice, customer=customer.pk).status_code == 409
    assert len(stored(folder)) == 1


@pytest.mark.asvs("2.3.4", "15.4.2")
@pytest.mark.django_db(transaction=True, databases="__all__")
def test_two_uploads_at_once_do_not_share_the_last_room(api_as, folder, customer, settings, one_may_have_all):
    settings.FILES_QUOTA_BYTES = len(PNG) + 5
    barrier, statuses = threading.Barrier(2), []

    def send() -> None:
        client = api_as("alice")
        barrier.wait()
        try:
            statuses.append(upload(client, customer=customer.pk).status_code)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=send) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(statuses) == [201, 409]
    assert len(stored(folder)) == 1
