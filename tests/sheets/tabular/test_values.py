"""What a cell states: exact pence, a day, an identifier with its noughts, or a problem in words with its place."""

from datetime import date, datetime, time, timedelta

import pytest

from fundtracker.domain.money_in_files import FileAmountError, amount_in_file
from fundtracker.domain.statuses import BatchKind
from fundtracker.services.bringing.fields import field_named
from fundtracker.sheets.tabular.blocks import shown_cells
from fundtracker.sheets.tabular.values import ColumnReader
from tests.sheets.tabular.tables import read, sheet, text

_NOON = datetime(2024, 1, 2, 12)  # noqa: DTZ001 - a cell is in no zone


def _read(field: str, *cells: object) -> tuple[list[object], dict[int, str]]:
    values = ColumnReader(field_named(field)).read(cells)  # type: ignore[arg-type]  # cells, and what is none
    return values.values, values.faults


def test_a_column_of_numbers_with_the_noise_of_sums() -> None:
    values, faults = _read("amount", 41133.770000000004, 0.1 + 0.2, -810.5, 10.005, 1e300, float("nan"), -0.0, 1e10)
    assert values == [4_113_377, 30, -81_050, None, None, None, 0, 1_000_000_000_000]
    assert list(faults) == [3, 4, 5]
    assert "parts of a penny" in faults[3]


def test_numbers_text_and_what_is_not_stated_in_one_column() -> None:
    values, faults = _read(
        "amount", 5, 5.5, "£1,064", "1064.50", "-810", "(810)", "5 CR", "1.5k", "TBC", "n/a", "", "€5", True
    )
    assert values == [500, 550, 106_400, 106_450, -81_000, -81_000, -500, 150_000, None, None, None, None, None]
    assert {place: "currency" in says for place, says in faults.items()} == {11: True, 12: False}


@pytest.mark.parametrize(
    "text_", ["", ".", "-", "5.", "1.5", ".50", "007", "1,5", "--5", "12.345", "-0.01", "٣", "1" * 12]
)
def test_the_quick_way_reads_what_the_careful_way_reads(text_: str) -> None:
    values, faults = _read("amount", text_)
    if faults:
        with pytest.raises(FileAmountError):
            amount_in_file(text_)
    else:
        assert values == [amount_in_file(text_)]


def test_real_dates_text_dates_and_numbers_of_days_in_one_column() -> None:
    values, faults = _read(
        "on_date", date(2020, 4, 3), "03/04/20", "3-Apr-20", "2020-04-03T00:00:00Z", 43924.0, "43924", "TBC"
    )
    assert values == [date(2020, 4, 3)] * 6 + [None]
    values, faults = _read("on_date", _NOON, time(1, 2), timedelta(10), "31/02/2020", date(1904, 1, 1))
    assert values == [date(2024, 1, 2), None, None, None, None]
    assert list(faults) == [1, 2, 3, 4]
    assert "29 February" not in faults[3]
    assert "does not exist" in faults[3]


def test_company_numbers_get_back_the_noughts_they_lost() -> None:
    values, _ = _read(
        "company_number", 1234567.0, "1234567", "445790", "07962245", "SC123456", "sc 123456", "n/a", 12.0
    )
    assert values == ["01234567", "01234567", "00445790", "07962245", "SC123456", "SC123456", None, "12"]


def test_identifiers_that_a_program_took_for_numbers() -> None:
    values, faults = _read("charity_number", 1146179.0, "1146179.0", "SC 025599", "1146179-1", "13-3458820")
    assert values == ["1146179", "1146179", "SC025599", "1146179-1", "13-3458820"]
    values, faults = _read("invoice_number", 12345.0, "12345.0", "INV 1.0", "1.23E+11", "0012", "1.5")
    assert values == ["12345", "12345", "INV 1.0", None, "0012", "1.5"]
    assert "shortened by Excel" in faults[3]


def test_names_are_one_line_and_not_longer_than_the_books_keep() -> None:
    values, faults = _read(
        "organisation", "Friends of\nBrookside", "  St  John’s ", "King's", 3663.0, "x" * 401, "\x01", "n/a"
    )
    assert values == ["Friends of Brookside", "St John’s", "King's", "3663", None, None, None]
    assert list(faults) == [4, 5]


def test_problems_say_where_the_cell_is() -> None:
    found = read(
        BatchKind.AWARDS, text("Organisation|Amount awarded (£)|Award date\nA|10.005|01/02/2024\nB|5|31/02/2024")
    )
    assert [(p.sheet, p.row, p.column) for row in found.rows for p in row.problems] == [
        ("Sheet1", 2, "B"),
        ("Sheet1", 3, "C"),
    ]
    assert (
        found.says[0] == "Amount awarded (£) (column B): “10.005” has parts of a penny. Round it to pounds and pence."
    )
    assert found.left_out == {2: "its amount cannot be read", 3: "its date cannot be read"}


def test_formulas_without_a_result_and_error_cells_are_problems_not_blanks() -> None:
    found = read(
        BatchKind.AWARDS,
        sheet(
            [["Organisation", "Amount", "Start date"], ["A", "", ""], ["B", 5.0, ""], ["Total", "", ""]],
            faults={(2, 2): "holds a formula with no stored result", (3, 3): "holds the error #REF!",
                    (4, 2): "holds a formula with no stored result"},
        ),
    )  # fmt: skip
    assert found.left_out == {2: "its amount cannot be read", 4: "the sheet’s own total"}
    assert [says.split(": ", 1)[1].split(".")[0] for says in found.says] == [
        "holds a formula with no stored result", "holds the error #REF!", "holds a formula with no stored result",
    ]  # fmt: skip


def test_a_merged_amount_belongs_to_the_first_row_and_merged_words_to_all() -> None:
    rows = [
        ["Organisation", "Amount", "Purpose", "Award date"],
        ["A", 500.0, "x", date(2024, 1, 1)],
        ["B"],
        ["C"],
        ["D", 7.0, "y"],
    ]
    found = read(BatchKind.AWARDS, sheet(rows, merged=[((2, 2), (4, 2)), ((2, 3), (3, 3)), ((2, 4), (5, 4))]))
    assert set(found.left_out) == {3, 4}
    assert found.left_out[3] == "its amount is merged with that of another row"
    assert "merged with row 2 above" in found.says[0]
    assert found.values("awarded_on") == [date(2024, 1, 1)] * 2
    assert found.sums() == ("£507.00", "£507.00", "£0.00")


@pytest.mark.parametrize(
    ("currency", "taken"), [("GBP", 1), ("£", 1), ("Pounds Sterling", 1), ("", 1), ("EUR", 0), ("USD", 0)]
)
def test_rows_in_another_currency_are_left_out_and_said(currency: str, taken: int) -> None:
    found = read(BatchKind.AWARDS, text(f"Organisation|Amount|Currency\nA|5|{currency}"))
    assert len(found.records) == taken
    assert (found.says == []) == bool(taken)
    assert found.sums()[0] == "£5.00"


def test_what_was_met_in_one_block_is_read_alike_in_the_next() -> None:
    reader = ColumnReader(field_named("organisation"))
    blocks = (("ABC", "ABC", ""), ("ABC", "n/a", "  DEF "), ("ABC", 12.0, ""), ("ABC", "GHI", "GHI"), ("GHI", "é", "–"))
    found = [reader.read(cells).values for cells in blocks]
    assert found == [
        ["ABC", "ABC", None], ["ABC", None, "DEF"], ["ABC", "12", None], ["ABC", "GHI", "GHI"], ["GHI", "é", None],
    ]  # fmt: skip


def test_an_address_comes_in_one_piece() -> None:
    found = read(
        BatchKind.ORGANISATIONS, text("Organisation|Street Address|City|County|Postcode\nA|1 High St|Malvern||WR14 1AA")
    )
    assert found.values("address") == ["1 High St, Malvern, WR14 1AA"]


def test_cells_are_kept_as_a_person_sees_them() -> None:
    assert shown_cells([date(2024, 1, 2), date(2024, 1, 2)]) == ["02/01/2024", "02/01/2024"]
    assert shown_cells([15000.0, 0.5, "x"]) == ["15000", "0.5", "x"]
    assert shown_cells([15000.0, 41133.770000000004, 1e20]) == ["15000", "41133.770000000004", "100000000000000000000"]
    assert shown_cells([date(2024, 1, 2), _NOON, True, 1.0, time(1, 2), ""]) == [
        "02/01/2024", "02/01/2024 12:00", "Yes", "1", "01:02:00", "",
    ]  # fmt: skip


def test_short_rows_are_filled_up() -> None:
    found = read(BatchKind.AWARDS, [["Organisation", "Amount", "Notes"], ["ABC", 5.0], ["DEF", 6.0, "x", "stray"], []])
    assert found.values("notes") == [None, "x"]
    assert found.rows[1].cells == ("DEF", "6", "x", "stray")
