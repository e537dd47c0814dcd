"""Rows that are no records: blank, totals by word and by arithmetic, headings again, notes, another table."""

from datetime import date

import pytest

from fundtracker.domain.statuses import BatchKind
from fundtracker.sheets.sorts import BLANK, HEADINGS, NOTE, TOTAL, UNITS, UNUSED
from fundtracker.sheets.tabular.rows import ALONE, SECOND
from tests.sheets.tabular.tables import read, text


@pytest.mark.parametrize(
    "label",
    [
        "Total", "TOTAL:", "Grand Total", "Sub-total", "Subtotal", "Totals", "Sum", "Total (£)", "Total spend",
        "Total for April 2024", "Total payments over £500 in 2020/21", "Overall total", "Roads Total", "Total awarded",
    ],
)  # fmt: skip
def test_a_total_is_known_by_its_words_even_where_it_is_wrong(label: str) -> None:
    found = read(
        BatchKind.AWARDS, text(f"Organisation|Amount|Award date\nABC|100|01/02/2024\nDEF|50|01/02/2024\n{label}|149|")
    )
    assert found.left_out == {4: TOTAL}
    assert found.sums() == ("£299.00", "£150.00", "£149.00")


def test_the_word_may_stand_in_any_column() -> None:
    for place in range(3):
        cells = ["", "", "", "150"]
        cells[place] = "Total"
        found = read(
            BatchKind.FINANCE,
            [*text("Directorate|Date|Supplier|Amount\nx|01/02/2024|ABC|100\nx|01/02/2024|D|50"), cells],
        )
        assert found.left_out == {4: TOTAL}


def test_organisations_called_total_are_kept() -> None:
    found = read(
        BatchKind.AWARDS,
        text("Organisation|Amount\nTotal Care Ltd|100\nDEF|50\nTotal Fitness CIC|70\nTotal Ltd|5\nTotal|225"),
    )
    assert found.values("organisation") == ["Total Care Ltd", "DEF", "Total Fitness CIC", "Total Ltd"]
    found = read(BatchKind.FINANCE, text("Supplier|Amount|Date|Ref no\nABC|5|01/02/2024|1\nTotal|5|01/02/2024|2"))
    assert len(found.records) == 2


def test_subtotals_in_the_middle_and_a_grand_total_at_the_end() -> None:
    found = read(
        BatchKind.AWARDS,
        text(
            "Fund|Organisation|Grant amount\nRoads|ABC|100\nRoads|DEF|50\nRoads Total||150\n"
            "Covid|GHI|25\nCovid Total||25\nGrand Total||175"
        ),
    )
    assert found.left_out == {4: TOTAL, 6: TOTAL, 7: TOTAL}
    assert found.sums()[1] == "£175.00"


def test_a_total_without_a_word_is_known_by_its_figure() -> None:
    rows = [
        ["Supplier", "Date", "Amount", "Number"],
        ["ABC", date(2024, 1, 1), 5.0, 1.0],
        ["D", date(2024, 1, 1), 6.0, 2.0],
    ]
    assert read(BatchKind.FINANCE, [*rows, ["", "", 11.0, ""]]).left_out == {4: TOTAL}
    assert read(BatchKind.FINANCE, [*rows, ["", "", 12.0, ""]]).left_out == {4: ALONE}


def test_a_record_that_happens_to_equal_what_stands_above_it_is_kept() -> None:
    found = read(
        BatchKind.AWARDS, text("Organisation|Amount|Award date\nA|5|01/02/2024\nB|5|01/02/2024\nC|10|01/02/2024")
    )
    assert len(found.records) == 3


def test_redacted_and_missing_payees_are_kept_as_they_are_written() -> None:
    found = read(
        BatchKind.FINANCE,
        text("Supplier|Date|Amount|Ref\nREDACTED PERSONAL DATA|01/02/2024|5|1\n|01/02/2024|5|2\n*****|01/02/2024|5|3"),
    )
    assert found.values("payee") == ["REDACTED PERSONAL DATA", None, "*****"]


def test_blank_rows_between_and_spaces_that_are_nothing() -> None:
    found = read(BatchKind.AWARDS, text("Organisation|Amount\nABC|5\n|\nDEF|6\n| \nGHI|7"))
    assert found.left_out == {3: BLANK, 5: BLANK}


def test_headings_again_page_numbers_and_notes() -> None:
    found = read(
        BatchKind.PAYMENTS,
        text(
            "Payee|Amount|Date paid|Award ref\nABC|100|01/02/2024|A-1\nPage 1 of 2|||\n"
            "Payee|Amount|Date paid|Award ref\n"
            "DEF|200|01/02/2024|A-2\n|||\nNote: amounts are net|||"
        ),
    )
    assert found.left_out == {3: NOTE, 4: HEADINGS, 6: BLANK, 7: NOTE}
    assert found.says == []


def test_headings_again_in_slightly_other_words() -> None:
    found = read(
        BatchKind.AWARDS,
        text(
            "Organisation|Amount|Award date\nABC|5|01/02/2024\n\n"
            "Name of organisation|Amount (£)|Date awarded\nDEF|6|01/03/2024"
        ),
    )
    assert found.left_out == {3: BLANK, 4: HEADINGS}


def test_another_table_below_is_left_out_to_its_end() -> None:
    found = read(
        BatchKind.AWARDS,
        text(
            "Organisation|Amount awarded|Award date\nABC|100|01/02/2024\nDEF|200|01/02/2024\nTotal|300|\n\n"
            "Area|Number of awards|Amount\nNorth|1|100\n\nSouth|1|200"
        ),
    )
    assert found.left_out == {4: TOTAL, 5: BLANK, 6: SECOND, 7: SECOND, 8: BLANK, 9: SECOND}
    assert found.fields["Award date"] == "awarded_on"
    assert found.table.rows == len(found.rows) == 8


def test_a_row_that_says_what_columns_are_written_in() -> None:
    found = read(BatchKind.AWARDS, text("Organisation|Amount|Date\n|£|dd/mm/yyyy\nABC|5|01/02/2024"))
    assert found.left_out == {2: UNITS}


def test_names_of_groups_between_the_rows() -> None:
    found = read(
        BatchKind.AWARDS,
        text("Organisation|Amount|Award date\nSafer Roads||\nABC|5|01/02/2024\nCovid||\nDEF|6|02/02/2024"),
    )
    assert found.left_out == {2: NOTE, 4: NOTE}


def test_what_stands_beside_the_table_and_formulas_copied_too_far() -> None:
    rows = [["Organisation", "Amount", ""], ["ABC", 5.0, ""], ["", "", "checked"], ["", 0.0, ""]]
    assert read(BatchKind.AWARDS, rows).left_out == {3: UNUSED, 4: UNUSED}


def test_rows_that_are_alike_are_all_kept() -> None:
    found = read(BatchKind.FINANCE, text("Supplier|Amount|Date\n" + "ABC|5|01/02/2024\n" * 3))
    assert len(found.records) == 3


def test_organisations_have_no_amounts_and_their_notes_stand_at_the_end() -> None:
    found = read(BatchKind.ORGANISATIONS, text("Organisation\nABC\nDEF\n\nSource: Charity Commission\nTotal"))
    assert found.values("organisation") == ["ABC", "DEF"]
    assert found.left_out == {4: BLANK, 5: NOTE, 6: TOTAL}


def test_rows_are_read_alike_across_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = text(
        "Organisation|Amount|Award date\nABC|1|01/02/2024\nDEF|2|01/02/2024\n|3|\nGHI|4|01/02/2024\nTotal|7|\n\n"
        "Area|Amount|Awards\nN|1|2\nS|2|3"
    )
    whole = read(BatchKind.AWARDS, rows)
    monkeypatch.setattr("fundtracker.sheets.tabular.exact.AT_ONCE", 2 * 3)  # two rows of three columns
    assert read(BatchKind.AWARDS, rows).rows == whole.rows
    assert whole.left_out == {4: TOTAL, 6: TOTAL, 7: BLANK, 8: SECOND, 9: SECOND, 10: SECOND}


def test_rows_read_are_rows_taken_and_rows_left_out() -> None:
    lines = ["A|5|01/02/2024|GBP", "B||01/02/2024|GBP", "C|x|01/02/2024|", "D|7|1/2/24|EUR", "|"]
    found = read(BatchKind.FINANCE, text("\n".join(["Supplier|Amount|Date|Currency", *lines])))
    assert len(found.rows) == found.table.rows == 5
    assert found.sums() == ("£12.00", "£5.00", "£7.00")
