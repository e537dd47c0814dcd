"""Every table as CSV for people and as JSON for programs, and its files as files."""

import csv
import json
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from decimal import Decimal
from io import StringIO
from pathlib import PurePath
from typing import Any

from sqlalchemy import Column, ColumnElement, Connection, Table, select

from fundtracker.domain.text import slug
from fundtracker.services.keeping.rows import lines
from fundtracker.sheets.handover.described import columns_of, file_of
from fundtracker.sheets.papers.plain_rows import safe_text
from fundtracker.store.base import PenceColumn

_NAMED_BY = ("file_name", "name", "title")
BYTE_ORDER_MARK = "\ufeff".encode()  # by which Excel knows UTF-8


def csv_lines(heading: Iterable[str], rows: Iterable[Iterable[object]]) -> Iterator[bytes]:
    """Write rows as CSV that Excel opens, in which no words are taken for a formula."""
    yield BYTE_ORDER_MARK
    yield _line(heading)
    yield from map(_line, rows)


def table_csv(connection: Connection, table: Table) -> Iterator[bytes]:
    """Write a table as CSV: money as pounds and pence, days and moments as ISO writes them."""
    columns = columns_of(table)
    money = [isinstance(column.type, PenceColumn) for column in columns]
    found = connection.execute(_in_order(table, columns), execution_options={"yield_per": 1_000})
    rows = (
        [
            Decimal(value).scaleb(-2) if is_money and value is not None else value
            for value, is_money in zip(row, money, strict=True)
        ]
        for row in found
    )
    yield from csv_lines((column.name for column in columns), rows)


def table_json(connection: Connection, table: Table, *wanted: ColumnElement[bool]) -> Iterator[bytes]:
    """Write a table's rows, or those wanted, as a JSON array, as the books hold them: money as whole pence."""
    before = b"[\n"
    for line in lines(connection, table, [column.name for column in columns_of(table)], *wanted):
        yield before + line.rstrip(b"\n")
        before = b",\n"
    yield b"[]\n" if before.startswith(b"[") else b"\n]\n"


def table_files(connection: Connection, table: Table, *wanted: ColumnElement[bool]) -> Iterator[tuple[str, bytes]]:
    """Give each file that a table holds, or its rows wanted do, named by the table, the row and itself."""
    content = file_of(table)
    if content is None:
        return
    name = next((table.c[one] for one in _NAMED_BY if one in table.c), None)
    [key] = table.primary_key
    query = select(key, key if name is None else name, content).where(content.is_not(None), *wanted).order_by(key)
    for number, called, held in connection.execute(query, execution_options={"yield_per": 1}):  # files are large
        yield file_name(table.name, number, str(called)), bytes(held)


def file_name(table: str, number: object, called: str) -> str:
    """Name a file: `attachment-12-interim-report.pdf`; nothing of what somebody typed can lead out of the folder."""
    own = PurePath(called.replace("\\", "/")).name
    ending = slug(PurePath(own).suffix) if PurePath(own).suffix else ""
    return f"{table}-{number}-{slug(PurePath(own).stem)}" + (f".{ending}" if ending else "")


def _in_order(table: Table, columns: list[Column[Any]]) -> Any:
    return select(*columns).order_by(*table.primary_key)


def _line(values: Iterable[object]) -> bytes:
    said = StringIO(newline="")
    csv.writer(said).writerow([_cell(value) for value in values])
    return said.getvalue().encode()


def _cell(value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return json.dumps(value)
        case datetime():
            return value.isoformat(timespec="seconds").replace("+00:00", "Z")
        case date():
            return value.isoformat()
    return safe_text(str(value)) if isinstance(value, str) else str(value)
