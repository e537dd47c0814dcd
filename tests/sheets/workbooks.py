"""Read workbooks back with three programs that know nothing of how they were written."""

import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import python_calamine
from openpyxl import Workbook

from fundtracker.sheets.stream import Download

Rows = list[list[Any]]

# Left to itself LibreOffice would believe the values that a workbook carries.
ALWAYS_RECALCULATE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""


@dataclass(frozen=True)
class Table:
    """A sheet as a reader gives it: its headings and the rows below them."""

    headings: list[str]
    rows: Rows

    def column(self, title: str) -> list[Any]:
        """Give every value of a column, None where there is nothing."""
        place = self.headings.index(title)
        return [row[place] if place < len(row) and row[place] != "" else None for row in self.rows]

    def pence(self, title: str) -> int:
        """Add up a money column."""
        return sum(in_pence(value) for value in self.column(title) if value is not None)

    def row(self, title: str, value: object) -> dict[str, Any]:
        """Give the one row with a value in a column."""
        (found,) = [row for row in self.rows if row[self.headings.index(title)] == value]
        return dict(zip(self.headings, found, strict=False))


def in_pence(value: float) -> int:
    """Read a number of pounds as the pence that it shows."""
    return int((Decimal(str(value)) * 100).quantize(Decimal(1)))


def saved(download: Download) -> bytes:
    """Take the whole file."""
    return b"".join(download.chunks)


def by_openpyxl(content: bytes, sheet: str) -> Table:
    """Read values as openpyxl finds them."""
    return _table(opened(content, values=True)[sheet].iter_rows(values_only=True))


def opened(content: bytes, *, values: bool = False) -> Workbook:
    """Open a workbook with openpyxl, its formulas or their values."""
    return openpyxl.load_workbook(BytesIO(content), data_only=values)


def by_calamine(content: bytes, sheet: str) -> Table:
    """Read values as calamine finds them."""
    workbook = python_calamine.load_workbook(BytesIO(content))
    return _table(workbook.get_sheet_by_name(sheet).to_python(skip_empty_area=False))


def recalculated(content: bytes, folder: Path, libreoffice: Path) -> bytes:
    """Have LibreOffice open a workbook, work out every formula again and save it."""
    settings = folder / "profile" / "user" / "registrymodifications.xcu"
    settings.parent.mkdir(parents=True, exist_ok=True)
    settings.write_text(ALWAYS_RECALCULATE, encoding="utf-8")
    source = folder / "source.xlsx"
    source.write_bytes(content)
    subprocess.run(
        [libreoffice, "--headless", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--convert-to",
         "xlsx:Calc MS Excel 2007 XML", "--outdir", folder / "out", source],
        check=True, capture_output=True, timeout=300,
    )  # fmt: skip
    return (folder / "out" / "source.xlsx").read_bytes()


def _table(rows: Iterable[Iterable[Any]]) -> Table:
    headings, *rest = [list(row) for row in rows]
    return Table([str(title) for title in headings], rest)
