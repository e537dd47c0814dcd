"""The sheets of any file: what it is, then each of its cells."""

from collections.abc import Collection
from pathlib import PurePath

from fundtracker.sheets.files.giving import read_giving
from fundtracker.sheets.files.kinds import Kind, kind_of
from fundtracker.sheets.files.text import read_text
from fundtracker.sheets.files.workbooks import read_workbook
from fundtracker.sheets.reading import Sheet
from fundtracker.sheets.unsafe import other_kind


def read_sheets(content: bytes, file_name: str, *, kinds: Collection[Kind] = frozenset(Kind)) -> list[Sheet]:
    """Read a file's sheets in this process; raises WorkbookRefusedError for one that cannot be read."""
    kind = kind_of(content)
    if kind not in kinds:
        raise other_kind(f"{kind.value}, not a workbook")
    if kind is Kind.CSV:
        return [read_text(content, PurePath(file_name).stem)]
    if kind is Kind.GIVING:
        return [read_giving(content, PurePath(file_name).stem)]
    return read_workbook(content, kind)
