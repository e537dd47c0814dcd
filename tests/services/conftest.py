"""Fixtures for the services: two people of finance, and an award that is paid in two instalments."""

import pytest

from fundtracker.store.awards import Award
from fundtracker.store.funds import Fund
from tests.books.builder import Books
from tests.services.paying import Officers, plan, two_officers


@pytest.fixture
def officers(books: Books) -> Officers:
    """Give two people of finance."""
    return two_officers(books)


@pytest.fixture
def fund(books: Books) -> Fund:
    """Open a fund of £5,000.00."""
    return books.fund("5,000.00", reference="SRF20")


@pytest.fixture
def planned(books: Books, fund: Fund) -> Award:
    """Award £900.00 from it, half of it due on 1 July and half on 1 October 2020."""
    award = books.award(fund, "900.00")
    plan(books, award)
    return award
