"""A backup's rows put into an empty database: the tables of its day, every row as it was, then today's tables."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Table, event, func, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from fundtracker.services.history.verifying import Verified, verify
from fundtracker.services.keeping.archive import Archive, BackupRefusal, count
from fundtracker.services.keeping.manifest import Part
from fundtracker.services.keeping.rows import describe, lines, names_of, take_in
from fundtracker.services.keeping.unguarded import unguarded
from fundtracker.services.recount import Recount, recount
from fundtracker.store.engine import WRITE, open_engine
from fundtracker.store.schema import bring_to, read_known


@dataclass(frozen=True)
class Found:
    """What a recount of the books found, and a verification of their history."""

    recount: Recount
    history: Verified

    @property
    def agrees(self) -> bool:
        """Say whether neither found anything."""
        return self.recount.agrees and self.history.holds


def load(connection: Connection, archive: Archive, migrations: Path) -> Found:
    """
    Put a backup into an empty database, in the transaction in hand, compare it with the backup, and recount it.

    Tables of an earlier migration are brought up to date after that. Raises BackupRefusal; then nothing may be kept.
    """
    bring_to(connection, migrations, archive.manifest.migration)
    tables = _fitting(describe(connection), archive.manifest.parts)
    with unguarded(connection):
        for part in archive.manifest.parts:
            _fill(connection, archive, part, tables[part.table])
    _set_counters(connection, list(tables.values()))
    _compare(connection, archive.manifest.parts, tables)
    if archive.manifest.migration != read_known(migrations)[0]:
        bring_to(connection, migrations)
    with Session(connection) as session:
        return Found(recount(session), verify(session))


@contextmanager
def new_file(path: Path) -> Iterator[Connection]:
    """Give a connection that fills a new SQLite database in one transaction, kept when all went well."""
    engine = open_engine(f"sqlite:///{path}")
    # Rows come table by table, and some point at rows of a later one; all are looked at in the end.
    event.listen(engine, "connect", _look_at_links_later)
    try:
        with filling(engine) as connection:
            yield connection
            if strays := connection.exec_driver_sql("PRAGMA foreign_key_check").first():
                raise BackupRefusal(f"A row of {strays[0]} points at a row of {strays[2]} that is not there.")
    finally:
        engine.dispose()


@contextmanager
def filling(engine: Engine) -> Iterator[Connection]:
    """Give a connection in one write transaction, kept when all went well."""
    with engine.connect().execution_options(**{WRITE: True}) as connection, connection.begin():
        yield connection


def _look_at_links_later(connection: Any, _record: object) -> None:
    connection.execute("PRAGMA foreign_keys = OFF")


def _fitting(tables: list[Table], parts: tuple[Part, ...]) -> dict[str, Table]:
    """Hold the tables made against those of the backup; raises BackupRefusal where they are others."""
    if {(table.name, frozenset(names_of(table))) for table in tables} != {
        (part.table, frozenset(part.columns)) for part in parts
    }:
        raise BackupRefusal("The tables of this backup are not those of the migration that it names.")
    return {table.name: table for table in tables}


def _fill(connection: Connection, archive: Archive, part: Part, table: Table) -> None:
    try:
        take_in(connection, table, archive.lines(part))
    except DBAPIError as error:
        said = str(error.orig).strip().splitlines()[0]
        raise BackupRefusal(f"A row of {part.table} cannot be kept in this database: {said}.") from error
    except (ValueError, KeyError, TypeError) as error:
        raise BackupRefusal(f"A line of {part.name} in this backup is no row of that table: {error}.") from error


def _set_counters(connection: Connection, tables: list[Table]) -> None:
    """Let each table's own numbers go on after its last; SQLite does so by itself."""
    if connection.dialect.name == "sqlite":
        return
    for table in tables:
        for column in table.primary_key:
            counter = connection.scalar(select(func.pg_get_serial_sequence(f'"{table.name}"', column.name)))
            if counter:
                last = func.coalesce(func.max(column), 1)
                connection.execute(select(func.setval(counter, last, func.count() > 0)).select_from(table))


def _compare(connection: Connection, parts: tuple[Part, ...], tables: dict[str, Table]) -> None:
    for part in parts:
        if count(part, lines(connection, tables[part.table], part.columns)) != part:
            raise BackupRefusal(f"The rows of {part.table} came out differently from those of the backup.")
