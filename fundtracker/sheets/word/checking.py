"""A Word template of the office's own: looked at before it is opened, and tried on a paper before it is kept."""

import re
import zipfile
from collections.abc import Callable
from collections.abc import Set as AbstractSet
from datetime import UTC, date, datetime
from typing import Any

from fundtracker.domain.papers import Cell, CellType, Column, Content, Row, RowKind, Table, Words
from fundtracker.domain.refusals import Refusal
from fundtracker.domain.statuses import PaperKind
from fundtracker.services.papers.phrases import listed
from fundtracker.sheets.files.packages import open_zip, parts
from fundtracker.sheets.unsafe import WorkbookRefusedError
from fundtracker.sheets.word.context import NAMES
from fundtracker.sheets.word.sandbox import TemplateError
from fundtracker.sheets.word.writing import write_word

LARGEST_TEMPLATE = 5 * 1024 * 1024
_EXTERNAL = re.compile(rb"<(?:\w+:)?Relationship\b[^>]*>", re.DOTALL)
_NAME = re.compile(r"'(?P<name>\w+)' is undefined|attribute '(?P<part>\w+)'")
_BROKEN = "This file is damaged, or not put together as Word does. Open it in Word, save it again as .docx and send it."


class TemplateRefusedError(Refusal):
    """A file that cannot be the template of a paper."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence, field="file")


def check_template(content: bytes) -> None:
    """Refuse a file that is no Word template of a paper, in a sentence; raises TemplateRefusedError."""
    made_at = datetime(2020, 9, 21, tzinfo=UTC)
    check_package(content, lambda: write_word(_sample(), office="Office", made_at=made_at, template=content), NAMES)


def check_package(content: bytes, write: Callable[[], bytes], names: AbstractSet[str]) -> None:
    """Refuse a file that is no Word template, or that `write` cannot fill with these names."""
    if len(content) > LARGEST_TEMPLATE:
        raise TemplateRefusedError("This file is larger than 5 MB. Take pictures out of it, or make them smaller.")
    if not content.startswith(b"PK"):
        raise TemplateRefusedError("This is not a Word document (.docx). Open it in Word and save it as .docx.")
    try:
        package = open_zip(content)
        _check_parts(package)
    except WorkbookRefusedError as refusal:
        raise TemplateRefusedError(_BROKEN) from refusal
    _try(write, names)


def _check_parts(package: zipfile.ZipFile) -> None:
    names = package.namelist()
    if "word/document.xml" not in names:
        raise TemplateRefusedError("This is not a Word document (.docx). Open it in Word and save it as .docx.")
    if any(name.lower().endswith(("vbaproject.bin", "vbadata.xml")) for name in names):
        raise TemplateRefusedError("This document holds macros. Save it as .docx without them and send that.")
    for name, part in parts(package):
        if name == "[Content_Types].xml" and b"macroEnabled" in part:
            raise TemplateRefusedError("This document holds macros. Save it as .docx without them and send that.")
        if name.endswith(".rels") and any(map(_reaches_out, _EXTERNAL.findall(bytes(part)))):
            raise TemplateRefusedError(
                "This document fetches something from elsewhere. Put it into the document itself."
            )


def _reaches_out(relation: bytes) -> bool:
    return b"External" in relation and b"/hyperlink" not in relation


def _try(write: Callable[[], bytes], names: AbstractSet[str]) -> None:
    """Write something that says all that there is; whatever the template asks for beyond that is refused."""
    try:
        write()
    except TemplateError as error:
        raise TemplateRefusedError(_why(error, names)) from error
    except Exception as error:  # lxml, zipfile and python-docx each fail in their own ways
        raise TemplateRefusedError(_BROKEN) from error


def _why(error: TemplateError, names: AbstractSet[str]) -> str:
    found = _NAME.search(str(error.message or ""))
    named = found and (found["name"] or found["part"])
    if named:
        return f"“{named}” is not a name that is filled here. The names are {listed(sorted(names))}."
    return f"What stands between the double brackets or {{% %}} cannot be read: {error.message}. Put it right in Word."


def _sample() -> Content:
    columns = (Column("a", "Fund"), Column("b", "Awarded", CellType.MONEY))
    rows = tuple(Row(kind.value, (Cell("Words"), Cell(100)), kind) for kind in RowKind)
    headings = tuple(Words(f"h{level}", "Heading", level) for level in (1, 2, 3))
    blocks: Any = (Words("panel", "Panel"), *headings, Words("p", "Words", bullets=("One",)),
                   Table("t", "Table", columns, rows, "Note"), Words("end.x", "None."))  # fmt: skip
    day = date(2020, 6, 30)
    return Content(PaperKind.PANEL, "Title", day, 1, blocks, "2020/21 Q1", day)
