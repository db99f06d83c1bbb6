"""What a file is, found by looking at it, and the files that are refused."""

import datetime as dt
import io
import zipfile

import openpyxl
import pytest

from dott.modules.crm.imports import dialect as dialects
from dott.modules.crm.imports.dialect import detect
from dott.modules.crm.imports.errors import ImportFileError
from dott.modules.crm.imports.reader import open_table

TEXT = "Firma;Ort;Straße\nKöhler & Söhne;München;Hauptstraße 5\nZürich AG;Zürich;Bahnhofstr. 1\n"


@pytest.fixture
def write(tmp_path):
    def write(content, name="file.csv"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


def refusal(path):
    with pytest.raises(ImportFileError) as caught:
        open_table(path, detect(path))
    return caught.value.code, caught.value.status


@pytest.mark.parametrize(
    ("codec", "name"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("windows-1252", "windows-1252"),
        ("utf-16", "utf-16-le"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
    ],
)
def test_each_encoding_gives_the_same_text(write, codec, name):
    path = write(TEXT.encode(codec))
    found = detect(path)
    assert (found.encoding, found.delimiter, found.has_header) == (name, ";", True)
    table = open_table(path, found)
    assert table.headers == ["Firma", "Ort", "Straße"]
    assert [record.cells for record in table] == [
        ["Köhler & Söhne", "München", "Hauptstraße 5"],
        ["Zürich AG", "Zürich", "Bahnhofstr. 1"],
    ]


def test_utf16_with_big_endian_mark(write):
    path = write(b"\xfe\xff" + TEXT.encode("utf-16-be"))
    assert detect(path).encoding == "utf-16-be"


def test_an_accent_after_the_sample_still_decides_the_encoding(write):
    rows = b"name,city\n" + b"Acme,Berlin\n" * 100_000 + "Müller,Köln\n".encode("windows-1252")
    path = write(rows)
    assert detect(path).encoding == "windows-1252"
    assert list(open_table(path, detect(path)))[-1].cells == ["Müller", "Köln"]


def test_cyrillic_is_not_taken_for_western_text(write):
    text = "Название;Город\n" + "Ромашка и партнёры;Санкт-Петербург\nБерёзка торговый дом;Москва\n" * 30
    found = detect(write(text.encode("windows-1251")))
    assert (found.encoding, found.delimiter) == ("windows-1251", ";")


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_each_delimiter_is_found(write, delimiter):
    rows = [["name", "city", "note"], ["Acme", "Berlin", "a"], ["Beta", "Rome", "b"]]
    path = write("\r\n".join(delimiter.join(row) for row in rows))
    assert detect(path).delimiter == delimiter
    assert [record.cells for record in open_table(path, detect(path))] == rows[1:]


def test_commas_inside_cells_do_not_win_over_semicolons(write):
    path = write("name;address\nAcme;1, Main St, Floor 2\nBeta;2, High St, Room 4\n")
    assert detect(path).delimiter == ";"


def test_one_column_is_a_table_too(write):
    path = write("email\na@example.com\nb@example.com\n")
    assert open_table(path, detect(path)).headers == ["email"]


def test_excels_separator_line_names_the_delimiter_and_is_not_a_row(write):
    path = write("sep=;\r\nname;city\r\nAcme;Berlin\r\n")
    assert detect(path).delimiter == ";"
    table = open_table(path, detect(path))
    assert (table.headers, [(r.line, r.cells) for r in table]) == (
        ["name", "city"],
        [(3, ["Acme", "Berlin"])],
    )


def test_a_first_row_of_data_is_not_a_header(write):
    path = write("Acme,info@acme.example,030 123456\nBeta,info@beta.example,040 123456\n")
    found = detect(path)
    assert not found.has_header
    table = open_table(path, found)
    assert table.headers == ["Column 1", "Column 2", "Column 3"]
    assert len(list(table)) == 2


def test_null_markers_are_reported(write):
    found = detect(write("name,city\nAcme,NULL\nBeta,\\N\n"))
    assert found.null_markers == ("NULL", "\\N")


@pytest.mark.parametrize(
    ("content", "code", "status"),
    [
        (b"", "empty_file", 400),
        (b"\n \n\n", "empty_file", 400),
        (b"\xef\xbb\xbf", "empty_file", 400),
        (b"name,city\n", "no_rows", 400),
        (b"name,city\n\n,\n", "no_rows", 400),
        (b"name,Name \nA,B\n", "duplicate_header", 400),
        (b"name,,city\nA,B,C\n", "empty_header", 400),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old_excel", 415),
        (b"%PDF-1.7\n...", "binary_file", 415),
        (b"\x89PNG\r\n\x1a\n" + bytes(40), "binary_file", 415),
        (b"name,city\nA\x00B,C\n", "binary_file", 415),
        (b"\x00\x01\x02\x03" * 50, "binary_file", 415),
        (b"<!DOCTYPE html><table><tr><td>a</td></tr></table>", "unsupported_file", 415),
        (b"PK\x03\x04 not really a zip", "broken_workbook", 400),
        (b",".join(b"c%d" % i for i in range(201)) + b"\n" + b"," * 200 + b"x\n", "too_many_columns", 413),
        (b"a" * 1_200_000, "line_too_long", 400),
    ],
)
def test_a_wrong_file_is_refused_by_name(write, content, code, status):
    assert refusal(write(content)) == (code, status)


def test_a_duplicate_header_is_named_with_both_columns(write):
    path = write("email,name,E-Mail,EMAIL\na,b,c,d\n")
    with pytest.raises(ImportFileError, match=r"'EMAIL' stands twice, in columns 1 and 4"):
        open_table(path, detect(path))


def test_a_huge_file_is_refused_without_reading_it(write, monkeypatch):
    monkeypatch.setattr(dialects, "MAX_FILE_BYTES", 10)
    assert refusal(write("name,city\nA,B\n")) == ("file_too_large", 413)


@pytest.mark.asvs("5.2.2")
def test_a_zip_that_is_no_workbook_is_refused(write):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("letter.txt", "hello")
    assert refusal(write(buffer.getvalue())) == ("unsupported_file", 415)


def workbook_bytes(rows, title="Customers"):
    book = openpyxl.Workbook()
    book.active.title = title
    for row in rows:
        book.active.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


@pytest.mark.asvs("5.2.3")
@pytest.mark.parametrize("bomb", ["entries", "size", "shared strings"])
def test_a_workbook_bomb_is_refused_before_it_unpacks(write, bomb):
    buffer = io.BytesIO(workbook_bytes([["name"], ["Acme"]]))
    with zipfile.ZipFile(buffer, "a", zipfile.ZIP_DEFLATED) as archive:
        if bomb == "entries":
            for number in range(2_001):
                archive.writestr(f"xl/media/{number}", b"")
        elif bomb == "size":
            archive.writestr("xl/worksheets/sheet9.xml", bytes(30 * 1024 * 1024))
        else:
            archive.writestr("xl/SharedStrings.xml", bytes(65 * 1024 * 1024))
    assert refusal(write(buffer.getvalue(), "bomb.xlsx")) == ("workbook_too_large", 413)


def test_a_workbook_with_an_entity_bomb_is_refused(write):
    source = io.BytesIO(workbook_bytes([["name"], ["Acme"]]))
    target = io.BytesIO()
    bomb = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for item in old.infolist():
            content = old.read(item)
            if item.filename == "xl/worksheets/sheet1.xml":
                content = (
                    bomb + content.partition(b"?>")[2] if content.startswith(b"<?xml") else bomb + content
                )
            new.writestr(item, content)
    assert refusal(write(target.getvalue())) == ("broken_workbook", 400)


def test_a_workbook_gives_text_as_a_person_sees_it(write):
    rows = [
        ["Name", "PLZ", "Since", "Active", "Rate"],
        ["Acme", 12209, dt.date(2024, 5, 1), True, 1.5],
        [None, None, None, None, None],
        ["Beta", "01307", None, False, None],
    ]
    path = write(workbook_bytes(rows), "stored-without-an-ending")
    found = detect(path)
    assert (found.format, found.sheet, found.sheets, found.encoding) == (
        "xlsx",
        "Customers",
        ("Customers",),
        None,
    )
    assert [(r.line, r.cells, r.issue) for r in open_table(path, found)] == [
        (2, ["Acme", "12209", "2024-05-01", "true", "1.5"], None),
        (4, ["Beta", "01307", "", "false", ""], None),
    ]


def test_a_workbook_row_wider_than_its_header_is_named(write):
    path = write(workbook_bytes([["Name", "City"], ["Acme", "Berlin", "stray"]]), "book.xlsx")
    assert [r.issue for r in open_table(path, detect(path))] == ["too_many_cells"]


def test_a_person_may_choose_another_dialect(write):
    found = detect(write(TEXT))
    changed = found.changed({"encoding": "windows-1252", "has_header": False, "date_order": "dmy"})
    assert (changed.encoding, changed.has_header, changed.date_order) == ("windows-1252", False, "dmy")
    assert dialects.Dialect.from_json(changed.as_json()) == changed


@pytest.mark.parametrize(
    "wanted",
    [{"encoding": "rot13"}, {"delimiter": "x"}, {"sheet": "Other"}, {"format": "xlsx"}, {"colour": 1},
     {"null_markers": ["-"]}, {"has_header": "yes"}],
)  # fmt: skip
def test_an_impossible_dialect_is_refused(write, wanted):
    with pytest.raises(ImportFileError) as caught:
        detect(write(TEXT)).changed(wanted)
    assert caught.value.code == "invalid_dialect"
