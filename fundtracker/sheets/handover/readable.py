"""Rows as people read them: the name of what a row points at in place of its number."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Column, ColumnElement, Connection, Enum, Table, select
from sqlalchemy.types import Boolean, Date, Integer

from fundtracker.sheets.handover.described import columns_of
from fundtracker.sheets.skeleton import Column as Shown
from fundtracker.sheets.writing import Type
from fundtracker.store.base import Moment, PenceColumn

_TOLD_BY = ("reference", "name", "file_name", "title")


class Readable:
    """The tables of one connection, whose rows know each other by name."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._told: dict[str, dict[Any, str]] = {}

    def columns(self, table: Table) -> list[Shown]:
        """Give a table's columns as a sheet shows them."""
        return [Shown(_title(column), _type(column)) for column in columns_of(table)]

    def rows(self, table: Table, *wanted: ColumnElement[bool]) -> Iterator[list[Any]]:
        """Give a table's rows, or those wanted, in the order of its key."""
        columns = columns_of(table)
        readers = [self._reader(column) for column in columns]
        query = select(*columns).where(*wanted).order_by(*table.primary_key)
        for row in self._connection.execute(query, execution_options={"yield_per": 1_000}):
            yield [value if read is None else read(value) for read, value in zip(readers, row, strict=True)]

    def _reader(self, column: Column[Any]) -> Any:
        for link in column.foreign_keys:
            names = self._names(link.column.table)
            return lambda value: "" if value is None else names.get(value, str(value))
        if isinstance(column.type, (Boolean, Enum)):
            return lambda value: {True: "yes", False: "no", None: ""}.get(value, value)
        return None

    def _names(self, table: Table) -> dict[Any, str]:
        """Tell the rows of a table apart as people do: by reference or name, else by what they are a part of."""
        if table.name not in self._told:
            self._told[table.name] = dict(self._named(table))
        return self._told[table.name]

    def _named(self, table: Table) -> Iterator[tuple[Any, str]]:
        [key] = table.primary_key
        told = next((table.c[name] for name in _TOLD_BY if name in table.c), None)
        part_of = next((column for column in table.columns if column.foreign_keys and not column.nullable), None)
        if told is not None or part_of is None or table.name == "entry":
            query = select(key, key if told is None or table.name == "entry" else told)
            yield from ((number, str(name)) for number, name in self._connection.execute(query))
            return
        [link] = part_of.foreign_keys
        whole = self._names(link.column.table)
        for number, owner in self._connection.execute(select(key, part_of)):
            yield number, f"{whole.get(owner, owner)}, {table.name.replace('_', ' ')} {number}"


def _title(column: Column[Any]) -> str:
    words = column.name.removesuffix("_id") if column.foreign_keys else column.name
    money = " (£)" if isinstance(column.type, PenceColumn) else ""
    return words.replace("_", " ").capitalize() + money


def _type(column: Column[Any]) -> Type:
    match column.type:
        case PenceColumn():
            return Type.MONEY
        case Moment():
            return Type.MOMENT
        case Date():
            return Type.DATE
        case Integer() if not column.foreign_keys:
            return Type.WHOLE
    return Type.TEXT
