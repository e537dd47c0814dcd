"""The power lost while entries are posted: the books open, add up and hold everything that was answered."""

import random
import shutil
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from fundtracker.services import allocations
from fundtracker.services.recount import recount
from fundtracker.store.engine import open_engine
from fundtracker.store.tables import BudgetLine
from fundtracker.store.transactions import transaction
from tests.books.builder import Books, particulars, pence
from tests.harness.faults.disk import Op, noted_disk, within_reach
from tests.harness.faults.planted import set_otherwise
from tests.harness.faults.power import State, states
from tests.harness.figures import Measured, size

# Traced, it takes half as long again, and covers no line that no other test covers.
pytestmark = [pytest.mark.no_cover, pytest.mark.skipif(not within_reach, reason="SQLite is hidden in this Python")]

POSTINGS, STATES, CONTROLS = 60, size(500, 10_000), 40
RECOUNTED = 20  # of so many states one is recounted in full; the sums of the lines are added up in each
LAST = "SELECT max(number) FROM entry WHERE number = (SELECT last_entry FROM book)"
APART = """
SELECT id, allocated, (SELECT COALESCE(sum(amount), 0) FROM entry WHERE budget_line_id = budget_line.id) AS entries
FROM budget_line WHERE allocated IS NOT entries
"""


def posted(path: Path, *settings: str) -> tuple[dict[str, bytes], list[Op]]:
    """Post in a database, with other settings of SQLite where given; give its file before, and what was done to it."""
    begun = {str(path): path.read_bytes()}
    with noted_disk(path.parent) as disk:
        engine = open_engine(f"sqlite:///{path}")
        set_otherwise(engine, *settings)
        with Session(engine) as session:
            for _ in range(POSTINGS):
                with transaction(session):
                    line = session.get_one(BudgetLine, 1)
                    allocations.carry_forward(session, line=line, amount=pence(1), particulars=particulars())
                disk.note("answered")
        engine.dispose()
    return begun, disk.ops


def wrong(engine: Engine, state: State, *, recounted: bool) -> str:
    """Say what is wrong with the books in a state, if anything is."""
    for path, content in state.files.items():
        Path(path).write_bytes(content)
    try:
        with engine.connect() as connection:
            if (said := connection.exec_driver_sql("PRAGMA integrity_check").scalar()) != "ok":
                return f"damaged: {said}"
            if (last := connection.exec_driver_sql(LAST).scalar() or 0) < 1 + 2 * state.answered:
                return f"lost: {state.answered} answered, {last} entries"
            if apart := connection.exec_driver_sql(APART).all():
                return f"sums apart: {apart}"
        with Session(engine) as session:
            return " ".join(each.says for each in recount(session).differences) if recounted else ""
    except DatabaseError as error:
        return f"unreadable: {error.orig}"
    finally:
        engine.dispose()
        for path in state.files:
            Path(path).unlink(missing_ok=True)


def bad_states(path: Path, count: int, *settings: str) -> list[str]:
    begun, ops = posted(path, *settings)
    engine = open_engine(f"sqlite:///{path}")
    chance = random.Random(20200921)  # noqa: S311 - the same states in each run
    every = enumerate(states(begun, ops, count, chance))
    return [said for number, state in every if (said := wrong(engine, state, recounted=number % RECOUNTED == 0))]


@pytest.fixture
def path(sqlite_url: str, tmp_path: Path) -> Path:
    """Give an office with one fund, in a folder of its own."""
    engine = open_engine(sqlite_url)
    with Session(engine) as session:
        Books(session).fund("1,000")
    engine.dispose()
    folder = tmp_path / "office"
    folder.mkdir()
    return Path(shutil.move(tmp_path / "fundtracker.sqlite", folder))


def test_power_lost_loses_nothing_that_was_answered(path: Path, figure: Measured) -> None:
    bad = bad_states(path, STATES)

    figure(3, states=STATES, bad=len(bad))
    assert bad == []


def test_power_lost_without_synchronising_is_found(path: Path, figure: Measured) -> None:
    """The control: a setting that a guide may recommend loses what was answered."""
    bad = bad_states(path, CONTROLS, "PRAGMA synchronous = OFF")

    figure(3, control=len(bad), controls=CONTROLS)
    assert len(bad) > CONTROLS / 4
