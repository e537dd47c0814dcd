"""A new database with its guards set aside while rows are put into it exactly as they were, and set back after."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection

_TRIGGERS = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY rowid"
_TABLES = (
    "SELECT oid::regclass::text FROM pg_class WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace"
)
_LINKS = (
    "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint "
    "WHERE contype = 'f' AND connamespace = current_schema()::regnamespace ORDER BY oid"
)


@contextmanager
def unguarded(connection: Connection) -> Iterator[None]:
    """
    Set triggers aside, and on PostgreSQL the checks of rows that point at others, which are all made at the end.

    Only for a database that nobody else can see yet, by whoever owns its tables.
    """
    aside = _on_sqlite if connection.dialect.name == "sqlite" else _on_postgresql
    with aside(connection):
        yield


@contextmanager
def _on_sqlite(connection: Connection) -> Iterator[None]:
    triggers = connection.exec_driver_sql(_TRIGGERS).all()
    for name, _ in triggers:
        connection.exec_driver_sql(f'DROP TRIGGER "{name}"')
    yield
    for _, sql in triggers:
        connection.exec_driver_sql(sql)


@contextmanager
def _on_postgresql(connection: Connection) -> Iterator[None]:
    tables = connection.exec_driver_sql(_TABLES).scalars().all()
    links = connection.exec_driver_sql(_LINKS).all()
    for table in tables:
        connection.exec_driver_sql(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    for table, name, _ in links:
        connection.exec_driver_sql(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
    yield
    for table, name, definition in links:
        connection.exec_driver_sql(f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {definition}')
    for table in tables:
        connection.exec_driver_sql(f"ALTER TABLE {table} ENABLE TRIGGER USER")
