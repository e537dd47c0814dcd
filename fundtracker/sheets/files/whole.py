"""Whole workbooks, read in the child and put together again here: each sheet, then each of its rows, a line."""

import json
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from fundtracker.sheets.files.child import read_in_child
from fundtracker.sheets.files.kinds import WORKBOOKS
from fundtracker.sheets.reading import Cell, Sheet
from fundtracker.sheets.unsafe import WorkbookRefusedError


def read_workbook(content: bytes | Path, *, most_rows: int) -> list[Sheet]:
    """
    Read every cell of an Excel workbook or OpenDocument spreadsheet in the child process.

    Raises WorkbookRefusedError for one that cannot be read, or that has more rows than may be.
    """
    lines = read_in_child(
        content, file_name="", task=f"{__name__}:lines", kinds=WORKBOOKS, options={"most_rows": most_rows}
    )
    return list(gather(lines))


def lines(sheets: list[Sheet], options: dict[str, Any]) -> Iterator[str]:
    """Write each sheet, then its rows: the task that the child does."""
    rows = sum(len(sheet.rows) for sheet in sheets)
    if rows > options["most_rows"]:
        raise WorkbookRefusedError(
            f"This workbook has {rows:,} rows. At most {options['most_rows']:,} are brought in at once: "
            "divide it into several."
        )
    for sheet in sheets:
        about = {name: getattr(sheet, name) for name in ("name", "visible", "first_row", "merged", "notes")}
        yield json.dumps({
            **about, "rows": len(sheet.rows), "hidden": sorted(sheet.hidden), "faults": list(sheet.faults.items())
        })  # fmt: skip
        for cells in sheet.rows:
            yield json.dumps([_told(cell) for cell in cells])


def gather(read: Iterator[str]) -> Iterator[Sheet]:
    """Put the sheets together again from their lines."""
    for line in read:
        about = json.loads(line)
        rows = tuple(tuple(_heard(cell) for cell in json.loads(next(read))) for _ in range(about["rows"]))
        yield Sheet(
            about["name"], about["visible"], about["first_row"], rows,
            faults={(row, column): says for (row, column), says in about["faults"]},
            merged=tuple((tuple(first), tuple(last)) for first, last in about["merged"]),
            hidden=set(about["hidden"]), notes=tuple(about["notes"]),
        )  # fmt: skip


def _told(cell: Cell) -> Any:
    """Write a cell as JSON has it; what JSON has no word for goes by its kind."""
    match cell:
        case datetime():
            return {"datetime": cell.isoformat()}
        case date():
            return {"date": cell.isoformat()}
        case time():
            return {"time": cell.isoformat()}
        case timedelta():
            return {"seconds": [cell.days, cell.seconds, cell.microseconds]}
        case _:
            return cell


def _heard(told: Any) -> Cell:
    match told:
        case {"datetime": str(text)}:
            return datetime.fromisoformat(text)
        case {"date": str(text)}:
            return date.fromisoformat(text)
        case {"time": str(text)}:
            return time.fromisoformat(text)
        case {"seconds": [int(days), int(seconds), int(microseconds)]}:
            return timedelta(days, seconds, microseconds)
        case str() | float() | int():
            return told
    raise TypeError(told)
