"""
Workbooks sent while they are made: openpyxl makes the skeleton, the rows are streamed into its sheets.

Memory stays flat whatever the number of rows, and the first bytes leave before the first row is read.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO, RawIOBase
from itertools import islice
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LAST_ROW = 1_048_576  # of a sheet in Excel

_FASTEST = 1  # zlib's level 1 makes a file a fifth larger than level 6, in a quarter of the time
_ROWS_AT_ONCE = 100
_DIMENSION = re.compile(rb"<dimension [^>]*/>")  # says where the skeleton ends, not where the sheet does
_END_OF_ROWS = re.compile(rb"(?:<sheetData ?/>|</sheetData>)")


@dataclass(frozen=True)
class Download:
    """A file being made: the name to save it under, and its bytes as they come."""

    file_name: str
    chunks: Iterator[bytes]


def stream_workbook(skeleton: Workbook, rows: Mapping[str, Iterable[str]]) -> Iterator[bytes]:
    """
    Give a workbook's bytes as they are made: the skeleton, with rows added to the sheets that are named.

    A row is its XML as `writing` writes it; rows are asked for sheet by sheet, in the order of the workbook's sheets.
    """
    saved = BytesIO()
    skeleton.save(saved)
    streamed = {sheet.path.removeprefix("/"): rows[sheet.title] for sheet in skeleton if sheet.title in rows}
    sink = _Sink()
    with ZipFile(saved) as parts, ZipFile(sink, "w", ZIP_DEFLATED, compresslevel=_FASTEST) as file:
        for name in sorted(parts.namelist(), key=lambda part: (part in streamed, part != "[Content_Types].xml")):
            if name not in streamed:
                file.writestr(name, parts.read(name))
        yield sink.take()
        for name, added in streamed.items():
            with file.open(name, "w") as part:
                for piece in _with_rows(parts.read(name), added):
                    part.write(piece)
                    if chunk := sink.take():
                        yield chunk
    # Where a row could not be read, this is not reached: the file stays without its end, and nothing opens it.
    yield sink.take()


def _with_rows(sheet: bytes, rows: Iterable[str]) -> Iterator[bytes]:
    sheet = _DIMENSION.sub(b"", sheet, count=1)
    end = _END_OF_ROWS.search(sheet)
    if end is None:
        raise ValueError("the skeleton's sheet has no rows to add to")
    yield sheet[: end.start()] + (b"" if end[0].startswith(b"</") else b"<sheetData>")
    waiting = iter(rows)
    while some := "".join(islice(waiting, _ROWS_AT_ONCE)):
        yield some.encode()
    yield b"</sheetData>" + sheet[end.end() :]


class _Sink(RawIOBase):
    """Keeps what is written until it is taken. It cannot seek, so the zip needs no going back."""

    def __init__(self) -> None:
        super().__init__()
        self._pieces: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, data: bytes) -> int:  # type: ignore[override]  # zipfile writes bytes only
        self._pieces.append(bytes(data))
        return len(data)

    def take(self) -> bytes:
        taken = b"".join(self._pieces)
        self._pieces.clear()
        return taken
