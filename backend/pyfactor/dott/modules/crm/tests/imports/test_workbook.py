"""What spreadsheet programs write, and what people write to break the reader."""

import io
import zipfile

import pytest

from dott.modules.crm.imports.errors import ImportFileError
from dott.modules.crm.imports.sheet_xml import column_index
from dott.modules.crm.imports.workbook import read_sheet, sheet_names
from dott.platform.files.testing import archive_with_link

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
RELS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


@pytest.fixture
def write(tmp_path):
    def write(sheet, *, strings="", styles="", workbook=None, namespace=MAIN, target="worksheets/sheet1.xml"):
        """A workbook of one sheet from the inner XML of its parts; its path."""
        wrapped = f'<worksheet xmlns="{namespace}"><sheetData>{sheet}</sheetData></worksheet>'
        parts = {
            "[Content_Types].xml": "<Types/>",
            "xl/workbook.xml": workbook
            or f'<workbook xmlns="{namespace}" xmlns:r="{RELS}"><sheets>'
            '<sheet name="Data" sheetId="1" r:id="rId1"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": f'<Relationships><Relationship Id="rId1" Type="{RELS}/worksheet" '
            f'Target="{target}"/></Relationships>',
            "xl/worksheets/sheet1.xml": sheet if "worksheet" in sheet else wrapped,
        }
        if strings:
            parts["xl/sharedStrings.xml"] = strings
        if styles:
            parts["xl/styles.xml"] = f'<styleSheet xmlns="{namespace}">{styles}</styleSheet>'
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in parts.items():
                archive.writestr(name, content)
        path = tmp_path / "stored"
        path.write_bytes(buffer.getvalue())
        return path

    return write


def rows(path):
    (sheet,) = sheet_names(path)
    return list(read_sheet(path, sheet))


def test_texts_numbers_truths_errors_and_formulas(write):
    path = write(
        '<row r="3"><c r="A3" t="inlineStr"><is><t>Acme</t></is></c><c r="B3"><v>12209</v></c>'
        '<c r="C3"><v>4.93012345678E+11</v></c><c r="D3"><v>0.10000000000000001</v></c>'
        '<c r="E3" t="b"><v>1</v></c><c r="F3" t="e"><v>#N/A</v></c>'
        '<c r="G3" t="str"><f>A3&amp;"!"</f><v>Acme!</v></c></row>'
    )
    assert rows(path) == [(3, ["Acme", "12209", "493012345678", "0.1", "true", "#N/A", "Acme!"])]


def test_shared_strings_with_runs_phonetics_and_escapes(write):
    strings = (
        f'<sst xmlns="{MAIN}"><si><t>plain</t></si><si><r><t>two </t></r><r><t>runs</t></r></si>'
        '<si><t>東京</t><rPh sb="0" eb="2"><t>トウキョウ</t></rPh></si><si><t>a_x000A_b</t></si><si/></sst>'
    )
    cells = "".join(f'<c t="s"><v>{index}</v></c>' for index in (1, 0, 2, 3, 4, 0))
    assert rows(write(f"<row>{cells}</row>", strings=strings)) == [
        (1, ["two runs", "plain", "東京", "a\nb", "", "plain"])
    ]


@pytest.mark.parametrize(("flag", "day"), [("", "2027-12-31"), ('<workbookPr date1904="1"/>', "2032-01-01")])
def test_dates_by_format_and_calendar(write, flag, day):
    workbook = (
        f'<workbook xmlns="{MAIN}" xmlns:r="{RELS}">{flag}<sheets>'
        '<sheet name="Data" r:id="rId1"/></sheets></workbook>'
    )
    styles = (
        '<numFmts><numFmt numFmtId="164" formatCode="dd\\.mm\\.yyyy"/>'
        '<numFmt numFmtId="165" formatCode="0.00 &quot;days&quot;"/></numFmts>'
        '<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>'
        '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="165"/></cellXfs>'
    )
    cells = "".join(f'<c s="{style}"><v>46752</v></c>' for style in range(4)) + '<c s="1"><v>46752.5</v></c>'
    path = write(f"<row>{cells}</row>", styles=styles, workbook=workbook)
    assert rows(path) == [(1, ["46752", day, day, "46752", f"{day} 12:00:00"])]


def test_gaps_blank_rows_and_missing_references(write):
    path = write(
        '<row r="2"><c r="B2" t="str"><v>b</v></c><c r="D2" t="str"><v>d</v></c><c t="str"><v> </v></c></row>'
        '<row r="5"><c r="A5" s="0"/></row><row><c t="str"><v>x</v></c><c t="str"><v>y</v></c></row>'
    )
    assert rows(path) == [(2, ["", "b", "", "d"]), (6, ["x", "y"])]


def test_any_prefix_and_the_strict_namespace(write):
    sheet = (
        f'<x:worksheet xmlns:x="{STRICT}"><x:sheetData><x:row r="1"><x:c r="A1" t="str"><x:v>ok</x:v></x:c>'
        "</x:row></x:sheetData></x:worksheet>"
    )
    assert rows(write(sheet, namespace=STRICT, target="/xl/worksheets/sheet1.xml")) == [(1, ["ok"])]


def test_hidden_sheets_are_not_offered(write):
    workbook = (
        f'<workbook xmlns="{MAIN}" xmlns:r="{RELS}"><sheets>'
        '<sheet name="Data" state="hidden" r:id="rId1"/></sheets></workbook>'
    )
    with pytest.raises(ImportFileError, match="no visible sheet"):
        sheet_names(write("", workbook=workbook))


def test_a_far_reference_cannot_widen_a_row(write):
    path = write('<row r="1"><c r="A1" t="str"><v>a</v></c><c r="XFD1" t="str"><v>z</v></c></row>')
    ((_, cells),) = rows(path)
    assert (len(cells), cells[0], cells[-1]) == (201, "a", "z")
    assert [column_index(reference) for reference in ("A1", "Z9", "AA1", "XFD1048576")] == [0, 25, 26, 16383]


@pytest.mark.parametrize(
    "parts",
    [
        {"sheet": '<row><c t="s"><v>0</v></c></row>'},
        {
            "sheet": '<row><c t="s"><v>7</v></c></row>',
            "strings": f'<sst xmlns="{MAIN}"><si><t>a</t></si></sst>',
        },
        {"sheet": '<row><c t="s"><v>0</v></c></row>', "strings": '<!DOCTYPE x [<!ENTITY a "b">]><sst/>'},
        {"sheet": f'<!DOCTYPE worksheet []><worksheet xmlns="{MAIN}"/>'},
        {"sheet": "<row><c><v>one</v></c></row>"},
        {"sheet": "<row><c>"},
        {"sheet": "", "target": "worksheets/nowhere.xml"},
    ],
)
def test_a_broken_part_is_a_broken_workbook(write, parts):
    with pytest.raises(ImportFileError) as caught:
        rows(write(**parts))
    assert (caught.value.code, caught.value.status) == ("broken_workbook", 400)


@pytest.mark.asvs("5.2.5")
def test_a_workbook_with_a_link_is_refused(write):
    path = write("<row><c><v>1</v></c></row>")
    path.write_bytes(archive_with_link(path.read_bytes()))
    with pytest.raises(ImportFileError) as caught:
        rows(path)
    assert (caught.value.code, caught.value.status) == ("link_in_archive", 400)
