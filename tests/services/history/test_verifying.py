"""The history holds as the books are kept, and any single tampering with it is found."""

import time

import pytest
from sqlalchemy import Engine, insert, text
from sqlalchemy.orm import Session

from fundtracker.services.history.heads import AnchorNotUnderstoodError, Head, find_head, parse_head
from fundtracker.services.history.verifying import verify
from fundtracker.store.engine import WRITE
from fundtracker.store.organisations import Organisation
from fundtracker.store.tables import Area, Fund
from fundtracker.store.transactions import transaction
from tests.books.builder import Books
from tests.harness.figures import Measured, size
from tests.services.history.counting import count_changes
from tests.services.history.tampering import KINDS, tamper

SEED = 6
SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def kept(books: Books) -> Books:
    """Keep books with some of everything: money, words and names edited, rows that went."""
    award = books.award(books.fund("1,000"), "600")
    books.pay(award, "50")
    books.organisation("Wythall Parish Council")
    with transaction(books.session) as session:
        session.add_all([Area(name="North"), Area(name="South")])
    for number in range(12):
        with transaction(books.session, why=f"Reason {number}") as session:
            session.get_one(Organisation, 1 + number % 2).notes = f"Said {number}"
            session.get_one(Fund, 1).notes = f"Noted {number}"
    with transaction(books.session) as session:
        session.delete(session.get_one(Area, 2))
    with transaction(books.session) as session:
        session.get_one(Fund, 1).notes = "Noted at last"
    books.session.rollback()
    return books


def test_holds_with_the_heads_of_then_and_now(kept: Books) -> None:
    then = find_head(kept.session)
    kept.fund("100", name="Another fund")

    now = find_head(kept.session)
    found = verify(kept.session, then)

    assert (found.faults, found.holds, found.head) == ([], True, now)
    assert then is not None
    assert now is not None
    assert now.number > then.number
    assert parse_head(f" {now} \n") == now
    assert found.to_json()["head"] == str(now)


def test_does_not_hold_with_a_head_that_never_was(kept: Books) -> None:
    head = find_head(kept.session)
    assert head is not None

    found = verify(kept.session, Head(head.number, "0" * 64))

    assert [fault for fault in found.faults if "altered, or its end was cut off" in fault] == found.faults
    with pytest.raises(AnchorNotUnderstoodError, match="a number, a colon and 64"):
        parse_head("12")


def test_says_what_was_changed_outside_fundtracker(kept: Books, engine: Engine) -> None:
    with engine.connect().execution_options(**{WRITE: True}) as connection, connection.begin():
        connection.execute(text("UPDATE fund SET notes = 'By hand'"))

    found = verify(kept.session)

    assert [fault[-len("it was not made through fundtracker.") :] for fault in found.faults] == [
        "it was not made through fundtracker."
    ]
    kept.fund("100", name="Another fund")
    assert len(verify(kept.session).faults) == 1  # what comes after is sealed, and does not hide it


@SQLITE
@pytest.mark.no_cover
def test_finds_every_single_tampering_with_the_anchor(kept: Books, engine: Engine, figure: Measured) -> None:
    kept.session.close()
    tried = tamper(engine, size(60, 1_000), SEED)

    missed = {kind: one for kind, one in tried.items() if one.found < one.tried}
    assert missed == {}
    assert {kind for kind, one in tried.items() if one.found_without < one.tried} == {
        "the end cut off", "rewritten from a change on"
    }, "the anchor is what finds these"  # fmt: skip
    assert all(tried[kind].tried for kind in KINDS)
    figure(8, found=sum(one.found for one in tried.values()), tamperings=sum(one.tried for one in tried.values()))


@pytest.mark.no_cover
def test_every_change_has_exactly_one_row_of_history(engine: Engine, figure: Measured) -> None:
    counted = count_changes(engine, size(300, 100_000), SEED)

    assert (counted.changes, counted.sealed) == (counted.rows, True), counted
    figure(7, kept=counted.changes, changes=counted.rows)


@SQLITE
@pytest.mark.no_cover
def test_a_long_history_is_verified_at_once(books: Books, engine: Engine, figure: Measured) -> None:
    rows = size(5_000, 100_000)
    with transaction(books.session) as session:
        session.connection().execute(insert(Area), [{"name": f"Area {number}"} for number in range(rows)])
    start = time.perf_counter()

    with Session(engine) as session:
        found = verify(session)

    taken = time.perf_counter() - start
    assert found.holds
    figure(8, worst_rows=rows, worst_seconds=taken)
