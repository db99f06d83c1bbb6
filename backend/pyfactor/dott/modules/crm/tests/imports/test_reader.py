"""Rows keep their line and their cells, whatever is wrong with them."""

from collections import Counter
from pathlib import Path

import pytest

from dott.modules.crm.imports import reader
from dott.modules.crm.imports.dialect import Dialect, detect
from dott.modules.crm.imports.errors import ImportFileError
from dott.modules.crm.imports.reader import open_table, suggest_cells

DATA = Path(__file__).parent / "data"


def rows_of(tmp_path, text, **dialect):
    path = tmp_path / "rows.csv"
    path.write_text(text, newline="", encoding="utf-8")
    chosen = Dialect(format="csv", encoding="utf-8", delimiter=",", **dialect)
    return [tuple(record) for record in open_table(path, chosen)]


def test_the_real_file_has_91_whole_rows():
    path = DATA / "northwind-customers.csv"
    records = list(open_table(path, detect(path)))
    assert len(records) == 91
    assert {record.issue for record in records} == {None}
    assert (records[0].line, records[-1].line) == (2, 92)


def test_the_ragged_file_names_its_24_broken_rows():
    path = DATA / "northwind-customers-ragged.csv"
    records = list(open_table(path, detect(path)))
    assert Counter(record.issue for record in records) == {None: 67, "too_many_cells": 24}
    assert [r.line for r in records if r.issue] == [
        8, 9, 10, 16, 19, 22, 23, 24, 27, 30, 31, 32, 35, 41, 58, 62, 63, 68, 70, 75, 77, 82, 85, 89,
    ]  # fmt: skip
    first = next(record for record in records if record.issue)
    assert first.cells[4:7] == ["24", " place Kléber", "Strasbourg"]


def test_every_broken_row_of_the_ragged_file_has_a_sound_suggestion():
    broken, whole = DATA / "northwind-customers-ragged.csv", DATA / "northwind-customers.csv"
    right = {r.cells[0]: [c.strip() or "NULL" for c in r.cells] for r in open_table(whole, detect(whole))}
    for record in open_table(broken, detect(broken)):
        if record.issue:
            suggested = suggest_cells(record.cells, 11)
            assert suggested is not None
            assert [c.strip() for c in suggested] == right[record.cells[0]]


def test_nothing_is_suggested_when_the_mark_of_an_unquoted_comma_is_missing():
    assert suggest_cells(["a", "b", "c"], 2) is None
    assert suggest_cells(["a", " b", " c"], 2) is None
    assert suggest_cells(["a", "b"], 3) is None


def test_quoted_commas_quotes_and_line_breaks_stay_inside_their_cell(tmp_path):
    text = 'a,b\r\n"x, ""y""","1\n2"\r\nplain,end'
    assert rows_of(tmp_path, text) == [(2, ['x, "y"', "1\n2"], None), (4, ["plain", "end"], None)]


def test_short_long_and_blank_rows(tmp_path):
    text = "a,b,c\n1,2\n\n , ,\n1,2,3,\n1,2,3\n"
    assert rows_of(tmp_path, text) == [
        (2, ["1", "2"], "too_few_cells"),
        (5, ["1", "2", "3", ""], "too_many_cells"),
        (6, ["1", "2", "3"], None),
    ]


def test_an_unclosed_quote_breaks_its_own_row_and_no_other(tmp_path):
    text = 'a,b\n1,2\n"open,3\n4,5\n6,"7"x\n8,9\n'
    assert rows_of(tmp_path, text) == [
        (2, ["1", "2"], None),
        (3, ['"open', "3"], "broken_quotes"),
        (4, ["4", "5"], None),
        (5, ["6", '"7"x'], "broken_quotes"),
        (6, ["8", "9"], None),
    ]


def test_a_file_of_unclosed_quotes_is_given_up(tmp_path, monkeypatch):
    monkeypatch.setattr(reader, "MAX_BROKEN_QUOTES", 3)
    with pytest.raises(ImportFileError) as caught:
        rows_of(tmp_path, "a,b\n" + '1,"2"x\n' * 10)
    assert caught.value.code == "broken_quotes"


def test_the_number_of_rows_is_bounded(tmp_path, monkeypatch):
    monkeypatch.setattr(reader, "MAX_ROWS", 2)
    with pytest.raises(ImportFileError) as caught:
        rows_of(tmp_path, "a,b\n" + "1,2\n" * 3)
    assert (caught.value.code, caught.value.status) == ("too_many_rows", 413)


def test_a_wrong_encoding_chosen_by_hand_is_said(tmp_path):
    path = tmp_path / "west.csv"
    path.write_bytes("name,city\nMüller,Köln\n".encode("windows-1252"))
    with pytest.raises(ImportFileError) as caught:
        list(open_table(path, Dialect(format="csv", encoding="utf-8", delimiter=",")))
    assert caught.value.code == "wrong_encoding"


def test_lines_end_as_on_any_system(tmp_path):
    for ending in ("\n", "\r\n", "\r"):
        assert rows_of(tmp_path, ending.join(["a,b", "1,2", "3,4"])) == [
            (2, ["1", "2"], None),
            (3, ["3", "4"], None),
        ]
