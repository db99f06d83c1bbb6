"""Imports over HTTP: every refusal, and who may do what."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from dott.modules.crm.imports import limits, matching
from dott.modules.crm.tests.imports.flow import IMPORTS, NORTHWIND, upload
from dott.platform.jobs.testing import run_queued

pytestmark = [
    pytest.mark.django_db(transaction=True, databases="__all__"),
    pytest.mark.usefixtures("files_dir"),
]


@pytest.mark.parametrize(
    ("content", "status", "code"),
    [
        (b"", 400, "empty_file"),
        (b"name,name\na,b\n", 400, "duplicate_header"),
        (b"name,city\n", 400, "no_rows"),
        (b"%PDF-1.4", 415, "binary_file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 415, "old_excel"),
        (b"a\x00b", 415, "binary_file"),
    ],
)
def test_a_wrong_file_is_a_problem_and_writes_nothing(api_as, files_dir, content, status, code):
    alice = api_as("alice")
    response = upload(alice, content)
    assert (response.status_code, response.json()["code"]) == (status, code)
    assert response["Content-Type"] == "application/problem+json"
    assert response.json()["errors"][0]["pointer"] == "/file"
    assert alice.get(IMPORTS).json()["results"] == []
    assert [path for path in files_dir.rglob("*") if path.is_file()] == []


def test_a_huge_upload_is_refused(api_as, monkeypatch):
    alice = api_as("alice")
    response = alice.post(IMPORTS, {"file": SimpleUploadedFile("a.csv", b"a")}, format="multipart",
                          CONTENT_LENGTH=str(limits.MAX_FILE_BYTES + 100_000))  # fmt: skip
    assert (response.status_code, response.json()["code"]) == (413, "file_too_large")


def test_a_form_without_a_file_or_with_more_is_refused(api_as):
    alice = api_as("alice")
    response = alice.post(IMPORTS, {}, format="multipart")
    assert (response.status_code, response.json()["errors"][0]["pointer"]) == (400, "/file")
    form = {"file": SimpleUploadedFile("a.csv", NORTHWIND), "tenant": "x"}
    assert alice.post(IMPORTS, form, format="multipart").status_code == 400
    assert alice.post(IMPORTS, {"file": "text"}, format="json").status_code == 415


@pytest.mark.parametrize(
    ("changes", "pointer", "code"),
    [
        ({"mapping": {"99": "notes"}}, "/mapping", "unknown_column"),
        ({"mapping": {"x": "notes"}}, "/mapping", "invalid_column"),
        ({"mapping": {"0": "tenant_id"}}, "/mapping", "unknown_field"),
        ({"mapping": {"3": "business_name"}}, "/mapping", "field_mapped_twice"),
        ({"match_keys": ["notes"]}, "/match_keys", "unknown_match_key"),
        ({"default_country": "ZZ"}, "/default_country", "unknown_country"),
        ({"dialect": {"encoding": "rot13"}}, "/dialect", "invalid_dialect"),
        ({"dialect": {"delimiter": ";"}}, None, None),
        ({"mode": "delete"}, "/mode", "invalid_choice"),
        ({"state": "applied"}, "/state", None),
    ],
)
def test_choices_are_checked(api_as, changes, pointer, code):
    alice = api_as("alice")
    job = upload(alice, NORTHWIND).json()
    response = alice.patch(f"{IMPORTS}{job['id']}/", changes, headers={"If-Match": "*"})
    if pointer is None:
        assert response.status_code == 200
        assert len(response.json()["columns"]) == 1
        return
    assert response.status_code == 400
    error = response.json()["errors"][0]
    assert error["pointer"] == pointer
    assert code is None or error["code"] == code
    assert alice.get(f"{IMPORTS}{job['id']}/").json() == job


def test_choices_need_the_current_version(api_as):
    alice = api_as("alice")
    job = upload(alice, NORTHWIND).json()
    address = f"{IMPORTS}{job['id']}/"
    assert alice.patch(address, {"mode": "create"}).status_code == 428
    assert alice.patch(address, {"mode": "create"}, headers={"If-Match": '"77"'}).status_code == 412
    changed = alice.patch(address, {"mode": "create"}, headers={"If-Match": '"1"'})
    assert (changed.status_code, changed.json()["mode"], changed.json()["version"]) == (200, "create", 2)


def test_a_step_out_of_turn_is_a_conflict(api_as):
    alice = api_as("alice")
    address = f"{IMPORTS}{upload(alice, NORTHWIND).json()['id']}/"
    for step in ("apply", "revert"):
        response = alice.post(f"{address}{step}/")
        assert (response.status_code, response.json()["code"]) == (409, "import_busy")
    alice.post(address + "validate/")
    response = alice.post(address + "validate/")
    assert (response.status_code, response.json()["state"]) == (409, "validating")
    run_queued()


def test_while_a_job_works_others_are_told_at_once(api_as, monkeypatch):
    alice, mia = api_as("alice"), api_as("mia")
    address = f"{IMPORTS}{upload(alice, NORTHWIND).json()['id']}/"
    answers = []
    original = matching.mark_duplicates

    def mark_duplicates(*args, **kwargs):
        # The job holds the import's lock now.
        answers.append(mia.patch(address, {"mode": "create"}, headers={"If-Match": "*"}))
        answers.append(mia.post(address + "validate/"))
        answers.append(mia.patch(f"{address}rows/2/", {"is_excluded": True}))
        answers.append(mia.get(address))
        return original(*args, **kwargs)

    monkeypatch.setattr(matching, "mark_duplicates", mark_duplicates)
    alice.post(address + "validate/")
    run_queued()
    assert [answer.status_code for answer in answers] == [409, 409, 409, 200]
    assert answers[3].json()["progress"] == {"phase": "matching", "done": 0, "total": 91}


def test_who_may_do_what(api, api_as):
    alice, mia, vera, bob = (api_as(name) for name in ("alice", "mia", "vera", "bob"))
    job = upload(alice, NORTHWIND).json()
    address = f"{IMPORTS}{job['id']}/"
    alice.post(address + "validate/")
    run_queued()
    assert upload(vera, NORTHWIND).status_code == 403
    assert upload(api, NORTHWIND).status_code == 401
    assert vera.get(address).status_code == 200
    assert vera.post(address + "apply/").status_code == 403
    assert vera.patch(f"{address}rows/2/", {"is_excluded": True}).status_code == 403
    foreign = [
        bob.get(address),
        bob.get(address + "rows/"),
        bob.get(address + "errors/"),
        bob.post(address + "apply/"),
        bob.patch(f"{address}rows/2/", {"is_excluded": True}),
        bob.patch(address, {"mode": "create"}, headers={"If-Match": "*"}),
    ]
    assert [response.status_code for response in foreign] == [404] * 6
    assert bob.get(IMPORTS).json()["results"] == []
    assert mia.post(address + "apply/").status_code == 202
    run_queued()
    assert len(alice.get("/api/crm/customers/?limit=200").json()["results"]) == 91
