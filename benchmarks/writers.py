"""The ledger written by each engine from the same entries: ours, and the peers that it is measured against."""

import csv
from collections.abc import Callable, Iterator
from datetime import date, datetime
from io import TextIOWrapper
from typing import IO, Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from fundtracker.domain.money import plain
from fundtracker.domain.years import LONDON
from fundtracker.services.ledger import Ledger, open_ledger, read_entries
from fundtracker.sheets.ledger import write_ledger
from fundtracker.sheets.ledger_rows import COLUMNS, Totals, values_of
from fundtracker.sheets.writing import Type, letter_of

_WIDTH = 16
_PENCE_A_POUND = 100


def ours(engine: Engine, file: IO[bytes]) -> None:
    """Write the whole workbook: ledger, summary and about."""
    for chunk in write_ledger(engine, made_by="benchmark").chunks:
        file.write(chunk)


def only_reading(engine: Engine, file: IO[bytes]) -> None:
    """Read the entries and work out each row's values, and write none of it."""
    for _ in _rows(engine):
        pass
    file.write(b".")


def csv_by_hand(engine: Engine, file: IO[bytes]) -> None:
    """Write the rows as CSV, the least that any export could do."""
    text = TextIOWrapper(file, encoding="utf-8", newline="")
    writer = csv.writer(text)
    writer.writerow([column.title for column in COLUMNS])
    for values in _rows(engine):
        writer.writerow([_text(column.type, value) for column, value in zip(COLUMNS, values, strict=True)])
    text.flush()
    text.detach()


def openpyxl_write_only(engine: Engine, file: IO[bytes]) -> None:
    """Write the ledger's sheet with openpyxl's write-only mode."""
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet("Ledger")
    sheet.freeze_panes = "A2"
    for place in range(1, len(COLUMNS) + 1):
        sheet.column_dimensions[letter_of(place)].width = _WIDTH
    sheet.append([column.title for column in COLUMNS])
    for values in _rows(engine):
        cells = []
        for column, value in zip(COLUMNS, values, strict=True):
            if value is None or column.type in (Type.TEXT, Type.WHOLE):
                cells.append(value)
                continue
            cell = WriteOnlyCell(sheet, _number(column.type, value))
            cell.number_format = column.type.value
            cells.append(cell)
        sheet.append(cells)
    workbook.save(file)


def xlsxwriter_constant_memory(engine: Engine, file: IO[bytes]) -> None:
    """Write the ledger's sheet with XlsxWriter's constant-memory mode; raises ImportError where it is not installed."""
    import xlsxwriter  # type: ignore[import-not-found]  # noqa: PLC0415 - a peer, installed for the benchmark only

    workbook = xlsxwriter.Workbook(file, {"constant_memory": True, "strings_to_formulas": False})
    sheet = workbook.add_worksheet("Ledger")
    formats = {type_: workbook.add_format({"num_format": type_.value}) for type_ in Type}
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, len(COLUMNS) - 1, _WIDTH)
    sheet.write_row(0, 0, [column.title for column in COLUMNS])
    for number, values in enumerate(_rows(engine), start=1):
        for place, (column, value) in enumerate(zip(COLUMNS, values, strict=True)):
            if value is None or value == "":
                continue
            if column.type is Type.TEXT:
                sheet.write_string(number, place, value, formats[column.type])
            elif column.type in (Type.DATE, Type.MOMENT):
                sheet.write_datetime(number, place, _number(column.type, value), formats[column.type])
            else:
                sheet.write_number(number, place, _number(column.type, value), formats[column.type])
    workbook.close()


WRITERS: dict[str, Callable[[Engine, IO[bytes]], None]] = {
    "reading alone": only_reading,
    "CSV": csv_by_hand,
    "fundtracker": ours,
    "XlsxWriter constant memory": xlsxwriter_constant_memory,
    "openpyxl write-only": openpyxl_write_only,
}


def _rows(engine: Engine) -> Iterator[tuple[Any, ...]]:
    with Session(engine) as session:
        ledger: Ledger = open_ledger(session)
        session.rollback()
    totals = {key: Totals() for key in ledger.funds}
    for entry in read_entries(engine, ledger):
        yield values_of(ledger, entry, totals[entry.fund_id].add(entry.kind, entry.amount))


def _number(type_: Type, value: Any) -> Any:
    if type_ is Type.MONEY:
        return value / _PENCE_A_POUND
    return value.astimezone(LONDON).replace(tzinfo=None) if isinstance(value, datetime) else value


def _text(type_: Type, value: Any) -> object:
    if value is None:
        return ""
    if type_ is Type.MONEY:
        return plain(value)
    if isinstance(value, datetime):
        return f"{value.astimezone(LONDON):%d/%m/%Y %H:%M}"
    return f"{value:%d/%m/%Y}" if isinstance(value, date) else value
