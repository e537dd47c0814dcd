"""The statement's workbook: each formula gives the figure that stands in its cell, and both are the books' own."""

import re
from decimal import Decimal
from io import BytesIO
from typing import Any

from openpyxl import Workbook, load_workbook

from fundtracker.domain.money import plain
from fundtracker.domain.roles import Actor
from fundtracker.domain.statuses import AccrualKind, Source, SpendType
from fundtracker.domain.years import FinancialYear
from fundtracker.services import funders
from fundtracker.services.accruals import AccrualDetails, record_accrual
from fundtracker.services.statements import Statement, grant_statement
from fundtracker.sheets.year_end import write_statement
from tests.books.builder import Books, pence
from tests.services.test_year_end import YEAR_END

CELL, RANGE = re.compile(r"\b([A-H])(\d+)\b"), re.compile(r"SUM\(([A-H])(\d+):[A-H](\d+)\)")


def statement(books: Books) -> Statement:
    fund = books.fund("1,000.01", name="Safer Streets 2020", source=Source.EXTERNAL)
    capital = books.line(fund, "500", year=2020, spend_type=SpendType.CAPITAL)
    books.pay(books.award(fund, "600"), "333.33")
    works = books.award(capital, "450.50").lines[0]
    for kind, amount in ((AccrualKind.ACCRUAL, "450.49"), (AccrualKind.ACCRUAL, "0.01")):
        details = AccrualDetails(kind=kind, line=capital, award_line=works, amount=pence(amount), period_end=YEAR_END)
        books.change(record_accrual, details=details, by=Actor("tests"))
    books.do(funders.record_receipt, line=fund.lines[0], amount="900.10")
    return grant_statement(books.session, fund=fund, year=FinancialYear(2020))


def read(found: Statement) -> tuple[Workbook, Workbook]:
    made = write_statement(found, certificate="{Signed} " * 60, office="The office", made_by="tests")
    content = b"".join(made.chunks)
    assert made.file_name == "safer-streets-2020-statement-2020-21-as-at-2021-03-31.xlsx"
    return load_workbook(BytesIO(content)), load_workbook(BytesIO(content), data_only=True)


def worked_out(sheet: Any, cell: Any) -> Decimal:
    """Work a cell's formula out from the other cells, as Excel would."""
    if not isinstance(cell.value, str):
        return Decimal(str(cell.value or 0))
    formula = RANGE.sub(
        lambda m: f"({'+'.join(f'{m[1]}{n}' for n in range(int(m[2]), int(m[3]) + 1))})", cell.value[1:]
    )
    terms = CELL.sub(lambda m: f"Decimal('{worked_out(sheet, sheet[m[0]])}')", formula)
    return Decimal(eval(terms, {"Decimal": Decimal, "MIN": min, "MAX": max}))  # noqa: S307 - the test's own formulas


def test_every_formula_gives_what_its_cell_says(books: Books) -> None:
    formulas, values = read(statement(books))

    checked = 0
    for sheet in formulas:
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell.value, str) and cell.value.startswith("="):
                    value = values[sheet.title][cell.coordinate].value
                    assert worked_out(sheet, cell) == Decimal(str(value)), cell.coordinate
                    checked += 1
    assert checked == 13 + 2 + 5  # of the statement, of the schedule's rows and of its totals


def test_its_figures_are_the_books_own(books: Books) -> None:
    found = statement(books)
    _, values = read(found)

    said = {row[0]: row[3] for row in values["Statement"].iter_rows(values_only=True) if row[0]}
    stands = found.position
    for item, amount in (
        ("To spend", stands.funding), ("Eligible expenditure", stands.spending.expenditure),
        ("Unspent", stands.unspent),
        ("Repayable to the funder", stands.repayable), ("Owed by the funder (debtor)", stands.debtor),
    ):  # fmt: skip
        assert Decimal(str(said[item])) == Decimal(plain(amount)), item
    schedule = list(values["Schedule"].iter_rows(min_row=2, values_only=True))
    assert [row[7] for row in schedule] == [333.33, 450.5, 783.83]
