"""What a file is, by its bytes alone, and 360Giving data among them."""

import json
from datetime import date, timedelta
from pathlib import Path

import pytest

from fundtracker.sheets.files.sheets import read_sheets
from fundtracker.sheets.unsafe import WorkbookRefusedError

AWKWARD = Path(__file__).parents[2] / "data" / "awkward-workbooks"


@pytest.mark.parametrize("name", ["date_1904.xls", "date_1904.xlsx"])
def test_dates_count_from_1904_where_the_workbook_says_so(name: str) -> None:
    (sheet,) = read_sheets((AWKWARD / name).read_bytes(), name)
    assert [row[0] for row in sheet.rows] == [
        date(2021, 1, 1), date(2021, 1, 2), timedelta(days=10, hours=15, minutes=10, seconds=10)
    ]  # fmt: skip


def test_rows_and_columns_keep_their_places() -> None:
    (sheet,) = read_sheets((AWKWARD / "header-row.xlsx").read_bytes(), "")
    assert (sheet.first_row, sheet.rows[0][2], len(sheet.rows)) == (3, "Note 1", 8)


def test_sheets_say_what_is_merged_and_which_are_hidden() -> None:
    first, second = read_sheets((AWKWARD / "merged_range.xlsx").read_bytes(), "")
    assert (len(first.merged), len(second.merged)) == (9, 6)
    shown = {sheet.name: sheet.visible for sheet in read_sheets((AWKWARD / "any_sheets.xlsx").read_bytes(), "")}
    assert shown == {"Visible": True, "Hidden": False, "VeryHidden": False}


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ((AWKWARD / "pass_protected.xlsx").read_bytes(), "is protected by a password"),
        ((AWKWARD / "date_1904.xls").read_bytes()[:4000], "is cut short: its end is missing"),
        ((AWKWARD / "date_1904.xlsx").read_bytes()[:4000], "is cut short: its end is missing"),
        (b"  \r\n\0\0", "is empty"),
        (b"{\\rtf1 Payments}", "is a text document"),
        (b"\x89PNG\r\n\x1a\n", "is a picture"),
        (b"\x1f\x8b\x08", "is a compressed file"),
        (b"<?xml?><Workbook xmlns='urn:schemas-microsoft-com:office:spreadsheet'/>", "spreadsheet of 2003"),
        ("<html><table/></html>".encode("utf-16"), "is a web page"),
        (b'{"name": "A"}', "holds no list of grants"),
        (b'{"grants": [1]}', "holds no list of grants"),
        (b'{"grants": [', "is damaged or cut short"),
    ],
)  # fmt: skip
def test_says_what_it_is_instead(content: bytes, says: str) -> None:
    with pytest.raises(WorkbookRefusedError, match=says):
        read_sheets(content, "awards.xlsx")


def test_a_grant_is_a_row_under_the_titles_of_the_standard() -> None:
    grants = [
        {"id": "360G-x-1", "amountAwarded": 41133.77, "fromOpenCall": "Yes", "plannedDates": [{"duration": 12}]},
        {
            "id": "360G-x-2", "amountAwarded": 810, "recipientOrganization": [{"id": "GB-CHC-1", "postalCode": "WR1"}],
            "beneficiaryLocation": [{"name": "Worcester"}, {"name": "Malvern"}], "classifications": [], "url": None,
        },
    ]  # fmt: skip
    (sheet,) = read_sheets(json.dumps({"grants": grants}).encode(), "grants.json")
    first, second = (dict(zip(sheet.rows[0], row, strict=True)) for row in sheet.rows[1:])
    assert (sheet.name, first) == ("grants", {
        "Identifier": "360G-x-1", "Amount Awarded": 41133.77, "From An Open Call?": "Yes",
        "Planned Dates:Duration (months)": 12.0, "Recipient Org:Identifier": "", "Recipient Org:Postal Code": "",
        "Beneficiary Location:Name": "", "Beneficiary Location 2:Name": "",
    })  # fmt: skip
    assert {title: cell for title, cell in second.items() if cell != ""} == {
        "Identifier": "360G-x-2", "Amount Awarded": 810.0, "Recipient Org:Identifier": "GB-CHC-1",
        "Recipient Org:Postal Code": "WR1", "Beneficiary Location:Name": "Worcester",
        "Beneficiary Location 2:Name": "Malvern",
    }  # fmt: skip
