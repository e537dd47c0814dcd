"""Where the table stands: under titles and debris, in one sheet of several, with headings in two rows, or nowhere."""

from datetime import date, datetime

import pytest

from fundtracker.domain.statuses import BatchKind
from fundtracker.sheets.reading import Sheet
from fundtracker.sheets.tabular.finding import NoTableError
from fundtracker.sheets.tabular.given import MappingNotUnderstoodError
from tests.sheets.tabular.tables import Rows, read, sheet, text

_NOTHING = [None, None, None]
_GRANTS = text("Organisation|Amount awarded|Award date\nABC|5|01/02/2024")
_LINES = text("Supplier|Amount|Date\nABC|5|01/04/2024")


def test_headings_in_row_19_under_titles_notes_a_total_and_blank_rows() -> None:
    debris = [
        ["The Office of the Commissioner"], _NOTHING, ["Report run", datetime(2024, 1, 2, 3, 4), None],  # noqa: DTZ001 - a cell is in no zone
        ["Notes: amounts exclude VAT"], ["Total awarded", None, 300.0], *[_NOTHING] * 13,
    ]  # fmt: skip
    table = [["Recipient", "Award date", "Amount awarded (£)"], ["ABC", date(2024, 1, 2), 100.0]]
    found = read(BatchKind.AWARDS, [*debris, *table])
    assert found.table.header_row == 19
    assert [row.row for row in found.records] == [20]
    assert found.table.why == "3 of its headings are the usual ones."


def test_headings_far_down_a_sheet_whose_first_cells_are_empty() -> None:
    found = read(BatchKind.AWARDS, sheet(_GRANTS, first_row=210))
    assert (found.table.header_row, found.records[0].row) == (210, 211)


def test_a_small_table_above_the_real_one_is_not_taken_for_it() -> None:
    top = text("Supplier|Amount\nABC|10\nDEF|6\n|")
    lines = text("Supplier|Amount|Payment date|Voucher number\nABC|10|01/04/2024|1\nDEF|6|01/04/2024|2")
    found = read(BatchKind.FINANCE, [*top, *lines])
    assert found.table.header_row == 5


def test_two_rows_of_headings_of_which_the_upper_groups_the_lower() -> None:
    found = read(
        BatchKind.AWARDS,
        text(
            "Organisation|Requested||Awarded||\n|Amount|Date|Amount|Date|Notes\n"
            "ABC|100|01/01/2024|90|01/02/2024|x\nDEF|200|01/01/2024|190|01/02/2024|"
        ),
    )
    assert found.table.header_rows == (1, 2)
    assert found.fields["Requested Amount"] == "asked_for"
    assert (found.fields["Awarded Amount"], found.fields["Awarded Date"]) == ("amount", "awarded_on")
    assert found.sums()[1] == "£280.00"


def test_headings_that_go_on_in_the_row_below() -> None:
    found = read(BatchKind.AWARDS, text("Name of|Grant|Date of\norganisation|awarded|award\nABC|100|01/02/2024"))
    assert found.table.header_rows == (1, 2)
    assert found.fields == {
        "Name of organisation": "organisation", "Grant awarded": "amount", "Date of award": "awarded_on",
    }  # fmt: skip


def test_headings_merged_down_over_two_rows() -> None:
    rows = [["Organisation", "Amount"], [None, None], ["ABC", 5.0]]
    found = read(BatchKind.AWARDS, sheet(rows, merged=[((1, 1), (2, 1)), ((1, 2), (2, 2))]))
    assert (found.table.header_row, len(found.rows)) == (2, 1)


def test_the_fullest_visible_sheet_is_taken_and_the_others_are_named() -> None:
    found = read(
        BatchKind.AWARDS,
        sheet(text("Organisation|Amount\nABC|5"), name="Old", visible=False),
        sheet([], name="Chart data"),
        sheet([*text("For the board||"), *_GRANTS], name="Summary"),
        sheet(_GRANTS, name="2024"),
        sheet(text("Read me first"), name="Guidance"),
    )
    assert found.table.sheet == "2024"
    assert found.table.other_sheets == (
        ("Old", "it is hidden, and its headings, in row 1, name 2 of the fields"),
        ("Chart data", "it is empty"),
        ("Summary", "its headings, in row 2, name 3 of the fields"),
        ("Guidance", "it has no row of headings"),
    )


def test_the_first_of_equal_sheets_is_taken_and_said_to_be() -> None:
    months = [sheet(_LINES, name=name) for name in ("April", "May", "June")]
    found = read(BatchKind.FINANCE, *months)
    assert found.table.sheet == "April"
    assert "first of 3 such sheets" in found.table.why
    assert read(BatchKind.FINANCE, *months, named="may").table.sheet == "May"


def test_a_hidden_sheet_is_taken_only_by_name() -> None:
    hidden = sheet(_GRANTS, name="Secret", visible=False)
    with pytest.raises(NoTableError, match="Only the hidden sheet “Secret” has a table, with its headings in row 1"):
        read(BatchKind.AWARDS, hidden)
    assert read(BatchKind.AWARDS, hidden, named="Secret").sums()[1] == "£5.00"


@pytest.mark.parametrize(
    ("sheets", "words"),
    [
        ([sheet([]), sheet([], name="B")], "Nothing stands in any sheet"),
        ([sheet([["a", 0.0], ["b", 1.0]])], "No row of headings was found in the sheet “Sheet1”"),
        ([sheet([[1.0, 2.0]]), sheet([[3.0]], name="B")], "in any of its 2 sheets"),
        ([sheet([[date(2021, 1, 1), 15.0]])], "such as Organisation, Amount awarded and Award date"),
    ],
)
def test_a_file_without_a_table_is_refused_in_one_sentence(sheets: list[Sheet | Rows], words: str) -> None:
    with pytest.raises(NoTableError, match=words):
        read(BatchKind.AWARDS, *sheets)


def test_headings_that_are_not_known_are_shown_and_asked_about() -> None:
    found = read(
        BatchKind.AWARDS, [["Note 1"], _NOTHING, ["Columns", "Column A", "Column B"], ["put data here", 1.0, 2.0]]
    )
    assert found.table.header_row == 3
    assert found.table.lacks == (
        "The sheet “Sheet1” was read with its headings in row 3 (“Columns”, “Column A”, “Column B”), and no column is "
        "known to be: Organisation. Say which column it is, or choose another sheet or row."
    )


def test_another_row_of_headings_can_be_chosen() -> None:
    two = [*_GRANTS, _NOTHING, *text("Organisation|Amount awarded|Award date\nDEF|6|01/03/2024")]
    assert read(BatchKind.AWARDS, two, header_row=4).values("organisation") == ["DEF"]
    with pytest.raises(NoTableError, match="Row 40 is outside the rows"):
        read(BatchKind.AWARDS, two, header_row=40)


def test_rows_without_headings_are_read_by_the_letters_of_their_columns() -> None:
    rows = [["ABC", date(2024, 1, 1), 5.0], ["DEF", date(2024, 1, 2), 6.0]]
    found = read(BatchKind.FINANCE, rows, header_row=0, columns={"A": "payee", "B": "on_date", "C": "amount"})
    assert [row.row for row in found.records] == [1, 2]
    assert found.sums()[1] == "£11.00"


def test_a_sheet_that_is_not_there_is_refused_with_those_that_are() -> None:
    with pytest.raises(NoTableError, match="no sheet called “June” in this file"):
        read(BatchKind.FINANCE, _LINES, named="June")


@pytest.mark.parametrize(
    ("columns", "words"),
    [
        ({"Whom": "payee"}, "There is no column “Whom”. The columns are: “Supplier”, “Amount”, “Date”"),
        ({"Supplier": "payer"}, "There is no field “payer”. The fields are: account, amount"),
        ({"Supplier": "payee", "B": "payee"}, "Two columns cannot both be payee"),
        ({"Supplier": "payee", "A": "description"}, "Column A cannot be two fields"),
    ],
)
def test_a_mapping_that_cannot_be_is_refused(columns: dict[str, str], words: str) -> None:
    with pytest.raises(MappingNotUnderstoodError, match=words):
        read(BatchKind.FINANCE, _LINES, columns=columns)


def test_what_a_person_says_of_columns_goes_before_what_is_guessed() -> None:
    found = read(BatchKind.FINANCE, text("Who|When|How much|Amount\nABC|01/02/2024|5|9"), columns={
        "who": "payee", "C": "amount", "Amount": "", "When": "on_date",
    })  # fmt: skip
    assert found.fields == {"Who": "payee", "When": "on_date", "How much": "amount"}
    assert found.sums()[1] == "£5.00"


def test_hidden_rows_and_merged_areas_are_told() -> None:
    found = read(BatchKind.AWARDS, sheet(_GRANTS, hidden=[2], merged=[((2, 1), (2, 2))]))
    assert found.table.notes == (
        "A hidden row is read like the rows that can be seen.",
        "An area of cells is merged: words and dates in them count for each of their rows, amounts only for the first.",
    )
