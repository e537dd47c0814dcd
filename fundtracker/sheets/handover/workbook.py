"""Tables as a workbook: a sheet for each, its rows naming each other by reference and name."""

from collections.abc import Iterator, Mapping

from sqlalchemy import ColumnElement, Connection, Table, func, select, true

from fundtracker.domain.years import now, today
from fundtracker.sheets.about import ABOUT_COLUMNS, Row, made_rows, write_about
from fundtracker.sheets.handover.described import about, handed_over
from fundtracker.sheets.handover.readable import Readable
from fundtracker.sheets.skeleton import add_sheet, plan_of, start_workbook, styles_of
from fundtracker.sheets.stream import LAST_ROW, stream_workbook
from fundtracker.sheets.writing import Cell, Styles, Type, write_row

Wanted = Mapping[Table, ColumnElement[bool]]


def write_office(connection: Connection, office: str, made_by: str) -> Iterator[bytes]:
    """Write every table that is handed over."""
    everything = {table: true() for table in handed_over()}
    return write_tables(connection, everything, "The office's records", office, made_by)


def write_tables(connection: Connection, wanted: Wanted, title: str, office: str, made_by: str) -> Iterator[bytes]:
    """Write the rows wanted of each table that has any as a sheet of one workbook; one too long is only named."""
    counts = {table: _count(connection, table, rows) for table, rows in wanted.items()}
    sheets = {_name(table): table for table, rows in counts.items() if 0 < rows < LAST_ROW}
    workbook = start_workbook(title, office)
    add_sheet(workbook, "About", ABOUT_COLUMNS, last_row=0, heading=title)
    readable = Readable(connection)
    for name, table in sheets.items():
        add_sheet(workbook, name, readable.columns(table), last_row=counts[table] + 1, heading=f"{title}: {name}")
    styles = styles_of(workbook)
    facts = made_rows(title, office, today(), made_by, [], made_at=now()) + list(_contents(counts))
    rows = {name: _rows(readable, table, wanted[table], styles) for name, table in sheets.items()}
    yield from stream_workbook(workbook, {"About": write_about(facts, styles), **rows})


def _count(connection: Connection, table: Table, wanted: ColumnElement[bool]) -> int:
    return int(connection.scalar(select(func.count()).select_from(table).where(wanted)) or 0)


def _rows(readable: Readable, table: Table, wanted: ColumnElement[bool], styles: Styles) -> Iterator[str]:
    plan = plan_of(readable.columns(table), styles)
    for number, values in enumerate(readable.rows(table, wanted), start=2):
        yield write_row(number, plan, values)


def _contents(counts: Mapping[Table, int]) -> Iterator[Row]:
    yield []
    yield [Cell("Sheet", strong=True), Cell("What it holds", strong=True), Cell("Rows", strong=True)]
    for table, rows in counts.items():
        left = f" More than a sheet holds: see csv/{table.name}.csv." if rows >= LAST_ROW else ""
        yield [Cell(_name(table)), Cell(about(table) + left), Cell(rows, Type.WHOLE)]


def _name(table: Table) -> str:
    return table.name.replace("_", " ").capitalize()
