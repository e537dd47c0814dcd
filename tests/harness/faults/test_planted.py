"""Bugs planted on purpose: the harness finds each, and finds nothing where none is planted."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.exc import DatabaseError, StatementError
from sqlalchemy.orm import Session

from fundtracker.services import allocations, posting, reversals
from fundtracker.services.history import verifying
from fundtracker.services.history.verifying import verify
from fundtracker.services.recount import recount
from fundtracker.store import chain
from fundtracker.store.books import Book
from fundtracker.store.engine import open_engine
from fundtracker.store.funds import BudgetLine
from tests.books.builder import Books, pence
from tests.books.races import race
from tests.harness.faults import planted
from tests.harness.faults.bypasses import taken
from tests.harness.faults.serving import damage, kill_again_and_again, served
from tests.harness.figures import Measured

# Traced, it takes half as long again, and covers no line that no other test covers.
pytestmark = pytest.mark.no_cover

AWARDERS, EACH, ROOM = 6, 5, 20  # awards of £1 that £20 allow, of 30 attempts
PARTS = 8  # moments at which an entry is posted while a file is copied


@pytest.fixture
def path(sqlite_url: str, tmp_path: Path) -> Path:
    """Give books with £20 allocated and none awarded, closed once."""
    keep(sqlite_url)
    return tmp_path / "fundtracker.sqlite"


def keep(url: str) -> None:
    engine = open_engine(url)
    with Session(engine) as session:
        books = Books(session)
        books.fund("20")
        books.organisation()
        books.close(date(2019, 3, 31))
    engine.dispose()


@pytest.fixture
def caught(figure: Measured) -> Callable[[object], None]:
    """Give what counts a planted bug as caught, and fails where it is not."""

    def count(found: object) -> None:
        assert found
        figure(5, caught=1)

    return count


Caught = Callable[[object], None]


def let_by(path: Path, *settings: str) -> list[str]:
    """Give the statements that a database takes and must not."""
    engine = open_engine(f"sqlite:///{path}")
    planted.set_otherwise(engine, *settings)
    with Session(engine) as session:
        books = Books(session)
        books.pay(books.award(books.fund("20", name="Other"), "6"), "3")
    found = taken(engine)
    engine.dispose()
    return found


def test_nothing_is_let_by_where_nothing_is_planted(path: Path) -> None:
    assert let_by(path) == []


@pytest.mark.parametrize(
    ("plant", "settings"),
    [(planted.no_check, ()), (planted.a_float, ()), (planted.no_unique_key, ()),
     (planted.replace_unseen, ("PRAGMA recursive_triggers = OFF",))],
)  # fmt: skip
def test_a_schema_that_lets_something_by_is_found(
    path: Path, plant: Callable[[Path], None], settings: tuple[str, ...], caught: Caught
) -> None:
    plant(path)

    caught(len(let_by(path, *settings)) == 1)


def test_a_commit_in_two_halves_is_found(sqlite_url: str, tmp_path: Path, caught: Caught) -> None:
    with served(sqlite_url, tmp_path, "split commit") as serving:
        found = kill_again_and_again(serving, 50)

    caught(found.bad)


def test_adding_to_what_was_read_is_found(path: Path, caught: Caught) -> None:
    planted.sums_by_hand(path)

    said = race(planted.award_by_adding, f"sqlite:///{path}", AWARDERS, EACH, pence("0.01"))

    assert said["done"] > 1, said
    engine = open_engine(f"sqlite:///{path}")
    with Session(engine) as session:
        caught(recount(session).difference)
    engine.dispose()


def test_writing_without_the_lock_is_found(path: Path, caught: Caught) -> None:
    said = race(planted.award_without_immediate, f"sqlite:///{path}", AWARDERS, EACH, pence("1"))

    caught(said != {"done": ROOM, "NotEnoughLeftError": AWARDERS * EACH - ROOM})


def sums_after_undoing(path: Path) -> list[tuple[int, ...]]:
    """Award and undo it; give what was allocated and awarded before and after."""
    asked, engine = select(BudgetLine.allocated, BudgetLine.awarded), open_engine(f"sqlite:///{path}")
    with Session(engine) as session:
        books = Books(session)
        before = session.execute(asked).one()
        session.rollback()
        books.award(session.get_one(BudgetLine, 1), "6")
        books.reverse(-1)
        found: list[tuple[int, ...]] = [tuple(before), tuple(session.execute(asked).one())]
    engine.dispose()
    return found


def test_a_reversal_of_the_wrong_sign_is_found(path: Path, monkeypatch: pytest.MonkeyPatch, caught: Caught) -> None:
    assert len(set(sums_after_undoing(path))) == 1
    opposite: Any = reversals._opposite  # noqa: SLF001 - the bug is planted in it

    def same(session: Session, entry: Any) -> Any:
        return replace(opposite(session, entry), amount=entry.amount)

    monkeypatch.setattr(reversals, "_opposite", same)
    planted.reversals_as_they_come(path)

    caught(len(set(sums_after_undoing(path))) == 2)


def test_a_change_without_history_is_found(path: Path, caught: Caught) -> None:
    assert verified(path) == []
    planted.no_history(path)
    engine = open_engine(f"sqlite:///{path}")
    with Session(engine) as session:
        Books(session).allocate(session.get_one(BudgetLine, 1), "1")
    engine.dispose()

    caught(verified(path))


def verified(path: Path) -> list[str]:
    engine = open_engine(f"sqlite:///{path}")
    with Session(engine) as session:
        faults = verify(session).faults
    engine.dispose()
    return faults


def test_a_forged_change_is_found(path: Path) -> None:
    planted.forge(path, chain.digest)

    assert verified(path) != []


def test_a_chain_without_the_hash_before_is_found(
    sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caught: Caught
) -> None:
    """The same forgery stands in such a chain, where the test above would fail."""
    digest = chain.digest

    def alone(_previous: bytes, number: int, fields: Sequence[object]) -> bytes:
        return digest(chain.GENESIS, number, fields)

    for module in (chain, verifying):
        monkeypatch.setattr(module, "digest", alone)
    keep(sqlite_url)
    path = tmp_path / "fundtracker.sqlite"
    planted.forge(path, alone)

    caught(verified(path) == [])


def test_a_copy_of_a_file_in_use_is_found(path: Path, tmp_path: Path, caught: Caught) -> None:
    engine = open_engine(f"sqlite:///{path}")
    bad = 0
    with Session(engine) as session:
        books = Books(session)
        for part in range(PARTS):
            content, last = path.read_bytes(), session.scalar(select(Book.last_entry)) or 0
            cut = len(content) * part // PARTS
            books.do(allocations.uplift, line=session.get_one(BudgetLine, 1), amount="0.01")
            copied = tmp_path / f"copy-{part}.sqlite"
            copied.write_bytes(content[:cut] + path.read_bytes()[cut:])
            bad += bool(wrong_with(copied, last))
    engine.dispose()

    caught(bad)


def wrong_with(copied: Path, last: int) -> list[str]:
    """Say what is wrong with a copy that must hold so many entries."""
    engine = open_engine(f"sqlite:///{copied}")
    try:
        with Session(engine) as session:
            if (session.scalar(select(Book.last_entry)) or 0) < last:
                return ["entries are missing"]
            return damage(session)
    except DatabaseError as error:
        return [str(error.orig)]
    finally:
        engine.dispose()


def test_a_moment_without_a_time_zone_is_found(path: Path, monkeypatch: pytest.MonkeyPatch, caught: Caught) -> None:
    monkeypatch.setattr(posting, "now", datetime.now)
    engine = open_engine(f"sqlite:///{path}")
    with Session(engine) as session, pytest.raises(StatementError, match="a moment needs a time zone") as found:
        Books(session).fund("20", name="Other")
    engine.dispose()
    caught(found)
