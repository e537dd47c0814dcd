"""Workbooks (.xlsx, .xlsm, .xls, .ods) read by calamine, after their parts have been looked through."""

import io
import posixpath
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from fundtracker.sheets.files import opendocument, records
from fundtracker.sheets.files.glance import unsaid
from fundtracker.sheets.files.kinds import Kind
from fundtracker.sheets.files.packages import is_xml, open_package, part_of, parts
from fundtracker.sheets.files.unsaid import Unsaid, check_room
from fundtracker.sheets.reading import MOST_SHEETS, Cell, Sheet
from fundtracker.sheets.unsafe import WorkbookRefusedError, damaged, locked

# What Rust raises where it gives up, a BaseException that no module offers for import.
_PANIC = "PanicException"
MOST_MERGED = 20_000  # areas
_STRICT = b"http://purl.oclc.org/ooxml/spreadsheetml/main"


_LEFT_ALONE = {
    "xl/externalLinks/": "This workbook has links to other files. None was followed: its figures are those it was "
    "saved with.",
    "xl/connections": "This workbook fetches figures from elsewhere. None was fetched: its figures are those it was "
    "saved with.",
    "xl/vbaProject": "This workbook has macros. None was run.",
    "xl/activeX/": "This workbook has controls. None was started.",
    "xl/embeddings/": "This workbook has other files in it. None was opened.",
}


@dataclass
class _Looked:
    """What looking through a workbook found: of each sheet, by its name or in order, and of the file."""

    sheets: dict[str, Unsaid] = field(default_factory=dict)
    in_order: list[Unsaid] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def read_workbook(content: bytes, kind: Kind) -> list[Sheet]:
    """Read every sheet of a workbook; raises WorkbookRefusedError, in a plain sentence, where it cannot be read."""
    looked = _look_through(content) if kind is Kind.PACKAGE else _Looked(in_order=records.look_through(content))
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(content)) as workbook:
            return list(_sheets(workbook, looked))
    except PasswordError as error:
        raise locked() from error
    except (CalamineError, ValueError, OverflowError) as error:
        raise damaged() from error
    except BaseException as error:
        if type(error).__name__ != _PANIC:
            raise
        raise damaged() from error


def _sheets(workbook: CalamineWorkbook, looked: _Looked) -> Iterator[Sheet]:
    described = [at for at in enumerate(workbook.sheets_metadata) if at[1].typ is SheetTypeEnum.WorkSheet]
    if len(described) > MOST_SHEETS:
        raise WorkbookRefusedError(f"This workbook has more than {MOST_SHEETS} sheets. Keep only those needed.")
    for place, about in described:
        visible = about.visible is SheetVisibleEnum.Visible
        unread = looked.sheets.get(about.name) or (looked.in_order[place] if place < len(looked.in_order) else Unsaid())
        yield _sheet(workbook.get_sheet_by_name(about.name), visible, unread, tuple(looked.notes))


def _sheet(sheet: CalamineSheet, visible: bool, unread: Unsaid, notes: tuple[str, ...]) -> Sheet:
    if sheet.end:
        check_room(sheet.end[0] + 1, sheet.end[1] + 1)
    first, rows = _filled(sheet, [row for row, _ in unread.faults])
    spans = [((r1 + 1, c1 + 1), (r2 + 1, c2 + 1)) for (r1, c1), (r2, c2) in sheet.merged_cell_ranges or ()]
    merged = (*spans, *unread.merged)
    if len(merged) > MOST_MERGED:
        raise WorkbookRefusedError(
            f"A sheet has more than {MOST_MERGED:,} merged areas. Unmerge them and save it again."
        )
    return Sheet(sheet.name, visible, first, rows, unread.faults, merged, unread.hidden, notes)


def _filled(sheet: CalamineSheet, faulty: list[int]) -> tuple[int, tuple[tuple[Cell, ...], ...]]:
    """Give the rows from the first to the last that hold anything, and the number of the first."""
    # The rows come from the first row of the sheet, but from the first column that is filled.
    before = ("",) * (sheet.start[1] if sheet.start else 0)
    rows: list[tuple[Cell, ...]] = (
        [(*before, *row) for row in sheet.iter_rows()] if before else list(map(tuple, sheet.iter_rows()))
    )
    first = next((number for number, row in enumerate(rows, start=1) if _holds(row)), 0)
    last = next((number for number in range(len(rows), 0, -1) if _holds(rows[number - 1])), 0)
    # A cell that could not be read is still a cell that is filled.
    ends = [row for row in (*faulty, first, last) if row]
    if not ends:
        return 1, ()
    rows += [()] * (max(ends) - len(rows))
    return min(ends), tuple(rows[min(ends) - 1 : max(ends)])


def _holds(row: tuple[Cell, ...]) -> bool:
    return any(cell != "" for cell in row)


def _look_through(content: bytes) -> _Looked:
    with open_package(content) as package:
        if "xl/workbook.xml" not in package.namelist():
            return _Looked(opendocument.look_through(part_of(package, "content.xml")))
        paths = _sheet_paths(package)
        # Whichever part the workbook says a sheet is in, none may be read that was not looked through.
        found = {
            path: unsaid(part)
            for path, part in parts(package)
            if b"sheetData" in part or b"\0" in part[:8]
            if is_xml(part)
        }
        notes = list(_notes(package))
    return _Looked({name: found.get(path, Unsaid()) for name, path in paths.items()}, notes=notes)


def _notes(package: zipfile.ZipFile) -> Iterator[str]:
    if _STRICT in part_of(package, "xl/workbook.xml"):
        yield "This workbook is saved as Strict Open XML. It was read all the same; its dates are taken as written."
    for begins, says in _LEFT_ALONE.items():
        if any(name.startswith(begins) for name in package.namelist()):
            yield says


def _sheet_paths(package: zipfile.ZipFile) -> dict[str, str]:
    """Give the part that holds each sheet, by the sheet's name."""
    links = _elements(part_of(package, "xl/_rels/workbook.xml.rels"), "Relationship")
    targets = {link.get("Id", ""): link.get("Target", "") for link in links}
    paths = {}
    for sheet in _elements(part_of(package, "xl/workbook.xml"), "sheet"):
        link = next((value for name, value in sheet.items() if name.endswith(":id")), "")
        paths[sheet.get("name", "")] = posixpath.normpath(posixpath.join("/xl", targets.get(link, "")))[1:]
    return paths


def _elements(content: bytes | bytearray, wanted: str) -> list[dict[str, str]]:
    """Give the attributes of every element of a name; no tree is built, however many others there are."""
    found: list[dict[str, str]] = []

    def start(tag: str, attributes: dict[str, str]) -> None:
        if tag.rpartition(":")[2] == wanted:
            found.append(attributes)

    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    try:
        parser.Parse(content or b"<none/>", True)
    except (expat.ExpatError, ValueError) as error:
        raise damaged() from error
    return found
