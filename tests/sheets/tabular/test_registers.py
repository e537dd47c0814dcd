"""Registers as people keep them: pages carried forward, balances, ditto marks, months as sheets, lists under titles."""

import pytest

from fundtracker.domain.statuses import BatchKind
from fundtracker.sheets.reading import Sheet
from fundtracker.sheets.sorts import BLANK, HEADINGS, NOTE, TOTAL, UNITS
from fundtracker.sheets.tabular.leaving import DITTO
from fundtracker.sheets.tabular.task import lines, read_lines
from tests.sheets.tabular.tables import read, sheet, text

CASH_BOOK = "Date|Payee|Cheque no|Amount\n1/4/20|ABC|100|10\n2/4/20|DEF|101|15"


@pytest.mark.parametrize(
    "label", ["Carried forward", "Brought forward", "Balance c/f", "B/fwd", "Balance b/d", "Opening balance", "Balance"]
)
@pytest.mark.parametrize("place", [0, 1])
def test_what_is_carried_from_page_to_page_is_no_record(label: str, place: int) -> None:
    row = ["", "", "", "25"]
    row[place] = label
    found = read(BatchKind.FINANCE, [*text(CASH_BOOK), row, *text("3/4/20|GHI|102|5")])
    assert found.left_out == {4: TOTAL}
    assert found.sums() == ("£55.00", "£30.00", "£25.00")


def test_a_dated_opening_balance_is_no_record_and_what_has_a_number_is_one() -> None:
    dated = read(BatchKind.FINANCE, [*text(CASH_BOOK), ["3/4/20", "Closing balance", "", "25"]])
    assert dated.left_out == {4: TOTAL}
    numbered = read(BatchKind.FINANCE, [*text(CASH_BOOK), ["3/4/20", "Balance", "102", "7"]])
    assert numbered.left_out == {}
    awards = read(BatchKind.AWARDS, text("Organisation|Amount|Award date\nBalance CIC|5|1/4/20\nBalance|7|1/4/20"))
    assert awards.left_out == {}


def test_a_ditto_mark_is_nobodys_name() -> None:
    rows = "Organisation|Amount|Award date\nABC|5|1/4/20\nditto|6|1/4/20\n-do-|7|1/4/20\n''|8|1/4/20\nAs above|9|1/4/20"
    found = read(BatchKind.AWARDS, text(rows))
    assert found.values("organisation") == ["ABC"]
    assert {found.left_out[row] for row in (3, 4, 6)} == {DITTO}
    assert found.sums() == ("£35.00", "£5.00", "£30.00")


def test_a_list_under_a_title_of_its_own_is_taken_and_said() -> None:
    found = read(
        BatchKind.AWARDS,
        text(
            "Organisation|Amount|Award date\nABC|5|1/4/20\nTotal|5|\n\nWithdrawn awards||\n\n"
            "Organisation|Amount|Award date\nDEF|7|1/4/20"
        ),
    )
    assert found.left_out == {3: TOTAL, 4: BLANK, 5: NOTE, 6: BLANK, 7: HEADINGS}
    (says,) = found.says
    assert says.startswith("The headings stand again under “Withdrawn awards”, and the rows below are taken like")


def test_months_as_sheets_are_named_where_one_is_read() -> None:
    months = [sheet(text(f"Spend in {name}\n{CASH_BOOK}"), name=name) for name in ("April", "May", "June")]
    other = sheet(text("Month|Spend\nApril|25"), name="Summary")
    says = (
        "The sheets “May” and “June” have the same headings, and nothing of them is read. Take all such sheets "
        "together, or bring each in by its name."
    )
    assert says in read(BatchKind.FINANCE, *months, other).table.notes
    assert says not in read(BatchKind.FINANCE, months[0], other).table.notes
    (only, *_) = read(BatchKind.FINANCE, *months[:2]).table.notes
    assert only.startswith("The sheet “May” has the same headings, and nothing of it is read.")


def _months(*texts: str) -> list[Sheet]:
    return [sheet(text(one), name=f"Month {number}") for number, one in enumerate(texts, start=4)]


def test_months_as_sheets_are_read_together_where_that_is_asked() -> None:
    april = "Spend in April\nSupplier|Date|Amount\nABC|1/4/20|5\nDEF|2/4/20|7\nTotal||12"
    may = "Supplier|Date|Amount\nABC|1/5/20|-2\nGHI|32/5/20|8"
    turned = "Date|Supplier|Amount\n1/6/20|ABC|4"
    table, rows = read_lines(lines(_months(april, may, turned), {"kind": "finance", "all_sheets": True}))
    read_rows = list(rows)
    assert [(row.sheet, row.row, row.amount, bool(row.left_out)) for row in read_rows] == [
        ("Month 4", 3, 500, False), ("Month 4", 4, 700, False), ("Month 4", 5, 1_200, True),
        ("Month 5", 2, -200, False), ("Month 5", 3, 800, False),
    ]  # fmt: skip
    assert [problem.sheet for problem in read_rows[-1].problems] == ["Month 5"]
    assert (table.sheet, table.rows, table.alike) == ("Month 4", 5, ("Month 5",))
    assert [column.filled for column in table.columns] == [5, 4, 5]
    assert table.notes[0] == "Taken with it, for their headings are the same: “Month 5” (2 rows)."
    assert (
        table.notes[1]
        == "The sheet “Month 6” has the same headings, and nothing of it is read. Bring it in by its name."
    )
    assert [name for name, _ in table.other_sheets] == ["Month 6"]


def test_a_sheet_that_is_chosen_is_read_alone_unless_all_are_asked_for() -> None:
    months = _months(*["Supplier|Date|Amount\nABC|1/4/20|5"] * 3)
    _, alone = read_lines(lines(months, {"kind": "finance", "sheet": "Month 5"}))
    assert [row.sheet for row in alone] == ["Month 5"]
    asked = {"kind": "finance", "sheet": "Month 5", "all_sheets": True, "columns": {"Supplier": "description"}}
    table, every = read_lines(lines(months, asked))
    assert [(row.sheet, row.values["description"]) for row in every] == [
        ("Month 5", "ABC"), ("Month 4", "ABC"), ("Month 6", "ABC"),
    ]  # fmt: skip
    assert table.alike == ("Month 4", "Month 6")


def test_lines_without_a_day_are_said_to_have_none() -> None:
    across = read(BatchKind.FINANCE, text("Supplier|Apr-20|May-20|Total\nABC|100||100\nDEF||25|25"))
    assert any(note.startswith("No column is known to be the date") for note in across.table.notes)
    dated = read(BatchKind.FINANCE, text(CASH_BOOK))
    assert not any(note.startswith("No column") for note in dated.table.notes)


def test_a_count_below_a_list_of_organisations_is_none() -> None:
    found = read(BatchKind.ORGANISATIONS, text("Name of group|Charity no\nABC|1164883\nTotal groups: 2|"))
    assert found.values("organisation") == ["ABC"]


def test_a_decision_on_an_application_is_what_became_of_it() -> None:
    found = read(BatchKind.APPLICATIONS, text("Applicant|Amount requested|Decision\nABC|5|Declined\nDEF|6|Approved"))
    assert found.values("status") == ["Declined", "Approved"]


@pytest.mark.parametrize("numbers", [["1", "2", "3", "4"], [1.0, 2.0, 3.0, 4.0], ["(1)", "(2)", "(3)", "(4)"]])
def test_columns_that_are_numbered_below_their_headings(numbers: list[object]) -> None:
    head, *rows = text(CASH_BOOK)
    found = read(BatchKind.FINANCE, [head, numbers, ["dd/mm/yyyy", "(text)", "", "£"], *rows])
    assert found.left_out == {2: UNITS, 3: UNITS}
    assert found.says == []
    plain = read(BatchKind.FINANCE, [head, *rows, ["3/4/20", "1", "2", "3"]])
    assert plain.left_out == {}


def test_a_sum_that_somebody_signed_is_a_total() -> None:
    assert read(BatchKind.FINANCE, [*text(CASH_BOOK), ["Checked", "", "", "25"]]).left_out == {4: TOTAL}
    assert read(BatchKind.FINANCE, [*text(CASH_BOOK), ["Checked", "", "", "26"]]).left_out == {}
    assert read(BatchKind.FINANCE, [*text(CASH_BOOK), ["3/4/20", "", "", "25"]]).left_out == {}


def test_an_amount_spread_over_the_years_is_asked_about() -> None:
    rows = text(
        "Organisation|Amount awarded|||Award date\n|2019/20|2020/21|2021/22|\nABC|100|200||1/4/20\nDEF||50|5|1/4/20"
    )
    found = read(BatchKind.AWARDS, sheet(rows, merged=[((1, 2), (1, 4))]))
    assert found.table.lacks.startswith("“Amount awarded” stands over columns B to D. Say which of them is the amount")
    chosen = read(BatchKind.AWARDS, sheet(rows, merged=[((1, 2), (1, 4))]), columns={"C": "amount"})
    assert chosen.table.lacks == ""
