"""
Random operations of every sort, each of whose rows must have exactly one row of history.

What is expected is counted beside the triggers: by what each statement says that it did.
"""

import random
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Engine, String, cast, event, func, insert, literal, select, text, update
from sqlalchemy.orm import Session

from fundtracker.services import allocations
from fundtracker.services.history.verifying import verify
from fundtracker.store.history import Change
from fundtracker.store.tables import Area, Award, BudgetLine, Fund, Office, Organisation
from fundtracker.store.transactions import transaction
from fundtracker.store.watched import COUNTERS, DERIVED, UNWATCHED
from tests.books.builder import Books, particulars, pence

_DONE = re.compile(
    r"\s*(INSERT OR REPLACE INTO|INSERT INTO|UPDATE|DELETE FROM)\s+(\w+)(?:\s+SET\s+(.*?)(?:\sWHERE|$))?", re.S
)
_SET = re.compile(r"(\w+)\s*=")
_TOGETHER = 25  # operations in one transaction, at the most


@dataclass
class Counted:
    """How many operations were done, and how many rows they changed and were told of."""

    operations: int = 0
    rows: int = 0
    changes: int = 0
    sealed: bool = False
    kinds: dict[str, int] = field(default_factory=dict)


def count_changes(engine: Engine, operations: int, seed: int) -> Counted:
    """Do so many random operations, and count the rows that they changed and the changes in the history."""
    counted, chance = Counted(), random.Random(seed)  # noqa: S311 - a seed makes it the same again
    with Session(engine) as session:
        _prepare(session)
        before = session.scalar(select(func.count()).select_from(Change)) or 0
        session.rollback()
        with _counting(engine, counted):
            while counted.operations < operations:
                some = min(chance.randint(1, _TOGETHER), operations - counted.operations)
                _together(session, chance, counted, some)
        counted.changes = (session.scalar(select(func.count()).select_from(Change)) or 0) - before
        counted.sealed = verify(session).holds
    return counted


def _prepare(session: Session) -> None:
    books = Books(session)
    award = books.award(books.fund("1000000"), "500000")
    books.organisation("Wythall Parish Council")
    books.pay(award, "1")
    with transaction(session):
        session.add(Office(id=1, name="O", panel_name="P"))
        session.add_all(Area(name=f"Area {number}") for number in range(20))


def _together(session: Session, chance: random.Random, counted: Counted, some: int) -> None:
    with transaction(session):
        for _ in range(some):
            name, operate = chance.choice(list(OPERATIONS.items()))
            counted.operations += 1
            counted.kinds[name] = counted.kinds.get(name, 0) + 1
            operate(session, f"{counted.operations}", chance)
            session.flush()


@contextmanager
def _counting(engine: Engine, counted: Counted) -> Iterator[None]:
    def seen(_connection: Any, cursor: Any, statement: str, parameters: Any, _context: Any, many: bool) -> None:
        counted.rows += _rows(cursor.rowcount, statement, len(parameters) if many else 1)

    event.listen(engine, "after_cursor_execute", seen)
    try:
        yield
    finally:
        event.remove(engine, "after_cursor_execute", seen)


def _rows(told: int, statement: str, times: int) -> int:
    """Count the rows that a statement changed in a table of the business; a replaced row goes and another comes."""
    match = _DONE.match(statement)
    if match is None or match[2] in UNWATCHED:
        return 0
    done, table, named = match.groups()
    left_out = {
        name for name in _SET.findall(named or "") if COUNTERS.fullmatch(name) or name in DERIVED.get(table, ())
    }
    if named and left_out == set(_SET.findall(named.split(" RETURNING")[0])):
        return 0
    if done == "INSERT OR REPLACE INTO":
        return 2
    return times if done == "INSERT INTO" and "SELECT" not in statement else told


def _uplift(session: Session, _word: str, chance: random.Random) -> None:
    line = session.scalars(select(BudgetLine)).first()
    amount = pence(chance.randint(1, 9_999))
    allocations.uplift(session, line=line, amount=amount, particulars=particulars())  # type: ignore[arg-type]  # there is one


def _edit(session: Session, word: str, _chance: random.Random) -> None:
    session.get_one(Fund, 1).notes = f"Edited {word}"


def _rename(session: Session, word: str, chance: random.Random) -> None:
    session.get_one(Organisation, chance.randint(1, 2)).name = f"Council {word}"


def _bulk(session: Session, word: str, chance: random.Random) -> None:
    some = Area.id <= chance.randint(1, 20)
    session.execute(update(Area).where(some).values(name=literal("Area ") + cast(Area.id, String) + f" of {word}"))


def _raw(session: Session, word: str, _chance: random.Random) -> None:
    session.execute(text("UPDATE award SET notes = :word, reasons = 'R'"), {"word": word})


def _many(session: Session, word: str, chance: random.Random) -> None:
    rows = [{"name": f"Area {word}, {number}"} for number in range(chance.randint(1, 5))]
    session.connection().execute(insert(Area), rows)


def _copy(session: Session, word: str, _chance: random.Random) -> None:
    session.execute(text("INSERT INTO objective (name) SELECT :word || name FROM area WHERE id < 4"), {"word": word})


def _delete(session: Session, _word: str, _chance: random.Random) -> None:
    session.execute(text("DELETE FROM objective"))
    session.execute(text("DELETE FROM area WHERE id > 20"))


def _count(session: Session, _word: str, _chance: random.Random) -> None:
    session.execute(update(Award).values(last_payment=Award.last_payment + 1))


OPERATIONS: dict[str, Callable[[Session, str, random.Random], None]] = {
    "a verb": _uplift, "an edit": _edit, "a name": _rename, "a bulk update": _bulk, "raw SQL": _raw,
    "many rows at once": _many, "rows from rows": _copy, "rows deleted": _delete, "a counter": _count,
}  # fmt: skip
