"""The connection contract: what is set on every connection, and how each transaction begins."""

import sqlite3
from typing import Any

from sqlalchemy import URL, Connection, Engine, ExceptionContext, create_engine, event, make_url

WRITE = "ft_write"
FAILED = "ft_failed"
_READ_ONLY = "ft_read_only"
_WAIT_SECONDS = 10


class FailedTransactionError(RuntimeError):
    """A commit asked for after the database refused a statement: half a posting must never be kept."""


def open_engine(url: str | URL, **options: Any) -> Engine:
    """Open a database with the connection contract on it; SQLite files and PostgreSQL only."""
    address = make_url(url)
    if address.get_backend_name() == "postgresql":
        settings = f"-c lock_timeout={_WAIT_SECONDS}s -c idle_in_transaction_session_timeout=60s -c timezone=UTC"
        options.setdefault("connect_args", {}).setdefault("options", settings)
        options.setdefault("pool_pre_ping", True)  # a server that was started again has forgotten every connection
    engine = create_engine(address, **options)
    keep_contract(engine)
    return engine


def keep_contract(engine: Engine) -> None:
    """Put the connection contract on an engine that is already made."""
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _set_up_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    else:
        event.listen(engine, "begin", _begin_postgresql)
    event.listen(engine, "handle_error", _remember_error)
    event.listen(engine, "commit", _refuse_half_posting)


def keep_readers_going(engine: Engine) -> None:
    """
    Keep what a long transaction writes in memory until its end, on the connections that are opened from now on.

    One that spills its pages into the file before then locks every reader of SQLite out for as long.
    """
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _keep_pages)
        engine.dispose()  # those that are open spill


def _keep_pages(connection: Any, _record: object) -> None:
    connection.execute("PRAGMA cache_spill = OFF")


def journal_mode(version: tuple[int, ...] = sqlite3.sqlite_version_info) -> str:
    """Choose the journal: WAL only where SQLite is free of the WAL-reset bug (fixed in 3.51.3, 3.50.7 and 3.44.6)."""
    fixed = version >= (3, 51, 3) or (3, 50, 7) <= version < (3, 51) or (3, 44, 6) <= version < (3, 45)
    return "WAL" if fixed else "TRUNCATE"


def _set_up_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # the begin event says BEGIN; the driver must not
    cursor = connection.cursor()
    for setting in (
        f"busy_timeout = {_WAIT_SECONDS * 1000}",
        "foreign_keys = ON",
        "recursive_triggers = ON",  # else INSERT OR REPLACE deletes a row without asking its trigger
        "trusted_schema = OFF",
        "mmap_size = 0",
        f"journal_mode = {journal_mode()}",
        "synchronous = FULL",  # NORMAL loses acknowledged awards when the power goes
    ):
        cursor.execute(f"PRAGMA {setting}")
    cursor.close()


def _writes(connection: Connection) -> bool:
    connection.info.pop(FAILED, None)
    return bool(connection.get_execution_options().get(WRITE))


def _begin_sqlite(connection: Connection) -> None:
    writes = _writes(connection)
    # Said again, it would make SQLite prepare every statement anew, which costs more than most pages' reading.
    if connection.info.get(_READ_ONLY) is not (not writes):
        connection.exec_driver_sql(f"PRAGMA query_only = {'OFF' if writes else 'ON'}")
        connection.info[_READ_ONLY] = not writes
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _begin_postgresql(connection: Connection) -> None:
    # A page reads in one snapshot: two SELECTs at READ COMMITTED may disagree with each other.
    mode = "READ COMMITTED READ WRITE" if _writes(connection) else "REPEATABLE READ READ ONLY"
    connection.exec_driver_sql(f"SET TRANSACTION ISOLATION LEVEL {mode}")


def _remember_error(context: ExceptionContext) -> None:
    if context.connection is not None and not context.connection.invalidated:
        context.connection.info[FAILED] = True


def _refuse_half_posting(connection: Connection) -> None:
    if connection.info.pop(FAILED, False):
        raise FailedTransactionError("the database refused a statement in this transaction, so none of it is kept")
