"""The office's workbook: a sheet for every table, its rows naming each other by reference and name."""

from collections.abc import Iterator

from sqlalchemy import Connection, Table, func, select

from fundtracker.domain.years import now, today
from fundtracker.sheets.about import ABOUT_COLUMNS, Row, made_rows, write_about
from fundtracker.sheets.handover.described import about, handed_over
from fundtracker.sheets.handover.readable import Readable
from fundtracker.sheets.skeleton import add_sheet, plan_of, start_workbook, styles_of
from fundtracker.sheets.stream import LAST_ROW, stream_workbook
from fundtracker.sheets.writing import Cell, Styles, Type, write_row

TITLE = "The office's records"


def write_office(connection: Connection, office: str, made_by: str) -> Iterator[bytes]:
    """Write every table that has rows as a sheet of one workbook; one too long for a sheet is only named."""
    counts = {table: int(connection.scalar(select(func.count()).select_from(table)) or 0) for table in handed_over()}
    sheets = {_name(table): table for table, rows in counts.items() if 0 < rows < LAST_ROW}
    workbook = start_workbook(TITLE, office)
    add_sheet(workbook, "About", ABOUT_COLUMNS, last_row=0, heading=TITLE)
    readable = Readable(connection)
    for name, table in sheets.items():
        add_sheet(workbook, name, readable.columns(table), last_row=counts[table] + 1, heading=f"{TITLE}: {name}")
    styles = styles_of(workbook)
    facts = made_rows(TITLE, office, today(), made_by, [], made_at=now()) + list(_contents(counts))
    rows = {name: _rows(readable, table, styles) for name, table in sheets.items()}
    yield from stream_workbook(workbook, {"About": write_about(facts, styles), **rows})


def _rows(readable: Readable, table: Table, styles: Styles) -> Iterator[str]:
    plan = plan_of(readable.columns(table), styles)
    for number, values in enumerate(readable.rows(table), start=2):
        yield write_row(number, plan, values)


def _contents(counts: dict[Table, int]) -> Iterator[Row]:
    yield []
    yield [Cell("Sheet", strong=True), Cell("What it holds", strong=True), Cell("Rows", strong=True)]
    for table, rows in counts.items():
        left = f" More than a sheet holds: see csv/{table.name}.csv." if rows >= LAST_ROW else ""
        yield [Cell(_name(table)), Cell(about(table) + left), Cell(rows, Type.WHOLE)]


def _name(table: Table) -> str:
    return table.name.replace("_", " ").capitalize()
