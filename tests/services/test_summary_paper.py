"""The summary paper: equal to the whole book to the penny, its figures led to their rows, and last year where it is."""

from collections.abc import Iterator
from datetime import date

import pytest
from sqlalchemy.orm import Session

from fundtracker.domain.money import Pence
from fundtracker.domain.papers import Cell, Content, RowKind, Table, read_content
from fundtracker.domain.statuses import AwardType, BidStatus, SpendType
from fundtracker.services import bids, gifts
from fundtracker.services.awards import AwardDetails
from fundtracker.services.behind.rows import behind
from fundtracker.services.cuts import By
from fundtracker.services.papers.summary import summary_paper
from fundtracker.services.summaries import summarise
from fundtracker.store.office import Area, Objective
from fundtracker.store.transactions import transaction
from tests.books.builder import Books
from tests.services.two_years import DAY, keep_two_years

POT = Pence(10_000_000_00)
MONEY = ("original", "allocated", "awarded", "remaining", "net_paid", "to_pay", "to_recover")


def row_of(table: Table, key: str) -> dict[str, Cell]:
    """Give a row's cells by their columns."""
    found = next(row for row in table.rows if row.key == key)
    return {column.key: cell for column, cell in zip(table.columns, found.cells, strict=True)}


def money_of(table: Table, key: str) -> dict[str, object]:
    """Give a row's money."""
    cells = row_of(table, key)
    return {name: cells[name].value for name in MONEY if name in cells}


def led(content: Content) -> Iterator[tuple[str, str, object, str]]:
    """Give every figure that asks for its rows: its table, row, value and ask."""
    for table in content.tables.values():
        for row in table.rows:
            yield from ((table.key, row.key, cell.value, cell.behind) for cell in row.cells if cell.behind)


@pytest.fixture
def cut_up(books: Books) -> Books:
    """Keep two years, and awards of this one with an area, an objective and a type of their own, one of capital."""
    funds = keep_two_years(books)
    with transaction(books.session) as session:
        north, plan, other = Area(name="North"), Objective(name="Safer roads"), Objective(name="Victims first")
        session.add_all([north, plan, other])
        funds["roads"].objective, funds["roads"].programme = plan, "Roads"
    council = books.organisation("Weobley Parish Council", type="Parish council", area=north)
    capital = books.line(funds["streets"], "40", year=2020, spend_type=SpendType.CAPITAL)
    award = books.award(funds["roads"], "20", to=council, objective=other, on=DAY)
    books.pay(award, "7", DAY)
    books.award(capital, "30", to=books.organisation("Charity", type="Charity"), area=north, on=DAY)
    books.award(capital, None, to=council, on=DAY)
    return books


@pytest.mark.usefixtures("cut_up")
@pytest.mark.parametrize("day", [date(2019, 6, 1), date(2020, 3, 31), DAY])
def test_all_the_books_are_the_summary_of_the_whole_book(session: Session, day: date) -> None:
    whole, table = summarise(session, day).balance, summary_paper(session, day).tables["funds"]
    keys = {row.key for row in table.rows}

    assert money_of(table, "books" if "books" in keys else "year") == {name: getattr(whole, name) for name in MONEY}


@pytest.mark.usefixtures("cut_up")
def test_every_figure_is_what_its_rows_add_up_to(session: Session) -> None:
    content = summary_paper(session, DAY, cuts=tuple(By))
    figures = dict.fromkeys((value, ask) for *_, value, ask in led(content))
    found = [(value, behind(session, ask).value, ask) for value, ask in figures]

    assert [one for one in found if one[0] != one[1]] == []
    assert {table for table, *_ in led(content)} == {"funds", *(f"by_{by.value}" for by in By)}
    assert len(found) > 100


@pytest.mark.usefixtures("cut_up")
@pytest.mark.parametrize("name", ["forecast", "variance"])
def test_every_fund_has_its_forecast_and_they_add_up(session: Session, name: str) -> None:
    table = summary_paper(session, DAY).tables["funds"]
    funds = [row.key for row in table.rows if row.kind is RowKind.ROW and row.key.isupper()]
    of_each = [value for key in funds if isinstance(value := row_of(table, key)[name].value, int)]

    assert len(of_each) == len(funds) > 0
    assert row_of(table, "year")[name].value == sum(of_each)


@pytest.mark.usefixtures("cut_up")
def test_each_cut_has_the_total_of_the_funds(session: Session) -> None:
    content = summary_paper(session, DAY, cuts=tuple(By))
    year = row_of(content.tables["funds"], "year")
    for by in By:
        total = row_of(content.tables[f"by_{by.value}"], "total")
        assert {name: total[name].value for name in total if name in year and name != by.value} == {
            name: year[name].value for name in total if name in year and name != by.value
        }
        assert content.tables[f"by_{by.value}"].note.startswith("The same total as by fund: £270.00 allocated")


@pytest.mark.usefixtures("cut_up")
def test_a_cut_of_awards_leaves_what_is_not_awarded_in_a_row_of_its_own(session: Session) -> None:
    content = summary_paper(session, DAY, cuts=(By.AREA, By.OBJECTIVE))
    area, objective = content.tables["by_area"], content.tables["by_objective"]

    assert [row.key for row in area.rows] == ["North", "not-stated", "not-awarded", "total"]
    assert (row_of(area, "North")["awarded"].value, row_of(area, "North")["remaining"].value) == (5_000, 0)
    assert (row_of(area, "not-awarded")["awarded"].value, row_of(area, "not-awarded")["remaining"].value) == (0, 21_500)
    # An award of the roads fund that states another objective takes its money there; what is left stays.
    assert row_of(objective, "Safer roads")["allocated"].value == 6_000
    assert row_of(objective, "Victims first")["allocated"].value == 2_000


@pytest.mark.usefixtures("cut_up")
def test_it_is_kept_and_read_back(session: Session) -> None:
    content = summary_paper(session, DAY, cuts=tuple(By))
    assert read_content(content.to_json()) == content


def test_without_a_year_before_there_is_no_column_of_it(books: Books, session: Session) -> None:
    books.award(books.fund("50"), "20")
    content = summary_paper(session, cuts=(By.FUNDER,))
    for table in content.tables.values():
        assert not [column.key for column in table.columns if "last_year" in column.key]
    assert money_of(content.tables["funds"], "year")["awarded"] == 2_000
    assert "books" not in {row.key for row in content.tables["funds"].rows}


def test_empty_books_have_a_paper(session: Session) -> None:
    content = summary_paper(session, cuts=tuple(By))
    assert money_of(content.tables["funds"], "year") == dict.fromkeys(MONEY, 0)
    assert row_of(content.tables["funds"], "year")["used"] == Cell(None, "n/a")


def test_what_stands_beside_it(books: Books, session: Session) -> None:
    fund = books.fund("50")
    books.pay(books.award(fund, "20"), "5")
    for sought, status in (
        (Pence(5_000), BidStatus.SUBMITTED),
        (None, BidStatus.SUBMITTED),
        (None, BidStatus.IN_DEVELOPMENT),
    ):
        details = bids.BidDetails(title="A bid", funder="Home Office", sought=sought, status=status, national_pot=POT)
        books.do(bids.record_bid, details=details)
    given = AwardDetails(recipient=books.organisation("The Bridge"), shares=(), type=AwardType.IN_KIND, purpose="Bikes")
    books.do(gifts.record_gift, details=given)
    tables = summary_paper(session).tables

    assert [row.cells[1].value for row in tables["owed"].rows] == [0, 0, 0, 1_500, 0, 1_500]
    assert row_of(tables["bids"], "total")["sought"].value == 5_000
    assert "1 without an amount, left out." in tables["bids"].note
    assert len(tables["opportunities"].rows) == 3
    assert [row.cells[2].value for row in tables["gifts"].rows] == ["Bikes"]
