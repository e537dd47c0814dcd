"""Whose history a row belongs to: what points at a record, and what points at that, is part of the record."""

from collections.abc import Sequence
from functools import cache
from typing import Any

from sqlalchemy import Column as TableColumn
from sqlalchemy import ColumnElement, Select, String, Table, and_, cast, literal, or_, select

from fundtracker.store.base import Base
from fundtracker.store.history import Change
from fundtracker.store.watched import UNWATCHED

_ELSEWHERE = frozenset({"batch", "batch_row"})  # a file's rows have a page of their own


def changes_of(table: str, row: Sequence[int]) -> ColumnElement[bool]:
    """Choose the changes of records of one kind and of all that is part of them, of rows that are still there."""
    parts = _parts(table)
    return or_(*(_one(part, _rows(table, part, row)) for part in parts))


def parts_of(table: str, row: int) -> dict[str, ColumnElement[bool]]:
    """Give each table that is part of a record, itself first, with the choice of the rows that are of this one."""
    keys = {part: _key(Base.metadata.tables[part]) for part in _parts(table)}
    return {part: key.in_(_chosen(table, part, (row,), key)) for part, key in keys.items()}


def links_of(table: str) -> dict[str, dict[str, str]]:
    """Give each table that is part of a record with its columns that say so, and what each points at."""
    return {part: dict(links) for part, links in _parts(table).items()}


def _one(part: str, rows: Select[str]) -> ColumnElement[bool]:
    return and_(Change.table_name == part, Change.row_id.in_(rows))


@cache
def _parts(root: str) -> dict[str, tuple[tuple[str, str], ...]]:
    """Give each table that is part of another, with its columns that say so and what they point at; nearest first."""
    found: dict[str, tuple[tuple[str, str], ...]] = {root: ()}
    while True:
        nearer = {}
        for name, table in Base.metadata.tables.items():
            if name in found or name in UNWATCHED or name in _ELSEWHERE:
                continue
            if links := _links(table, found):
                nearer[name] = links
        if not nearer:
            return found
        found.update(nearer)


def _links(table: Table, known: dict[str, tuple[tuple[str, str], ...]]) -> tuple[tuple[str, str], ...]:
    links = [(key.parent.name, key.column.table.name) for key in table.foreign_keys]
    return tuple(sorted((name, target) for name, target in links if target in known))


def _rows(root: str, part: str, row: Sequence[int]) -> Select[str]:
    return _chosen(root, part, row, row_number(Base.metadata.tables[part]))


def _chosen(root: str, part: str, row: Sequence[int], what: ColumnElement[Any]) -> Select[Any]:
    table = Base.metadata.tables[part]
    if part == root:
        return select(what).where(_key(table).in_(row))
    links = (
        table.c[name].in_(_chosen(root, target, row, _key(Base.metadata.tables[target])))
        for name, target in _parts(root)[part]
    )
    return select(what).where(or_(*links))


def _key(table: Table) -> TableColumn[int]:
    return next(iter(table.primary_key.columns))


def row_number(table: Table) -> ColumnElement[str]:
    """Give a row's number as history writes it; several columns have a stroke between."""
    first, *others = (cast(column, String) for column in table.primary_key.columns)
    whole: ColumnElement[str] = first
    for other in others:
        whole = whole + literal("/") + other
    return whole
