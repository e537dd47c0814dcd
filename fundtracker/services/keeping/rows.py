"""The rows of every table as lines of JSON, the same to the byte on every engine."""

import base64
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, date, datetime
from itertools import islice
from typing import Any

from sqlalchemy import Column, ColumnElement, Connection, MetaData, Table, collate, insert, inspect, select
from sqlalchemy.types import Date, DateTime, LargeBinary, String

_AT_ONCE = 1_000
_OF_ALEMBIC = "alembic_version"  # which migration the tables are at, which the manifest says

Values = dict[str, Any]


def describe(connection: Connection) -> list[Table]:
    """Give every table with its columns and its key, by name, as the database itself describes them."""
    schema, described = inspect(connection), MetaData()
    keys = schema.get_multi_pk_constraint()
    tables = []
    for (place, name), columns in sorted(schema.get_multi_columns().items(), key=lambda found: found[0][1]):
        if name != _OF_ALEMBIC:
            key = keys[place, name]["constrained_columns"]
            parts = [Column(one["name"], one["type"], primary_key=one["name"] in key) for one in columns]
            tables.append(Table(name, described, *parts))
    return tables


def names_of(table: Table) -> tuple[str, ...]:
    """Name a table's columns in their own order."""
    return tuple(column.name for column in table.columns)


def lines(
    connection: Connection, table: Table, columns: Sequence[str], *wanted: ColumnElement[bool]
) -> Iterator[bytes]:
    """Give each row, or those wanted, as a line of JSON with these columns, in the order of the table's key."""
    query = select(*(table.c[name] for name in columns)).where(*wanted).order_by(*_in_order(connection, table))
    for row in connection.execute(query, execution_options={"yield_per": _AT_ONCE}):
        yield _written(dict(zip(columns, row, strict=True))).encode() + b"\n"


def take_in(connection: Connection, table: Table, found: Iterable[bytes]) -> None:
    """Put rows into a table in place of those that it has; raises ValueError for a line that is no row of it."""
    connection.execute(table.delete())
    readers = _readers(table)
    waiting = iter(found)
    while some := [_read(line, readers) for line in islice(waiting, _AT_ONCE)]:
        connection.execute(insert(table).inline(), some)


def _in_order(connection: Connection, table: Table) -> list[Any]:
    # Words come in the order of their code points everywhere, which on PostgreSQL has to be asked for.
    server = connection.dialect.name == "postgresql"
    return [
        collate(column, "C") if server and isinstance(column.type, String) else column for column in table.primary_key
    ]


def _say(value: object) -> str:
    match value:
        case datetime():  # without a zone, as SQLite gives it, it is UTC
            moment = value.astimezone(UTC) if value.tzinfo else value
            return f"{moment.replace(tzinfo=None).isoformat(timespec='microseconds')}Z"
        case date():
            return value.isoformat()
        case bytes() | memoryview():
            return base64.b64encode(value).decode()
    raise TypeError(f"a backup carries no {type(value).__name__}")


_written = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False, default=_say).encode


def _readers(table: Table) -> dict[str, Callable[[str], object]]:
    """Give the columns whose values are not what JSON makes of them."""
    kinds: dict[type, Callable[[str], object]] = {
        DateTime: datetime.fromisoformat,
        Date: date.fromisoformat,
        LargeBinary: base64.b64decode,
    }
    return {
        column.name: reader for column in table.columns for kind, reader in kinds.items()
        if isinstance(column.type, kind)
    }  # fmt: skip


def _read(line: bytes, readers: dict[str, Callable[[str], object]]) -> Values:
    row: Values = json.loads(line)
    for name, reader in readers.items():
        if row[name] is not None:
            row[name] = reader(row[name])
    return row
