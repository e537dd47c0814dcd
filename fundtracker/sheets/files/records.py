"""Old Excel workbooks (.xls): what calamine leaves unsaid of them, record by record, as [MS-XLS] lays them out."""

import struct
from collections.abc import Iterator

from fundtracker.sheets.files.containers import stream
from fundtracker.sheets.files.unsaid import NO_RESULT, Unsaid, holds_error

_ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}
_BEGIN, _END, _SHEET, _ROW, _FORMULA, _ERROR = 0x0809, 0x000A, 0x0085, 0x0208, 0x0006, 0x0205
_SHORTEST = {_SHEET: 6, _ROW: 16, _FORMULA: 16, _ERROR: 8}
_HIDDEN, _TO_BE_WORKED_OUT, _IS_ERROR = 0x20, 0x02, 2
_NO_NUMBER = b"\xff\xff"


def look_through(content: bytes) -> list[Unsaid]:
    """Give what is unsaid of each sheet, in the order of the workbook."""
    book = stream(content, ("Workbook", "Book"))
    begins = [struct.unpack_from("<I", told)[0] for kind, told in _records(book, 0) if kind == _SHEET]
    return [_sheet(book, at) for at in begins]


def _records(book: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    """Give the records of interest from a place to the end of what begins there: the workbook, or one sheet."""
    deep = 0
    while at + 4 <= len(book):
        kind, length = struct.unpack_from("<HH", book, at)
        deep += (kind == _BEGIN) - (kind == _END)
        if deep <= 0:
            return
        at += 4 + length
        if length >= _SHORTEST.get(kind, length + 1):
            yield kind, book[at - length : at].ljust(length, b"\0")


def _sheet(book: bytes, at: int) -> Unsaid:
    found = Unsaid()
    for kind, told in _records(book, at):
        row, column = struct.unpack_from("<HH", told)
        if kind == _ROW and told[12] & _HIDDEN:
            found.hidden.add(row + 1)
        elif fault := _fault(kind, told):
            found.faults[row + 1, column + 1] = fault
    return found


def _fault(kind: int, told: bytes) -> str:
    """Say what is the matter with an error cell, or with the result that a formula was saved with."""
    if kind == _ERROR and told[7]:
        return holds_error(_ERRORS.get(told[6], "#N/A"))
    if kind == _FORMULA:
        result, options = told[6:14], told[14]
        if result.endswith(_NO_NUMBER) and result[0] == _IS_ERROR:
            return holds_error(_ERRORS.get(result[2], "#N/A"))
        # Programs that work nothing out write nought, to be worked out when Excel opens it.
        if not any(result) and options & _TO_BE_WORKED_OUT:
            return NO_RESULT
    return ""
