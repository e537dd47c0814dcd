"""Pictures: their figures are those of the books, whatever is shown and whenever it is as at."""

from datetime import date

import pytest
from sqlalchemy.orm import Session

from fundtracker.domain.papers import Cell, RowKind, Table
from fundtracker.domain.years import FinancialYear
from fundtracker.services.behind.rows import behind
from fundtracker.services.organisations import merge
from fundtracker.services.payments import refund
from fundtracker.services.pictures.gallery import gallery
from fundtracker.services.pictures.picture import Picture
from fundtracker.services.summaries import summarise
from fundtracker.services.years_beside import YearsBeside, years_beside
from tests.books.builder import Books

AUTUMN = date(2020, 9, 21)
YEAR = FinancialYear(2020)
TOTALS = (("awarded-by-month", "this"), ("areas", "awarded"), ("recipients", "awarded"), ("funds", "awarded"))


def beside(session: Session, day: date | None = AUTUMN, year: FinancialYear = YEAR) -> YearsBeside:
    return years_beside(session, summarise(session, day), year)


def pictured(session: Session, day: date | None = AUTUMN, year: FinancialYear = YEAR) -> dict[str, Picture]:
    return {one.key: one for one in gallery(session, beside(session, day, year))}


def column(table: Table, key: str, of: RowKind = RowKind.ROW) -> list[Cell]:
    place = [one.key for one in table.columns].index(key)
    return [row.cells[place] for row in table.rows if row.kind is of]


def values(table: Table, key: str, of: RowKind = RowKind.ROW) -> list[object]:
    return [cell.value for cell in column(table, key, of)]


def whole(table: Table, key: str) -> int:
    return sum(value for value in values(table, key) if isinstance(value, int))


@pytest.fixture
def story(books: Books) -> None:
    """Keep two years: what is dated outside its year, a refund, a merge, and more than ten recipients."""
    before = books.fund(name="Safer Roads Fund 2019", year=2019)
    books.allocate(before.lines[0], "9,000", date(2019, 4, 1))
    for day, amount in ((date(2019, 6, 1), "4,000.10"), (date(2020, 3, 31), "1"), (date(2020, 4, 2), "800")):
        books.award(before, amount, to=books.organisation(f"Of {day}"), on=day)
    fund = books.fund("50,000")
    for number in range(11):
        award = books.award(fund, f"{number + 1}00.01", to=books.organisation(f"Group {number}"), on=date(2020, 5, 1))
    books.pay(award, "50", date(2020, 5, 1))
    books.do(refund, date(2020, 7, 1), line=award.lines[0], amount="10", lowers_award=True)
    stays, goes = (books.organisation(name) for name in ("Weobley Parish Council", "Weobley P C"))
    books.award(fund, "5,000", to=goes, on=AUTUMN)
    books.award(fund, "1,000", to=stays, on=date(2020, 9, 22))
    books.do(merge, organisation=goes, into=stays)


@pytest.mark.usefixtures("story")
class TestFigures:
    def test_add_up_to_what_the_year_awarded_and_paid(self, session: Session) -> None:
        for day in (date(2020, 5, 1), AUTUMN, None):
            found, books = pictured(session, day), beside(session, day)
            assert books.last is not None

            for key, name in TOTALS:
                table = found[key].table
                assert [whole(table, name)] == values(table, name, RowKind.TOTAL) == [books.balance.awarded]
            assert whole(found["paid-by-month"].table, "this") == books.balance.net_paid
            assert whole(found["awarded-by-month"].table, "before") == books.last.in_full.awarded == 400_110

    def test_lead_to_exactly_the_rows_that_make_them(self, session: Session) -> None:
        cells = [
            cell for one in pictured(session).values() for row in one.table.rows for cell in row.cells if cell.behind
        ]

        assert len(cells) > 60
        assert [(cell.behind, behind(session, cell.behind).value) for cell in cells] == [
            (cell.behind, cell.value) for cell in cells
        ]

    def test_set_money_in_its_time(self, session: Session) -> None:
        this, old = (pictured(session, AUTUMN, year)["awarded-by-month"].table for year in (YEAR, FinancialYear(2019)))

        assert values(this, "month")[0] == "April"
        assert values(this, "this")[5:8] == [500_000, None, None]
        assert values(old, "month")[-1] == "After March 2020"
        assert values(old, "this") == [0, 0, 400_010, 0, 0, 0, 0, 0, 0, 0, 0, 100, 80_000]
        assert [column.key for column in old.columns] == ["month", "this"]

        funds = pictured(session)["funds"]
        assert [values(funds.table, name) for name in ("used", "paid", "time")] == [[232], [1], [477]]
        assert funds.says == "The fund has paid less of the money than of the time has gone."

    def test_count_merged_organisations_once_and_the_rest_together(self, session: Session) -> None:
        recipients = pictured(session, None)["recipients"]

        assert values(recipients.table, "organisation")[0] == "Weobley Parish Council"
        assert values(recipients.table, "awarded")[0] == 600_000
        assert values(recipients.table, "organisation")[10:] == ["2 others"]
        assert sum(int(str(share)) for share in values(recipients.table, "share")) == 1000
        assert recipients.says.startswith("Weobley Parish Council was awarded most, £6,000.00 of £12,590.11.")


def test_there_are_none_of_books_without_entries(session: Session) -> None:
    assert gallery(session, years_beside(session, summarise(session, None))) == []
