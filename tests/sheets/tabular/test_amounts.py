"""Finance lines: net or gross from whichever columns there are, credits below zero, split invoices kept."""

from datetime import date

import pytest

from fundtracker.domain.money import pounds
from fundtracker.domain.statuses import AmountBasis, BatchKind
from tests.sheets.tabular.tables import read, text

_ALL = "Payee|Date|Net Amount|VAT|Total Inc VAT\nA|1/4/24|100.00|20.00|120.00\nB|1/4/24|(5.00)||(5.00)"


def _amounts(table: str, basis: AmountBasis | None = None) -> list[str]:
    return [pounds(row.amount or 0) for row in read(BatchKind.FINANCE, text(table), basis=basis).records]


@pytest.mark.parametrize(
    ("table", "net", "gross"),
    [
        (_ALL, ["£100.00", "−£5.00"], ["£120.00", "−£5.00"]),
        ("Payee|Net|VAT\nA|100|20\nB|100|", ["£100.00", "£100.00"], ["£120.00", "£100.00"]),
        ("Payee|Gross|VAT\nA|120|20\nB|100|", ["£100.00", "£100.00"], ["£120.00", "£100.00"]),
        ("Payee|Amount|VAT\nA|100|20\nB|-50|-10", ["£100.00", "−£50.00"], ["£120.00", "−£60.00"]),
        ("Payee|Amount|Net\nA|120|100", ["£100.00"], ["£120.00"]),
        ("Payee|Amount|Gross\nA|100|120", ["£100.00"], ["£120.00"]),
        ("Payee|Amount\nA|100", ["£100.00"], ["£100.00"]),
        ("Payee|Total Inc VAT\nA|120", ["£120.00"], ["£120.00"]),
        ("Payee|Amount exc. VAT (£)|Amount inc. VAT (£)\nA|100|120", ["£100.00"], ["£120.00"]),
    ],
)
def test_net_and_gross(table: str, net: list[str], gross: list[str]) -> None:
    assert _amounts(table, AmountBasis.NET) == net
    assert _amounts(table, AmountBasis.GROSS) == gross


def test_what_is_taken_is_said() -> None:
    assert "Net is taken" in read(BatchKind.FINANCE, text(_ALL)).table.notes[0]
    one = read(BatchKind.FINANCE, text("Payee|Date|Total Inc VAT\nA|1/4/24|120"), basis=AmountBasis.NET).table
    assert one.notes == ("There is one column of amounts, so it is taken, though net was chosen.",)
    assert read(BatchKind.FINANCE, text(_ALL), basis=AmountBasis.GROSS).table.basis is AmountBasis.GROSS


def test_irrecoverable_vat_is_not_added_to_what_holds_it() -> None:
    assert _amounts("Payee|Amount|IrrecoverableVATAmount\nA|120|20", AmountBasis.GROSS) == ["£120.00"]


def test_the_ways_of_writing_a_credit() -> None:
    assert _amounts("Payee|Amount\nA|100.00-\nB|(1,000.00)\nC|-5\nD|7.00 CR\nE|£-\nF|8.00 DR") == [
        "−£100.00", "−£1,000.00", "−£5.00", "−£7.00", "£0.00", "£8.00",
    ]  # fmt: skip


def test_a_column_that_marks_credits() -> None:
    lines = "Payee|Amount|D/C\nA|100|D\nB|40|C\nC|10|D"
    found = read(BatchKind.FINANCE, text(lines))
    assert _amounts(lines) == ["£100.00", "−£40.00", "£10.00"]
    assert found.table.notes[-1] == "A row is marked as a credit and is taken below zero."
    assert [row.values["amount"] for row in found.records] == [10_000, -4_000, 1_000]


def test_credits_that_are_below_zero_already_stay_as_they_are() -> None:
    assert _amounts("Payee|Amount|INV/CRN\nA|100|INV\nB|-40|CRN") == ["£100.00", "−£40.00"]


def test_credits_of_both_signs_are_taken_as_written_and_said() -> None:
    lines = "Payee|Amount|INV/CRN\nA|100|INV\nB|-40|CRN\nC|5|CRN"
    assert _amounts(lines) == ["£100.00", "−£40.00", "£5.00"]
    assert "some are below zero and some above" in read(BatchKind.FINANCE, text(lines)).table.notes[-1]


def test_debits_and_credits_in_two_columns() -> None:
    assert _amounts("Date|Narrative|Debit|Credit\n1/4/24|Grant|100|\n2/4/24|Refund||40") == ["£100.00", "−£40.00"]


def test_an_invoice_split_over_lines_is_its_lines() -> None:
    lines = "Supplier|Invoice number|Amount|Total Invoice Amount\nA|I1|600|1000\nA|I1|400|1000"
    assert _amounts(lines) == ["£600.00", "£400.00"]


def test_a_line_without_an_amount_is_left_out() -> None:
    found = read(BatchKind.FINANCE, text("Supplier|Date|Amount\nA|1/4/24|5\nB|1/4/24|\nC|1/4/24|TBC"))
    assert found.left_out == {3: "its amount is not stated", 4: "its amount is not stated"}


def test_a_line_whose_date_is_no_date_is_taken_without_it_and_said() -> None:
    found = read(BatchKind.FINANCE, text("Supplier|Date|Amount\nA|1/4/24|5\nB|31/02/2024|6"))
    assert [row.values.get("on_date") for row in found.records] == [date(2024, 4, 1), None]
    assert "does not exist" in found.says[0]


def test_an_award_without_an_amount_is_an_award_of_no_stated_value() -> None:
    found = read(BatchKind.AWARDS, text("Organisation|Amount|Award date\nA|TBC|01/04/2024\nB|5|01/04/2024"))
    assert [row.amount for row in found.records] == [None, 500]
