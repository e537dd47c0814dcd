"""The report of a batch as a workbook: every source row as it was, what became of it, and why."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from fundtracker.domain.statuses import Fate
from fundtracker.domain.text import slug
from fundtracker.domain.years import LONDON, today
from fundtracker.services.bringing.batches import RowTold, read_rows_told, width_of
from fundtracker.services.history.heads import printed_head
from fundtracker.services.imports.waiting import find_batch
from fundtracker.services.office import find_office
from fundtracker.sheets.about import ABOUT_COLUMNS, Row, made_rows, write_about
from fundtracker.sheets.skeleton import Column, add_sheet, plan_of, start_workbook, styles_of
from fundtracker.sheets.stream import Download, stream_workbook
from fundtracker.sheets.writing import Cell, Styles, Type, letter_of, write_row
from fundtracker.store.imports import Batch

_OWN = (
    Column("Sheet", width=14),
    Column("Row", Type.WHOLE),
    Column("What became of it", width=16),
    Column("Why", width=48),
    Column("Amount read (£)", Type.MONEY),
    Column("In the books as", width=16),
    Column("Organisation", width=32),
)
_ROWS = "Rows"


def write_report(engine: Engine, batch_id: int, *, made_by: str) -> Download:
    """Write what became of every row of a batch while it is being sent; raises NotFoundRefusal."""
    with Session(engine) as session:
        batch, office = find_batch(session, batch_id), find_office(session).name
        head = printed_head(session)
        wide = width_of(session, batch)
        session.expunge(batch)
        session.rollback()
    columns = (*_OWN, *(Column(f"Column {letter_of(place)} of the file", width=18) for place in range(1, wide + 1)))
    name = f"{slug(f'import {batch.id} {batch.file_name}')}.xlsx"
    return Download(name, _chunks(engine, batch, (office, made_by, head), columns))


def _chunks(engine: Engine, batch: Batch, made: tuple[str, str, str], columns: Sequence[Column]) -> Iterator[bytes]:
    office, made_by, head = made
    heading = f"Import {batch.id}: {batch.file_name}"
    workbook = start_workbook(heading, office)
    add_sheet(workbook, _ROWS, columns, last_row=batch.rows_read + 1, heading=heading)
    add_sheet(workbook, "About", ABOUT_COLUMNS, last_row=0, heading=heading)
    styles = styles_of(workbook)
    facts = [*made_rows(heading, office, today(), made_by, (), head=head), *_facts(batch)]
    rows = {_ROWS: _write(engine, batch, columns, styles), "About": write_about(facts, styles)}
    yield from stream_workbook(workbook, rows)


def _write(engine: Engine, batch: Batch, columns: Sequence[Column], styles: Styles) -> Iterator[str]:
    plan, wide = plan_of(columns, styles), len(columns) - len(_OWN)
    for number, told in enumerate(read_rows_told(engine, batch.id), start=2):
        yield write_row(number, plan, _values(told, wide))


def _values(told: RowTold, wide: int) -> list[Any]:
    cells = list(told.cells[:wide])
    own = [told.sheet, told.row, told.fate.value, told.says, told.amount, told.reference, told.organisation]
    return [*own, *cells, *[""] * (wide - len(cells))]


def _facts(batch: Batch) -> list[Row]:
    last = batch.rows_read + 1
    taken = f"'{_ROWS}'!C2:C{last},\"{Fate.TAKEN.value}\""
    rows: list[Row] = [
        [Cell("Kind of rows"), Cell(batch.kind.value)],
        [Cell("Brought in by"), Cell(batch.brought_in_by)],
        [Cell("Brought in on"), Cell(batch.brought_in_at.astimezone(LONDON).date(), Type.DATE)],
        [Cell("Fingerprint of the file"), Cell(batch.digest)],
        [Cell("Rows read"), Cell(batch.rows_read, Type.WHOLE, f"COUNTA('{_ROWS}'!B2:B{last})")],
        [Cell("Amount read"), Cell(batch.amount_read, Type.MONEY, f"SUM('{_ROWS}'!E2:E{last})")],
        [Cell("Rows taken"), Cell(batch.rows_taken, Type.WHOLE, f"COUNTIF({taken})")],
        [Cell("Amount taken"), Cell(batch.amount_taken, Type.MONEY, f"SUMIF({taken},'{_ROWS}'!E2:E{last})")],
    ]
    if batch.undone_at:
        day = Cell(batch.undone_at.astimezone(LONDON).date(), Type.DATE)
        rows += [[Cell("Undone by"), Cell(batch.undone_by)], [Cell("Undone on"), day]]
    return rows
