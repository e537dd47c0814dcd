"""Tables as a workbook: a sheet for each, its rows naming each other by reference and name."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from sqlalchemy import Connection, Table, func, select

from fundtracker.domain.years import now, today
from fundtracker.services.history.heads import printed_head
from fundtracker.sheets.about import ABOUT_COLUMNS, Row, made_rows, write_about
from fundtracker.sheets.handover.described import about, handed_over
from fundtracker.sheets.handover.readable import Readable
from fundtracker.sheets.skeleton import add_sheet, plan_of, start_workbook, styles_of
from fundtracker.sheets.stream import LAST_ROW, stream_workbook
from fundtracker.sheets.writing import Cell, Plan, Type, write_row

Rows = Mapping[Table, tuple[int, Iterable[list[Any]]]]
"""The rows of each table, and how many there are."""


def write_office(connection: Connection, office: str, made_by: str) -> Iterator[bytes]:
    """Write every table that is handed over."""
    readable = Readable(connection)
    rows = {table: (_count(connection, table), readable.rows(table)) for table in handed_over()}
    return write_tables(readable, rows, "The office's records", office, made_by, head=printed_head(connection))


def write_tables(
    readable: Readable, rows: Rows, title: str, office: str, made_by: str, *, head: str
) -> Iterator[bytes]:
    """
    Write each table that has rows as a sheet of one workbook; one too long for a sheet is only named.

    The head of the history stands on its first sheet.
    """
    sheets = {_name(table): table for table, (count, _) in rows.items() if 0 < count < LAST_ROW}
    workbook = start_workbook(title, office)
    add_sheet(workbook, "About", ABOUT_COLUMNS, last_row=0, heading=title)
    for name, table in sheets.items():
        add_sheet(workbook, name, readable.columns(table), last_row=rows[table][0] + 1, heading=f"{title}: {name}")
    styles = styles_of(workbook)
    facts = made_rows(title, office, today(), made_by, [], made_at=now(), head=head)
    facts += _contents({table: count for table, (count, _) in rows.items()})
    written = {
        name: _written(rows[table][1], plan_of(readable.columns(table), styles)) for name, table in sheets.items()
    }
    yield from stream_workbook(workbook, {"About": write_about(facts, styles), **written})


def _count(connection: Connection, table: Table) -> int:
    return int(connection.scalar(select(func.count()).select_from(table)) or 0)


def _written(rows: Iterable[list[Any]], plan: Plan) -> Iterator[str]:
    return (write_row(number, plan, values) for number, values in enumerate(rows, start=2))


def _contents(counts: Mapping[Table, int]) -> Iterator[Row]:
    yield []
    yield [Cell("Sheet", strong=True), Cell("What it holds", strong=True), Cell("Rows", strong=True)]
    for table, rows in counts.items():
        left = f" More than a sheet holds: see csv/{table.name}.csv." if rows >= LAST_ROW else ""
        yield [Cell(_name(table)), Cell(about(table) + left), Cell(rows, Type.WHOLE)]


def _name(table: Table) -> str:
    return table.name.replace("_", " ").capitalize()
