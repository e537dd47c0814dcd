"""The books held still to be read in full, while the office goes on working."""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine

from fundtracker.domain.refusals import Refusal
from fundtracker.store.engine import open_engine
from fundtracker.store.turns import LONGEST_WAIT, busy, turn


class DamagedError(Refusal):
    """A database whose file SQLite itself finds damaged."""


@contextmanager
def still(engine: Engine, folder: Path) -> Iterator[Connection]:
    """
    Give a connection that reads the books as they stand at one moment, with a copy in a folder where one is needed.

    PostgreSQL reads from one snapshot, which keeps nobody waiting. Whoever reads an SQLite file keeps its writers
    waiting, so that is copied first, in a writer's turn. Raises BusyRefusal, and DamagedError for a broken file.
    """
    if engine.dialect.name != "sqlite":
        with engine.connect() as connection:
            yield connection
        return
    copy = open_engine(f"sqlite:///{copy_file(engine, folder / 'copy.sqlite')}")
    try:
        with copy.connect() as connection:
            _refuse_damaged(connection)
            yield connection
    finally:
        copy.dispose()


def copy_file(engine: Engine, copy: Path) -> Path:
    """
    Copy an SQLite database by SQLite's own means: a plain copy of the file of a working office is a broken one.

    Raises BusyRefusal.
    """
    until = time.monotonic() + LONGEST_WAIT

    def wait(status: int, left: int, pages: int) -> None:
        if status != sqlite3.SQLITE_DONE and time.monotonic() > until:
            raise busy()

    file = engine.url.database or ""
    with (
        turn(engine),
        closing(sqlite3.connect(file, timeout=LONGEST_WAIT)) as source,
        closing(sqlite3.connect(copy)) as target,
    ):
        source.backup(target, progress=wait, sleep=0.01)
    return copy


def _refuse_damaged(connection: Connection) -> None:
    found = connection.exec_driver_sql("PRAGMA integrity_check(1)").scalar()
    if found != "ok":
        raise DamagedError(
            f"The database is damaged ({found}), so no backup of it was made. Restore the last good backup, and keep "
            "the damaged file for whoever looks into it."
        )
