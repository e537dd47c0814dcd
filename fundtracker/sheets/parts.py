"""What calamine leaves unsaid about a sheet: formulas without a stored value, error cells, cells too far out."""

import posixpath
import re
from collections.abc import Iterator
from xml.etree import ElementTree as ET

from fundtracker.sheets.unsafe import Parts, WorkbookRefusedError

FURTHEST_ROW, FURTHEST_COLUMN = 250_000, 256

Place = tuple[int, int]
"""A cell by its row and column, both counted from 1."""

# Every part is bounded, so that a sheet made of the beginnings of cells takes no longer than another.
_AT = rb'<(?:\w+:)?c\b(?=[^>]{0,300}?\br="([A-Z]{1,3})([0-9]{1,9})")'
_FORMULA = rb"\s*<(?:\w+:)?f\b[^>]{0,300}?(?:/>|>[^<]{0,9000}</(?:\w+:)?f>)"
_NO_VALUE = rb"\s*(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
# A formula that gives empty text (t="str") has a value: the empty text.
_UNSTORED = re.compile(_AT + rb'(?![^>]{0,300}\bt="str")[^>]{0,300}(?<!/)>' + _FORMULA + _NO_VALUE)
_ERROR = re.compile(
    _AT + rb'(?=[^>]{0,300}\bt="e")[^>]{0,300}(?<!/)>(?:' + _FORMULA + rb")?\s*<(?:\w+:)?v>([^<]{0,20})"
)
# Cells that hold nothing are often formatted to the last row and column of a sheet, and do no harm.
_FAR = re.compile(
    rb'<(?:\w+:)?c\b[^>]{0,300}?\br="(?:[A-Z]{3}[0-9]+|(?:[J-Z][A-Z]|I[W-Z])[0-9]+|[A-Z]{1,2}[0-9]{6,})"[^>]{0,300}(?<!/)>\s*<'
)
_FAR_ROW = re.compile(rb'r="[A-Z]{1,3}([0-9]+)"')


def faults(parts: Parts, path: str) -> dict[Place, str]:
    """Find the cells of a sheet that have no value to read, each with what is the matter."""
    sheet = parts.get(path, b"")
    _check_extent(sheet)
    found = {_place(match): "holds a formula with no stored result" for match in _UNSTORED.finditer(sheet)}
    for match in _ERROR.finditer(sheet):
        found[_place(match)] = f"holds the error {match[3].decode('utf-8', 'replace')}"
    return found


def sheet_paths(parts: Parts) -> dict[str, str]:
    """Give the part that holds each sheet, by the sheet's name."""
    targets = {link.get("Id"): link.get("Target", "") for link in _elements(parts, "xl/_rels/workbook.xml.rels")}
    paths = {}
    for element in _elements(parts, "xl/workbook.xml"):
        if element.tag.rpartition("}")[2] == "sheet":
            link = next((value for name, value in element.items() if name.endswith("}id")), "")
            paths[element.get("name", "")] = posixpath.normpath(posixpath.join("/xl", targets.get(link, "")))[1:]
    return paths


def _elements(parts: Parts, path: str) -> Iterator[ET.Element]:
    try:
        return ET.fromstring(parts.get(path, b"<none/>")).iter()  # noqa: S314 - entities were refused on the way in
    except ET.ParseError as error:
        raise WorkbookRefusedError(
            "This workbook is damaged, so it cannot be read. Open it in Excel, save it again and send that."
        ) from error


def _check_extent(sheet: bytes) -> None:
    for match in _FAR.finditer(sheet):
        row = _FAR_ROW.search(match[0])
        wide = re.search(rb'r="(?:[A-Z]{3}|[J-Z][A-Z]|I[W-Z])[0-9]', match[0])
        if wide or (row and int(row[1]) > FURTHEST_ROW):
            raise WorkbookRefusedError(
                f"A sheet of this workbook goes beyond {FURTHEST_ROW:,} rows or {FURTHEST_COLUMN} columns. "
                "Take out what stands far below or far to the right, and save it again."
            )


def _place(match: re.Match[bytes]) -> Place:
    column = 0
    for letter in match[1]:
        column = column * 26 + letter - ord("A") + 1
    return int(match[2]), column
