"""Match funding: stated for a fund's year, the newest standing, and on the statement."""

import pytest

from fundtracker.domain.money import Pence
from fundtracker.domain.refusals import NotFoundRefusal
from fundtracker.domain.roles import Actor
from fundtracker.domain.statuses import Source
from fundtracker.domain.years import FinancialYear
from fundtracker.services.match_funding import Matched, match_funding, state_match_funding
from fundtracker.services.statements import grant_statement
from fundtracker.store.funds import Fund
from tests.books.builder import Books

YEAR = FinancialYear(2020)


def _state(books: Books, fund: Fund, matched: Matched, year: FinancialYear = YEAR) -> None:
    books.change(state_match_funding, fund=fund, year=year, matched=matched, by=Actor("tests"))


def test_the_last_statement_stands_and_moves_nothing(books: Books) -> None:
    fund = books.fund("1,000", source=Source.EXTERNAL)
    assert grant_statement(books.session, fund=fund, year=YEAR).matched is None
    before = grant_statement(books.session, fund=fund, year=YEAR).position
    books.session.rollback()
    _state(books, fund, Matched(cash=Pence(50_000)))
    _state(books, fund, Matched(cash=Pence(0), in_kind=Pence(12_345), source="  Partners’  returns "))
    found = grant_statement(books.session, fund=fund, year=YEAR)
    assert found.matched is not None
    assert (found.matched.cash, found.matched.in_kind, found.matched.source) == (0, 12_345, "Partners’ returns")
    assert found.position == before


def test_a_year_without_a_budget_line_has_none(books: Books) -> None:
    fund = books.fund("1,000", source=Source.EXTERNAL)
    with pytest.raises(NotFoundRefusal, match="no budget line of 2031/32"):
        _state(books, fund, Matched(cash=Pence(1)), FinancialYear(2031))
    assert match_funding(books.session, fund, 2031) is None
