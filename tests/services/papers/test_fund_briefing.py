"""The fund briefing: one fund's figures with last year's beside them, and what stands on it, worked out by hand."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy.orm import Session

from fundtracker.domain.papers import Content, Table, Words
from fundtracker.domain.refusals import NotFoundRefusal
from fundtracker.domain.statuses import Source
from fundtracker.domain.years import FinancialYear
from fundtracker.services.allocations import record_cut
from fundtracker.services.bids import BidDetails, record_bid, win_bid
from fundtracker.services.exceptions.rules import Rule
from fundtracker.services.funds import FundDetails
from fundtracker.services.papers.fund_briefing import fund_briefing_paper
from fundtracker.store.funds import Fund
from tests.books.builder import Books, pence
from tests.services.papers.two_years import TwoYears, apply, keep_two_years

DAY = date(2020, 9, 30)


@pytest.fixture
def kept(books: Books) -> TwoYears:
    """Keep the two years."""
    return keep_two_years(books)


def said(table: Table) -> dict[str, list[Any]]:
    """Give the cells of each row by its key: the value, or what stands in its place."""
    return {row.key: [cell.says if cell.value is None else cell.value for cell in row.cells] for row in table.rows}


def short(paper: Content) -> str:
    return next(block.text for block in paper.blocks if isinstance(block, Words))


def test_last_year_is_that_of_the_fund_it_follows(kept: TwoYears, session: Session) -> None:
    paper = fund_briefing_paper(session, fund="R20", day=DAY)

    figures = paper.tables["figures"]
    titles = ["Measure", "2020/21", "2019/20 to 30 September 2019", "2019/20 in full"]
    assert [column.title for column in figures.columns] == titles
    assert said(figures) == {
        "allocated": ["Allocated", 150000, 100000, 100000],
        "awarded": ["Awarded", 55000, 30000, 50000],
        "remaining": ["Left to award", 95000, 70000, 50000],
        "net_paid": ["Paid", 15000, 20000, 40000],
        "to_pay": ["To pay", 40000, 10000, 10000],
    }
    assert figures.rows[1].cells[2].behind == "figure=awarded&as_at=2019-09-30&fund=R19&year=2019%2F20"
    assert figures.note == "Last year is that of Roads 2019 (R19), which it follows."
    # 183 of 365 days are gone, and £550.00 of £1,500.00 is awarded.
    assert short(paper) == (
        "By 30 September 2020, 50.1% of the time for 2020/21 has gone and 36.7% of its money is awarded: "
        "2 awards to 2 organisations. £950.00 is left to award."
    )


def test_a_fund_of_several_years_has_its_own_last_year_and_all_of_them(
    kept: TwoYears, books: Books, session: Session
) -> None:
    books.line(kept.fund, "70.00", year=2021)

    figures = fund_briefing_paper(session, fund="R20", day=date(2021, 5, 1)).tables["figures"]

    titles = [column.title for column in figures.columns]
    assert titles == ["Measure", "2021/22", "2020/21 to 1 May 2020", "2020/21 in full", "All its years"]
    assert said(figures)["allocated"] == ["Allocated", 7000, 150000, 150000, 157000]
    assert said(figures)["awarded"] == ["Awarded", 0, 45000, 55000, 55000]


def test_a_new_fund_has_no_last_year_and_says_what_it_lacks(books: Books, session: Session) -> None:
    books.fund("", reference="NEW20")

    paper = fund_briefing_paper(session, fund="NEW20")

    assert [column.key for column in paper.tables["figures"].columns] == ["measure", "this"]
    empty = {key: table.note for key, table in paper.tables.items() if not table.rows}
    assert empty == {
        "awards": "No awards yet.", "waiting": "None waits for a decision.", "due": "Nothing is to pay.",
    }  # fmt: skip
    assert "nothing is allocated to it" in short(paper)


def test_many_awards_are_the_largest_and_the_newest_with_the_sum_of_all(
    kept: TwoYears, books: Books, session: Session
) -> None:
    for number in range(1, 6):
        books.award(kept.fund, f"{number}.00", kept.b, date(2020, 8, number))

    tables = fund_briefing_paper(session, fund="R20", day=DAY).tables

    largest, newest = tables["largest"], tables["newest"]
    assert [row.cells[2].value for row in largest.rows] == [45000, 10000, 500, 400, 56500]
    assert [row.cells[1].value for row in newest.rows][:2] == [date(2020, 8, 5), date(2020, 8, 4)]
    assert newest.rows[-1].cells[0].value == "All 7"


def test_what_waits_and_what_is_to_pay_stand_on_it(kept: TwoYears, books: Books, session: Session) -> None:
    apply(books, kept.fund, kept.b, "70.00", date(2020, 5, 1))
    apply(books, kept.fund, kept.c, None, date(2020, 6, 1))

    tables = fund_briefing_paper(session, fund="R20").tables

    assert [row.cells[2].value for row in tables["waiting"].rows] == [7000, None, 7000]
    assert [row.cells[3].value for row in tables["due"].rows] == [30000, 10000, 40000]
    assert said(tables["sides"]) == {"to_pay": ["To pay to recipients", 40000]}
    assert "due" not in fund_briefing_paper(session, fund="R20", day=DAY).tables


def test_what_the_exception_report_says_of_it_and_of_no_other_fund(
    kept: TwoYears, books: Books, session: Session
) -> None:
    books.do(record_cut, date(2020, 9, 1), line=kept.fund.lines[0], amount="1,000.00")

    tables = fund_briefing_paper(session, fund="R20", day=DAY).tables

    cut, *others = [
        (row.cells[0].says, row.cells[1].value) for row in tables["exceptions"].rows if row.key[:3] == "cut"
    ]
    assert (cut, others) == ((Rule.CUT.words, 5000), [])
    before = fund_briefing_paper(session, fund="R19", day=DAY).tables["exceptions"]
    assert [(row.cells[0].says, row.cells[1].value) for row in before.rows] == [(Rule.OVERDUE.words, 10000)]


def test_the_bid_that_led_to_it_is_named(books: Books, session: Session) -> None:
    details = BidDetails(title="Streets", funder="Home Office", sought=pence("500.00"))
    bid = books.do(record_bid, date(2020, 4, 1), details=details)
    fund: Fund = books.do(win_bid, date(2020, 5, 1), bid=bid, amount="400.00", fund_details=FundDetails(
        name="Streets", funder="Home Office", source=Source.EXTERNAL, year=FinancialYear(2020), reference="ST20",
    ))  # fmt: skip

    bids = fund_briefing_paper(session, fund=fund.reference).tables["bids"]

    assert said(bids) == {bid.reference: ["Streets", "Home Office", "Won in part", "Not stated", 50000]}


def test_a_fund_that_is_not_there_is_refused(session: Session) -> None:
    with pytest.raises(NotFoundRefusal):
        fund_briefing_paper(session, fund="NONE")
