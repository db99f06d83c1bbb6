"""vCards 2.1, 3.0 and 4.0 become rows; what cannot be read is named and never dropped."""

import pytest

from dott.modules.crm.imports import vcard
from dott.modules.crm.imports.dialect import detect
from dott.modules.crm.imports.errors import ImportFileError
from dott.modules.crm.imports.reader import open_table
from dott.modules.crm.imports.vcard import unescaped
from dott.modules.crm.imports.vcard_rows import HEADERS
from dott.modules.crm.tests.imports.flow import DATA

CARDS = (DATA / "cards.vcf").read_bytes()


def records(tmp_path, text):
    path = tmp_path / "cards.vcf"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    dialect = detect(path)
    assert dialect.format == "vcf"
    return list(open_table(path, dialect))


def cells(record):
    return {header: cell for header, cell in zip(HEADERS, record.cells, strict=True) if cell}


def card(*lines, version="3.0"):
    return "\r\n".join(["BEGIN:VCARD", f"VERSION:{version}", *lines, "END:VCARD", ""])


def test_a_card_of_version_3(tmp_path):
    maria = records(tmp_path, CARDS)[0]
    assert (maria.line, maria.issue) == (1, None)
    assert cells(maria) == {
        "Name prefix": "Dr.",
        "First name": "Maria",
        "Last name": "Anders",
        "Organisation": "Alfreds Futterkiste",
        "Department": "Einkauf",
        "Job title": "Sales Representative",
        "E-mail": "maria@alfreds.example",
        "Other e-mails": "maria@home.example (home)",
        "Phone": "+49 171 2345678",
        "Other phones": "030 0074321 (work)",
        "Fax": "030 0076545 (fax, work)",
        "Street": "Obere Str. 57",
        "Street 2": "Hinterhaus",
        "City": "Berlin",
        "Postal code": "12209",
        "Country": "Germany",
        "Website": "http://www.alfreds.example",
        "Birthday": "1971-04-02",
        "Categories": "Kunden, Berlin",
        "Note": "Pays late, but pays; always\nCalls on Mondays",
        "UID": "urn:uuid:4fbe8971-0bc3-424c-9c26-36c3e1eff6b1",
        "Other details": "IMPP: skype:maria.anders (home)",
    }


def test_a_company_of_version_4(tmp_path):
    company = records(tmp_path, CARDS)[1]
    assert (company.line, cells(company)) == (
        26,
        {
            "Organisation": "Berglunds snabbköp",
            "E-mail": "order@berglunds.example",
            "Other e-mails": "info@berglunds.example",
            "Phone": "+46-921-123465 ext. 12",
            "Street": "Berguvsvägen 8",
            "City": "Luleå",
            "Postal code": "S-958 22",
            "Country": "Sweden",
        },
    )


def test_quoted_printable_in_two_charsets(tmp_path):
    guillermo = records(tmp_path, CARDS)[2]
    assert (guillermo.line, cells(guillermo)) == (
        35,
        {
            "First name": "Guillermo",
            "Last name": "Fernández",
            "Phone": "+52 55 5552 3392",
            "Street": "Cerrito 333",
            "Street 2": "3. piso",
            "City": "México D.F.",
            "Postal code": "05022",
            "Country": "Mexico",
        },
    )


def test_escapes_stand_for_themselves():
    assert unescaped(r"a\, b\; c\\n d\ne\Nf\: g") == "a, b; c\\n d\ne\nf: g"
    assert vcard.split(r"a\;b;c\\;d", ";") == [r"a\;b", r"c\\", "d"]


def test_a_formatted_name_that_says_more_is_kept(tmp_path):
    one, two = records(tmp_path, card("N:Ashworth;Victoria", "FN:Vicky A.") + card("FN:Patricio Simpson"))
    assert cells(one)["Other details"] == "Formatted name: Vicky A."
    assert cells(two) == {"Formatted name": "Patricio Simpson"}


def test_the_label_of_a_group_names_the_number(tmp_path):
    (row,) = records(
        tmp_path,
        card("FN:A B", "TEL:+49301", "item1.TEL:+49302", "item1.X-ABLabel:Ferienhaus"),
    )
    assert cells(row)["Other phones"] == "+49302 (Ferienhaus)"


@pytest.mark.parametrize(
    ("text", "issue", "kept"),
    [
        (card("FN:A B", "this is no line"), "broken_card", "this is no line"),
        (
            card("FN;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:=FF=FE"),
            "broken_card",
            "FN;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:=FF=FE",
        ),
        (card("FN;ENCODING=QUOTED-PRINTABLE;CHARSET=x-none:=41"), "broken_card",
         "FN;ENCODING=QUOTED-PRINTABLE;CHARSET=x-none:=41"),
        (card("FN:A B", version="9.9"), "unknown_version", ""),
        ("BEGIN:VCARD\nVERSION:3.0\nFN:A B\n", "unclosed_card", ""),
    ],
)  # fmt: skip
def test_a_card_that_cannot_be_read_is_named_and_disturbs_no_other(tmp_path, text, issue, kept):
    first, second = records(tmp_path, text + card("FN:C D"))
    assert (first.line, first.issue, cells(first).get("Other details", "")) == (1, issue, kept)
    assert (second.issue, cells(second)) == (None, {"Formatted name": "C D"})


def test_text_between_cards_is_a_row_in_error(tmp_path):
    rows = records(tmp_path, card("FN:A B") + "hello\n" + card("FN:C D"))
    assert [(row.line, row.issue, cells(row).get("Other details")) for row in rows] == [
        (1, None, None), (5, "broken_card", "hello"), (6, None, None),
    ]  # fmt: skip


def test_a_picture_on_one_long_line_is_passed_over(tmp_path, monkeypatch):
    monkeypatch.setattr(vcard, "MAX_LINE_CHARS", 100)
    long = "A" * 250
    folded = "PHOTO;ENCODING=b:" + "\r\n ".join(["A" * 60] * 5)
    (row,) = records(tmp_path, card("FN:A B", f"PHOTO:data:image/png;base64,{long}", folded, "NOTE:x"))
    assert cells(row) == {"Formatted name": "A B", "Note": "x"}
    for lines in ([f"NOTE:{long}"], ["NOTE:" + "\r\n ".join(["A" * 60] * 5)]):
        with pytest.raises(ImportFileError) as caught:
            records(tmp_path, card("FN:A B", *lines))
        assert (caught.value.code, caught.value.detail[:6]) == ("line_too_long", "Line 4")


def test_a_card_in_an_old_encoding(tmp_path):
    (row,) = records(tmp_path, card("N:Müller;Jürgen", "FN:Jürgen Müller").encode("windows-1252"))
    assert cells(row)["Last name"] == "Müller"


@pytest.mark.django_db(transaction=True, databases="__all__")
def test_cards_come_in_and_again_change_nothing(alice):
    job = alice.bring_in(CARDS, default_country="DE")
    assert (job.state, job.layout, job.match_keys, job.counts["create"]) == (
        "applied", "vcard", ["external_id", "email"], 3,
    )  # fmt: skip
    customers = {row["display_name"]: row for row in alice.customers().values()}
    assert sorted(customers) == ["Alfreds Futterkiste", "Berglunds snabbköp", "Guillermo Fernández"]
    maria = customers["Alfreds Futterkiste"]
    assert (maria["kind"], maria["first_name"], maria["phone"], maria["billing_country"]) == (
        "business", "Maria", "+491712345678", "DE",
    )  # fmt: skip
    assert "Other phones: 030 0074321 (work)" in maria["notes"].splitlines()
    assert customers["Berglunds snabbköp"]["phone_extension"] == "12"
    assert customers["Guillermo Fernández"]["kind"] == "person"
    again = alice.validate(alice.upload(CARDS, default_country="DE"))
    assert (again.counts["unchanged"], again.counts["create"]) == (2, 1)


@pytest.mark.django_db(transaction=True, databases="__all__")
def test_a_broken_card_can_be_mended(alice):
    job = alice.validate(alice.upload(card("FN:A B", "nonsense") + card("FN:C D")))
    assert (job.counts["error"], job.counts["create"]) == (1, 1)
    (row,) = alice.rows(job.id, action="error")
    assert (row.line, row.errors[0]["code"]) == (1, "broken_card")
    assert "Other details" in row.errors[0]["detail"]
    assert alice.edit(job.id, 1, cells=row.cells).action == "create"
