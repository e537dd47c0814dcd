"""Bugs planted on purpose, each in a process of its own or a copy of the schema: the harness must find every one."""

import sqlite3
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, event, select, update
from sqlalchemy.orm import Session

from fundtracker.services import posting
from fundtracker.store import chain, transactions
from fundtracker.store import engine as contract
from fundtracker.store.engine import WRITE, open_engine
from fundtracker.store.tables import BudgetLine
from fundtracker.store.transactions import transaction
from tests.books import races

BETWEEN = 0.1  # seconds between the two halves of a split commit


def plant(bug: str) -> None:
    """Plant a bug in this process, for as long as it lives."""
    BUGS[bug]()


def _split_commit() -> None:
    """Commit the entries before the form that made them."""
    post_each = posting.post_each

    def post_then_commit(session: Session, operations: Sequence[posting.Operation]) -> range:
        numbers = post_each(session, operations)
        session.commit()
        time.sleep(BETWEEN)
        session.connection(execution_options={WRITE: True})
        return numbers

    posting.post_each = post_then_commit


def _no_immediate() -> None:
    """Begin to write without taking the one write lock, and wait for no turn."""

    def begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN")

    @contextmanager
    def nobody_waits(*_given: Any, **_more: Any) -> Iterator[None]:
        yield

    setattr(contract, "_begin_sqlite", begin)  # noqa: B010 - mypy refuses to assign to another's function
    setattr(transactions, "turn", nobody_waits)  # noqa: B010 - the same


BUGS: dict[str, Callable[[], None]] = {"split commit": _split_commit, "no IMMEDIATE": _no_immediate}


def award_without_immediate(url: str, number: int, attempts: int, amount: int) -> Counter[str]:
    """Award as everybody does, without the write lock."""
    plant("no IMMEDIATE")
    return races.award_from_one_fund(url, number, attempts, amount)


def award_by_adding(url: str, number: int, attempts: int, amount: int) -> Counter[str]:
    """Award, and keep the sum by adding to what was read before the books were taken: `awarded += amount`."""
    engine, said = open_engine(url), Counter[str]()
    with Session(engine) as session:
        for _ in range(attempts):
            read = session.scalar(select(BudgetLine.awarded)) or 0
            session.rollback()
            with transaction(session):
                races.award_one(session, amount)
                session.execute(update(BudgetLine).values(awarded=read + amount))
            said["done"] += 1
    engine.dispose()
    return said


def set_otherwise(engine: Engine, *settings: str) -> None:
    """Have every connection of an engine say something else to SQLite, after the contract."""

    def say(connection: Any, _record: object) -> None:
        for setting in settings:
            connection.execute(setting)

    event.listen(engine, "connect", say)


def _alter(path: Path, name: str, old: str, new: str) -> None:
    """Have a table or trigger say something else."""
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA writable_schema = ON")
        asked = "UPDATE sqlite_master SET sql = replace(sql, ?, ?) WHERE name = ? AND instr(sql, ?)"
        if connection.execute(asked, (old, new, name, old)).rowcount != 1:
            raise LookupError(f"{name} does not say {old}")
    connection.close()


def forge(path: Path, digest: Callable[[bytes, int, Sequence[object]], bytes]) -> None:
    """Rewrite the first change of the book, seal it again and link the next seal to that, as a forger would."""
    columns = ", ".join(column.key for column in chain.FIELDS)
    with sqlite3.connect(path) as connection:
        _drop_triggers(connection)
        asked = "SELECT min(number) FROM change WHERE table_name = 'book'"
        (number,) = connection.execute(asked).fetchone()
        forged = "UPDATE change SET after_json = replace(after_json, 'null', '\"2010-03-31\"') WHERE number = ?"
        connection.execute(forged, (number,))
        fields = connection.execute(f"SELECT {columns} FROM change WHERE number = ?", (number,)).fetchone()  # noqa: S608 - our own names
        (previous,) = connection.execute("SELECT previous_hash FROM seal WHERE change = ?", (number,)).fetchone()
        sealed = digest(bytes.fromhex(previous), number, fields).hex()
        connection.execute("UPDATE seal SET hash = ? WHERE change = ?", (sealed, number))
        connection.execute("UPDATE seal SET previous_hash = ? WHERE change = ?", (sealed, number + 1))
    connection.close()


def _drop_triggers(connection: sqlite3.Connection) -> None:
    connection.execute("BEGIN")  # of which one end is waited for, and not one for each
    for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        connection.execute(f"DROP TRIGGER {name}")


def no_history(path: Path) -> None:
    """Let entries be posted that no history tells of."""
    _run(path, "DROP TRIGGER watch_entry_added")


def _run(path: Path, *statements: str) -> None:
    with sqlite3.connect(path) as connection:
        for statement in statements:
            connection.execute(statement)
    connection.close()


def no_check(path: Path) -> None:
    """Let what is awarded fall below nothing."""
    _alter(path, "budget_line", "CHECK (awarded >= 0)", "CHECK (1)")


def a_float(path: Path) -> None:
    """Let an entry have half a penny."""
    _alter(path, "entry", "typeof(amount) = 'integer'", "1")


def no_unique_key(path: Path) -> None:
    """Let one form be kept twice."""
    _run(path, "CREATE TABLE bare AS SELECT * FROM sent_form", "DROP TABLE sent_form",
         "ALTER TABLE bare RENAME TO sent_form")  # fmt: skip


def replace_unseen(path: Path) -> None:
    """Let a closing be put in another's place."""
    _run(path, "DROP TRIGGER period_record_is_new")


def sums_by_hand(path: Path) -> None:
    """Leave what is awarded from a fund to whoever awards."""
    moved = "awarded = awarded + CASE WHEN NEW.kind IN ('award'"
    before = "THEN NEW.amount ELSE 0 END,\n    "
    allowed = "over_allowed + CASE WHEN NEW.kind = 'allowance' " + before
    _alter(path, "entry_moves_the_kept_rows", allowed + moved, allowed + moved.replace("+ CASE", "+ 0 * CASE"))
    _alter(path, "entry_moves_the_kept_rows", "WHERE NEW.fund_remaining_after IS NOT", "WHERE 0 AND 0 <>")
    _run(path, "DROP TRIGGER budget_line_moves_by_entry")


def reversals_as_they_come(path: Path) -> None:
    """Let a reversal have any sign."""
    _alter(path, "entry", "ck_entry_sign CHECK (", "ck_entry_sign CHECK (1 OR ")
    _alter(path, "entry_insert_guard", "AND e.amount = -NEW.amount", "")
