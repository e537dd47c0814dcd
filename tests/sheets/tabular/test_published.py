"""Files that others published, each read to the penny without a mapping, and workbooks that are awkward to read."""

import gzip
from dataclasses import replace
from pathlib import Path

import pytest

from fundtracker.domain.refusals import Refusal
from fundtracker.domain.statuses import BatchKind
from fundtracker.sheets.files.sheets import read_sheets
from tests.sheets.tabular.tables import Read, read

_DATA = Path(__file__).parents[2] / "data"
_GRANTS = "trafford/trafford_council_voluntary_sector_grants"


def _file(name: str, kind: BatchKind, **chosen: object) -> Read:
    content = (_DATA / name).read_bytes()
    content = gzip.decompress(content) if name.endswith(".gz") else content
    return read(kind, *read_sheets(content, name.removesuffix(".gz")), **chosen)  # type: ignore[arg-type]  # options


@pytest.mark.parametrize(
    ("name", "kind", "rows", "amount"),
    [
        (f"{_GRANTS}.csv", BatchKind.AWARDS, 555, "£1,291,436.54"),
        (f"{_GRANTS}.json.gz", BatchKind.AWARDS, 555, "£1,291,436.54"),
        ("funders/andrew-lloyd-webber-foundation.xlsx", BatchKind.AWARDS, 475, "£21,757,793.27"),
        ("trafford/trafford-grant-units-2024-25.csv", BatchKind.FINANCE, 49, "£1,728,139.94"),
    ],
)
def test_each_adds_up_to_what_was_published(name: str, kind: BatchKind, rows: int, amount: str) -> None:
    found = _file(name, kind)
    assert found.table.lacks == ""
    assert (len(found.records), len(found.rows)) == (rows, rows)
    assert found.sums() == (amount, amount, "£0.00")
    assert found.says == []


def test_the_two_forms_of_the_grants_state_the_same() -> None:
    csv, json = (_file(f"{_GRANTS}.{form}", BatchKind.AWARDS) for form in ("csv", "json.gz"))
    assert [replace(row, cells=()) for row in csv.rows] == [replace(row, cells=()) for row in json.rows]
    assert len(set(csv.values("organisation_identifier"))) == 323
    assert len(set(csv.values("organisation"))) == 359


def test_a_column_of_dates_and_text_is_all_dates() -> None:
    found = _file("funders/andrew-lloyd-webber-foundation.xlsx", BatchKind.AWARDS)
    assert None not in found.values("awarded_on")
    assert 4_113_377 in found.values("amount")


def test_an_office_s_own_awards_with_a_total_below_them() -> None:
    found = _file("scenario/west-mercia-2020.xlsx", BatchKind.AWARDS)
    assert found.table.sheet == "Awards"
    assert found.sums() == ("£777,286.66", "£388,643.33", "£388,643.33")
    assert set(found.left_out.values()) == {"a blank row", "the sheet’s own total"}


def test_a_return_to_a_funder_is_read_and_says_what_it_lacks() -> None:
    table = _file("reporting-return/PF_Round_2_Success.xlsx", BatchKind.AWARDS).table
    assert (table.sheet, table.header_row) == ("Progress", 21)
    assert "no column is known to be: Organisation" in table.lacks
    assert len(table.other_sheets) == 14


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("any_sheets.xlsx", "No row of headings was found in the sheet “Visible”"),
        ("date_1904.xls", "No row of headings was found in the sheet “Sheet1”"),
        ("date_1904.xlsx", "No row of headings was found in the sheet “Sheet1”"),
        ("no-header.xlsx", "No row of headings was found in the sheet “Feuille 1”"),
        ("pass_protected.xlsx", "protected by a password"),
    ],
)
def test_awkward_workbooks_without_a_table_end_in_one_sentence(name: str, sentence: str) -> None:
    with pytest.raises(Refusal, match=sentence):
        _file(f"awkward-workbooks/{name}", BatchKind.AWARDS)


def test_a_header_in_row_nine_is_found_and_its_one_row_shown() -> None:
    table = _file("awkward-workbooks/header-row.xlsx", BatchKind.AWARDS).table
    assert (table.header_row, table.rows) == (9, 1)
    assert "headings in row 9" in table.lacks


def test_merged_areas_are_reported() -> None:
    table = _file("awkward-workbooks/merged_range.xlsx", BatchKind.AWARDS).table
    assert (table.sheet, table.header_rows, table.rows) == ("Sheet1", (1, 2), 2)
    assert table.notes[0].startswith("2 areas of cells are merged")


@pytest.mark.parametrize("form", ["xls", "xlsx"])
def test_days_counted_from_1904(form: str) -> None:
    columns = {"A": "awarded_on", "B": "amount"}
    found = _file(f"awkward-workbooks/date_1904.{form}", BatchKind.AWARDS, header_row=0, columns=columns)
    assert [str(row.values.get("awarded_on")) for row in found.rows] == ["2021-01-01", "2021-01-02", "None"]
    assert found.says == ["Column A: “10 days, 15:10:10” is not a date. Write it like 12 October 2020."]
