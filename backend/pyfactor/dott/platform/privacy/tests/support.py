"""A person who stands everywhere in a business, and a search for her in every table and file of it."""

import re
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections

from dott.platform.tenancy.fields import is_tenant_model
from dott.platform.tenancy.router import APP

EMAIL = "jane.canary@example.com"
OLD_EMAIL = "jane.old@example.com"
PHONE = "+4930123456789"
FIRST, LAST = "Janecanary", "Doecanary"
NAME = f"{FIRST} {LAST}"
# Whatever of her could be left: her names, numbers and addresses in any case.
CANARIES = re.compile(rb"canary|jane\.old|30123456789|30 ?123 ?456", re.IGNORECASE)
SUBJECT = {"emails": [EMAIL], "phones": [PHONE], "names": [NAME]}

CUSTOMERS, CONTACTS, ACTIVITIES = "/api/crm/customers/", "/api/crm/contacts/", "/api/crm/activities/"
FIND, ERASURES, HANDOVERS = "/api/privacy/find/", "/api/privacy/erasures/", "/api/privacy/handovers/"
PASS = "/api/tenants/current/privacy-pass/"


def made(response: Any) -> Any:
    """The body of an answer that must be a success."""
    assert response.status_code in (200, 201, 202), response.content
    return response.json()


def change(client: Any, path: str, values: dict[str, Any]) -> Any:
    """A PATCH of whatever version is there."""
    return made(client.patch(path, values, headers={"If-Match": "*"}))


def a_pass(client: Any) -> str:
    """For a session that was proved lately."""
    return str(made(client.post(PASS))["pass"])


def spread(client: Any) -> dict[str, Any]:
    """Jane Doe as a contact and as a customer, and wherever else she could stand. Ids by name."""
    contact = made(
        client.post(
            CONTACTS,
            {
                "first_name": FIRST,
                "last_name": LAST,
                "email": OLD_EMAIL,
                "phone": PHONE,
                "notes": f"{NAME} smokes",
            },
            headers={"Idempotency-Key": "made-jane"},
        )
    )["id"]
    change(client, f"{CONTACTS}{contact}/", {"email": EMAIL, "birthday": "1980-02-29"})
    person = made(
        client.post(
            CUSTOMERS, {"kind": "person", "first_name": FIRST, "last_name": LAST, "email": EMAIL.upper()}
        )
    )["id"]
    other = made(client.post(CUSTOMERS, {"kind": "business", "business_name": "Bystander Ltd"}))["id"]
    deleted = made(client.post(ACTIVITIES, {"kind": "task", "subject": f"Ring {NAME}", "contact": contact}))[
        "id"
    ]
    client.delete(f"{ACTIVITIES}{deleted}/", headers={"If-Match": "*"})
    made(client.post(ACTIVITIES, {"kind": "task", "subject": "About her", "body": "she", "contact": contact}))
    mention = made(
        client.post(
            ACTIVITIES,
            {
                "kind": "call",
                "subject": f"{LAST}, {FIRST} called",
                "body": f"Write to {EMAIL} or ring 030 123 456 789",
                "customer": other,
            },
        )
    )["id"]
    upload = SimpleUploadedFile("jane canary.txt", f"all about {NAME}".encode())
    made(client.post("/api/crm/attachments/", {"file": upload, "contact": contact}, format="multipart"))
    rows = f"Name,Email\nBystander,b@example.com\n{NAME},{EMAIL}\n".encode()
    file = SimpleUploadedFile("janecanary doecanary.csv", rows)
    imported = made(client.post("/api/crm/imports/", {"file": file}, format="multipart"))["id"]
    made(client.post("/api/crm/tags/", {"name": f"for {NAME}"}))
    view = {"entity": "customer", "name": "hers", "search": EMAIL}
    made(client.post("/api/crm/views/", view))
    return {
        "contact": contact, "person": person, "other": other, "mention": mention, "deleted": deleted,
        "import": imported,
    }  # fmt: skip


def chosen(jane: dict[str, Any]) -> dict[str, Any]:
    """Both of her records, and what she is known by."""
    records = [
        {"entity": "crm.contact", "id": jane["contact"]},
        {"entity": "crm.customer", "id": jane["person"]},
    ]
    return SUBJECT | {"records": records}


def left_of_her() -> list[str]:
    """Where in the active business a canary is: `table.column` of each, and each file. By SQL, past the
    ORM."""
    found = []
    with connections[APP].cursor() as cursor:
        for model in apps.get_models():
            if not is_tenant_model(model):
                continue
            table = model._meta.db_table
            cursor.execute(f"SELECT * FROM {table}")
            names = [column.name for column in cursor.description]
            for row in cursor.fetchall():
                found += [
                    f"{table}.{name}"
                    for name, value in zip(names, row, strict=True)
                    if CANARIES.search(_bytes(value))
                ]
    for path in Path(settings.FILES_DIR).rglob("*"):
        if path.is_file() and (CANARIES.search(path.read_bytes()) or CANARIES.search(path.name.encode())):
            found.append(f"file {path.name}")
    return sorted(set(found))


def _bytes(value: Any) -> bytes:
    return bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()
