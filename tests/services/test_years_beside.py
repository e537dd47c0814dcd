"""The year in hand, this day last year and last year in full: worked out by hand, on both engines."""

from datetime import date

import pytest
from sqlalchemy.orm import Session

from fundtracker.domain.statuses import Doubt, Source
from fundtracker.domain.years import FinancialYear
from fundtracker.services import allocations, cuts
from fundtracker.services.cuts import By
from fundtracker.services.posting import Particulars
from fundtracker.services.summaries import summarise
from fundtracker.services.years_beside import LastYear, YearsBeside, time_gone, year_ago, years_beside
from fundtracker.store.funds import Fund
from fundtracker.store.transactions import transaction
from tests.books.builder import Books, particulars, pence
from tests.services.two_years import DAY, LAST, keep_two_years


@pytest.fixture
def two_years(books: Books) -> dict[str, Fund]:
    """Keep two years."""
    return keep_two_years(books)


def beside(session: Session, day: date | None = DAY, year: int | None = None) -> YearsBeside:
    return years_beside(session, summarise(session, day), None if year is None else FinancialYear(year))


def last_of(found: YearsBeside) -> dict[str, tuple[int, ...] | None]:
    """Give allocated and awarded, then in full, in pounds, by fund."""
    pairs = {row.fund.name: row.last for row in found.rows}
    pairs |= {fund.name: last for group in found.groups for fund, last in group.ended.items()}
    return {name: _pounds(last) if last else None for name, last in pairs.items()}


def _pounds(last: LastYear) -> tuple[int, ...]:
    return tuple(part // 100 for one in (last.this_day, last.in_full) for part in (one.allocated, one.awarded))


def test_last_year_stands_beside_each_fund_and_its_follower(session: Session, two_years: dict[str, Fund]) -> None:
    found = beside(session)

    assert found.year == 2020
    assert two_years["new"].reference == "N"
    assert [(group.source, [row.fund.name for row in group.rows]) for group in found.groups] == [
        (Source.EXTERNAL, ["Streets"]), (Source.OWN, ["Roads 2020"]), (Source.RESERVE, ["New"]),
    ]  # fmt: skip
    assert last_of(found) == {
        "Streets": (200, 0, 200, 150), "Roads 2020": (100, 30, 100, 70), "New": None, "Victims": (50, 20, 50, 20),
    }  # fmt: skip


def test_totals_add_up_to_last_year_and_to_all_the_books(session: Session, two_years: dict[str, Fund]) -> None:
    found = beside(session)
    assert two_years
    last, other = found.last, found.other_years
    assert last is not None
    assert other is not None
    sums = [getattr(found.balance, name) for name in ("allocated", "awarded", "net_paid")]
    assert sums == [pence("230"), pence("5"), 0]
    assert (last.this_day.allocated, last.this_day.awarded, last.this_day.net_paid) == (35_000, 5_000, 1_000)
    assert (last.in_full.allocated, last.in_full.awarded, last.in_full.net_paid) == (35_000, 24_000, 3_000)
    assert found.balance + other == summarise(session, DAY).balance
    assert found.counts.awards == 1


def test_a_year_without_one_before_has_no_last_year(session: Session, two_years: dict[str, Fund]) -> None:
    assert two_years
    found = beside(session, date(2019, 12, 1))
    assert found.year == LAST
    assert found.last is None
    assert found.other_years is None
    assert found.balance == summarise(session, date(2019, 12, 1)).balance


def test_a_year_with_no_entries_yet_leaves_the_newest_that_has(session: Session, two_years: dict[str, Fund]) -> None:
    assert two_years
    assert beside(session, date(2022, 5, 1)).year == 2020
    assert beside(session, DAY, 2019).year == 2019
    assert beside(session, date(2019, 3, 1)).year is None


def test_books_without_an_entry_have_rows_and_no_year(books: Books, session: Session) -> None:
    books.fund()
    found = beside(session, None)
    assert (found.year, found.last, found.other_years, len(found.rows)) == (None, None, None, 1)


def test_two_followers_do_not_both_take_last_year(books: Books, session: Session, two_years: dict[str, Fund]) -> None:
    with transaction(session):
        two_years["new"].follows = two_years["roads19"]
    assert last_of(beside(session))["New"] is None
    assert last_of(beside(session))["Roads 2020"] is not None


def test_what_is_marked_illustrative_makes_last_year_an_example(
    books: Books, session: Session, two_years: dict[str, Fund]
) -> None:
    assert [row.fund.name for row in beside(session).rows if row.last and row.last.example] == []
    marked = particulars(date(2020, 2, 1))
    facts = Particulars(on=marked.on, by=marked.by, decision="D/1", amount_doubt=Doubt.ILLUSTRATIVE)
    books.change(allocations.allocate, line=two_years["roads19"].lines[0], amount="1", particulars=facts)
    found = beside(session)
    assert [row.fund.name for row in found.rows if row.last and row.last.example] == ["Roads 2020"]
    assert found.last is not None
    assert found.last.example


@pytest.mark.parametrize("by", By)
def test_every_cut_adds_up_to_the_same(session: Session, two_years: dict[str, Fund], by: By) -> None:
    assert two_years
    found = beside(session)
    rows = cuts.cut_beside(session, found, by)
    assert found.last is not None
    assert cuts.added(rows) == cuts.of_cut(found.balance)
    assert all(row.balance.allocated == row.balance.awarded + row.balance.remaining for row in rows)
    for name in ("this_day", "in_full"):
        parts = [getattr(row.last, name) for row in rows if row.last]
        assert sum((part.awarded for part in parts), 0) == getattr(found.last, name).awarded
        assert sum((part.allocated for part in parts), 0) == getattr(found.last, name).allocated


@pytest.mark.parametrize(
    ("day", "before"),
    [(date(2020, 2, 29), date(2019, 2, 28)), (date(2021, 2, 28), date(2020, 2, 28)), (DAY, date(2019, 9, 21))],
)
def test_this_day_last_year(day: date, before: date) -> None:
    assert year_ago(day) == before


@pytest.mark.parametrize(
    ("day", "opens_on", "spend_by", "gone"),
    [
        (date(2020, 4, 1), None, None, 3), (date(2021, 3, 31), None, None, 1000), (date(2021, 6, 1), None, None, 1000),
        (date(2020, 9, 30), None, None, 501), (date(2020, 9, 30), None, date(2020, 9, 30), 1000),
        (date(2020, 9, 30), date(2020, 9, 1), date(2020, 10, 30), 500), (date(2020, 4, 30), date(2020, 5, 1), None, 0),
        (date(2020, 9, 30), date(2018, 1, 1), date(2024, 1, 1), 501), (DAY, date(2020, 9, 1), date(2020, 8, 1), 1000),
    ],
)  # fmt: skip
def test_how_much_of_the_time_has_gone(day: date, opens_on: date | None, spend_by: date | None, gone: int) -> None:
    assert time_gone(day, FinancialYear(2020), opens_on, spend_by) == gone
