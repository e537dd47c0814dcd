"""Text files of rows (.csv): how they are encoded, what parts their cells, and the cells."""

import codecs
import csv
import io
from collections import Counter
from collections.abc import Iterator
from itertools import islice

from fundtracker.sheets.files.unsaid import check_room
from fundtracker.sheets.reading import FURTHEST_COLUMN, FURTHEST_ROW, Sheet
from fundtracker.sheets.unsafe import WorkbookRefusedError

DELIMITERS = ",;\t|"
LONGEST_CELL = 1_000_000  # letters
_MOST_ROWS = 1_048_576  # as many as Excel shows, empty ones among them
_LOOKED_AT = 200  # rows, to tell what parts the cells

_MARK = "\ufeff"
_TWICE_ENCODED = "\u00ef\u00bb\u00bf"  # the mark of UTF-8, taken for Windows text and encoded again
_WIDE = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}
_AS_WINDOWS = "fundtracker.windows"
_MIXED = "Parts of this file are UTF-8 and parts are Windows text: each was read as what it is."
_MENDED = "This file was encoded twice: its letters were put right."
_NULS = "This file holds NUL characters, which stand for nothing: they were left out."


def read_text(content: bytes, name: str) -> Sheet:
    """Read a text file of rows as one sheet; raises WorkbookRefusedError, in words, where it cannot be read."""
    text, notes = decode(content)
    csv.field_size_limit(LONGEST_CELL)
    delimiter, text = _delimiter(text)
    rows = tuple(_rows(text, delimiter))
    filled = [number for number, row in enumerate(rows, start=1) if any(row)]
    first, last = (filled[0], filled[-1]) if filled else (1, 0)
    return Sheet(name, True, first, rows[first - 1 : last], notes=tuple(notes))


def decode(content: bytes) -> tuple[str, list[str]]:
    """Give the text of a file, and say what had to be put right in it."""
    notes: list[str] = []
    encoding = _two_bytes(content)
    text = content.decode(encoding, errors="replace") if encoding else _one_byte(content, notes)
    if text.startswith(_TWICE_ENCODED):
        text = _encoded_once(text, notes)
    if "\0" in text:
        text = text.replace("\0", "")
        notes.append(_NULS)
    return text.lstrip(_MARK), notes


def _two_bytes(content: bytes) -> str:
    """Name the encoding of a text with two bytes to a letter, which says so or has every second byte nought."""
    begins = content[:2000]
    for mark, name in _WIDE.items():
        noughts = begins[name.endswith("le") :: 2].count(0)
        if begins.startswith(mark) or noughts * 10 > len(begins) * 4:
            return name
    return ""


def _one_byte(content: bytes, notes: list[str]) -> str:
    """Read UTF-8; what is not can only be the Windows text of an older program."""
    text = content.decode("utf-8", errors=_AS_WINDOWS)
    # Letters of two bytes and more make a text shorter than its bytes.
    if len(text) != len(content) and not _is_utf8(content):
        notes.append(_MIXED)
    return text


def _is_utf8(content: bytes) -> bool:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _read_as_windows(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", errors="replace"), error.end


codecs.register_error(_AS_WINDOWS, _read_as_windows)


def _encoded_once(text: str, notes: list[str]) -> str:
    """Take the second encoding off a text, where the whole of it has two."""
    text = text.removeprefix(_TWICE_ENCODED)
    if text.isascii():
        return text
    try:
        once = text.encode("cp1252").decode("utf-8")
    except UnicodeError:
        return text
    notes.append(_MENDED)
    return once


def _delimiter(text: str) -> tuple[str, str]:
    """Find what parts the cells: what the file says (`sep=;`), or what gives most rows alike, of the most cells."""
    first, _, rest = text.partition("\n")
    said = first.strip().strip('"').removeprefix("sep=")
    if first.lstrip('"').startswith("sep=") and said in DELIMITERS and said:
        return said, rest
    begins = text[:LONGEST_CELL]
    return max(DELIMITERS, key=lambda one: _alike(begins, one)), text


def _alike(begins: str, delimiter: str) -> tuple[int, int]:
    try:
        read = list(islice(csv.reader(io.StringIO(begins, newline=""), delimiter=delimiter), _LOOKED_AT))
    except csv.Error:
        return 0, 0
    widths = Counter(len(row) for row in read if len(row) > 1)
    return max(((times, width) for width, times in widths.items()), default=(0, 0))


def _rows(text: str, delimiter: str) -> Iterator[tuple[str, ...]]:
    source = io.StringIO(text, newline="")
    reader = csv.reader(source, delimiter=delimiter)
    number = furthest = begins = last = 0
    while (row := _next(reader, number + 1)) is not None:
        number += 1
        row = _trimmed(row) if len(row) > FURTHEST_COLUMN else row
        furthest = max(furthest, len(row))
        if number > _MOST_ROWS or any(row):
            check_room(number, furthest)
        if number <= FURTHEST_ROW:
            yield tuple(row)
        last, begins = begins, source.tell()
    if number:
        _check_closed(text[last:], delimiter, number)


def _next(reader: Iterator[list[str]], number: int) -> list[str] | None:
    try:
        return next(reader, None)
    except csv.Error as error:
        raise _unclosed(number) from error


def _check_closed(last: str, delimiter: str, number: int) -> None:
    """Refuse a file whose last row has swallowed what should be rows, for want of a closing quotation mark."""
    try:
        list(csv.reader(io.StringIO(last, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as error:
        if "unexpected end" in str(error):
            raise _unclosed(number) from error


def _trimmed(row: list[str]) -> list[str]:
    """Leave out the empty cells at the end of a row that Excel formatted to its edge."""
    last = max((column for column, cell in enumerate(row, start=1) if cell), default=0)
    return row[:last]


def _unclosed(row: int) -> WorkbookRefusedError:
    return WorkbookRefusedError(
        f"Row {row:,} has a quotation mark that is never closed, so the rows below it cannot be told apart. "
        "Put it right and save the file again."
    )
