"""`manage.py import_customers`."""

import io

import pytest
from django.core.management import CommandError, call_command

from dott.modules.crm.tests.imports.flow import DATA

pytestmark = pytest.mark.django_db(transaction=True, databases="__all__")


def run(*args):
    out, err = io.StringIO(), io.StringIO()
    call_command("import_customers", *args, stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def test_northwind_from_the_command_line(alice, bob):
    out, err = run(str(DATA / "northwind-customers.csv"), "--tenant", "bakery")
    assert "  ContactName → contact_name" in out
    assert "91 rows: 91 create, 43 warning" in out
    assert out.endswith("Applied: 91 created, 0 updated.\n")
    assert err == ""
    assert (len(alice.customers()), len(bob.customers())) == (91, 0)
    out, _ = run(str(DATA / "northwind-customers.csv"), "--tenant", "bakery")
    assert "91 rows: 91 unchanged" in out


def test_a_dry_run_names_broken_rows_and_writes_nothing(alice):
    out, err = run(str(DATA / "northwind-customers-ragged.csv"), "--tenant", "bakery", "--dry-run")
    assert "67 create, 24 error" in out
    assert err.splitlines()[0] == "line 8: The row has 12 cells but the header has 11."
    assert err.splitlines()[-1] == "and 4 more rows in error"
    assert alice.customers() == {}


@pytest.mark.parametrize(
    ("content", "tenant", "sentence"),
    [
        ("a,a\n1,2\n", "bakery", "The header 'a' stands twice"),
        ("name\nA\n", "nobody", "no business with the slug 'nobody'"),
        (None, "bakery", "There is no file"),
    ],
)
def test_what_will_not_do_is_said(alice, tmp_path, content, tenant, sentence):
    path = tmp_path / "file.csv"
    if content is not None:
        path.write_text(content)
    with pytest.raises(CommandError, match=sentence):
        run(str(path), "--tenant", tenant)
    assert alice.customers() == {}
