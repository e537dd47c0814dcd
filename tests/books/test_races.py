"""Races: many processes on one fund, beside a control that does overdraw."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.orm import Session

from fundtracker.services.recount import recount
from tests.books.builder import Books, pence
from tests.books.races import award_from_one_fund, award_without_the_contract, keep_books, race
from tests.harness.figures import Measured

# Traced, it takes half as long again, and covers no line that no other test covers.
pytestmark = pytest.mark.no_cover

PROCESSES = 64
ATTEMPTS = 3
EACH = pence("1")
ROOM = 100  # awards of £1 that £100 allow, of 192 attempts


@pytest.fixture
def scratch(database_url: str) -> Iterator[Engine]:
    """Give an engine with no contract, and a table with no guards."""
    engine = create_engine(database_url)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE scratch (amount BIGINT)"))
    yield engine
    engine.dispose()


def test_sixty_four_awarders_overdraw_nothing(
    books: Books, engine: Engine, database_url: str, figure: Measured
) -> None:
    fund = books.fund("100")
    books.organisation()
    books.session.rollback()
    engine.dispose()

    said = race(award_from_one_fund, database_url, PROCESSES, ATTEMPTS, EACH)

    figure(1, races=1, overdrawn=max(0, -fund.lines[0].remaining) / 100)
    assert said == {"done": ROOM, "NotEnoughLeftError": PROCESSES * ATTEMPTS - ROOM}
    assert fund.lines[0].remaining == 0
    assert recount(books.session).differences == []


def test_the_same_without_the_contract_does_overdraw(scratch: Engine, database_url: str, figure: Measured) -> None:
    scratch.dispose()

    said = race(award_without_the_contract, database_url, PROCESSES, ATTEMPTS, EACH)

    with scratch.connect() as connection:
        awarded = int(connection.scalar(text("SELECT SUM(amount) FROM scratch")) or 0)
    figure(1, worst_control=100 * awarded / (ROOM * EACH) - 100)
    assert awarded == said["awarded"] * EACH
    assert awarded > ROOM * EACH


def test_sixteen_keepers_of_mixed_books_leave_them_true(books: Books, engine: Engine, database_url: str) -> None:
    for name in ("Safer Roads Fund 2020", "Covid-19 response fund"):
        books.award(books.fund("500", name=name), "10")
    books.session.rollback()
    engine.dispose()

    said = race(keep_books, database_url, 16, 20, 12)

    unexplained = {what: times for what, times in said.items() if what != "done" and not what.isidentifier()}
    assert unexplained == {}
    assert said.total() == 16 * 12
    assert said["done"] > 16
    with Session(engine) as session:
        assert recount(session).differences == []
