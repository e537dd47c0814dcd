"""Kinds 49 to 52: files other than .xlsx that would take all there is."""

from collections.abc import Callable
from pathlib import Path

from tests.hostile.packages import entry, pack

_OLD_BOOK = Path(__file__).parents[1] / "data" / "awkward-workbooks" / "date_1904.xls"
_NAMES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
)
_KIND = b"application/vnd.oasis.opendocument.spreadsheet"


def _far_cell() -> bytes:
    """Let the last number of an old workbook stand at IV65536."""
    book = _OLD_BOOK.read_bytes()
    at = book.rindex(b"\x7e\x02\x0a\x00") + 4
    return book[:at] + b"\xff\xff\xff\x00" + book[at + 4 :]


def _open_document(rows: int, columns: int) -> bytes:
    """Let one cell stand for many."""
    cell = f'<table:table-cell office:value-type="float" office:value="1" table:number-columns-repeated="{columns}"/>'
    content = (
        f'<office:document-content {_NAMES}><office:body><office:spreadsheet><table:table table:name="A">'
        f'<table:table-row table:number-rows-repeated="{rows}">{cell}</table:table-row>'
        "</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    parts = {"mimetype": _KIND, "content.xml": content.encode(), "META-INF/manifest.xml": b"<manifest/>"}
    return pack(entry(name, part) for name, part in parts.items())


MADE: dict[str, Callable[[], bytes]] = {
    "49": _far_cell,
    "50a": lambda: _open_document(1_048_576, 16_384),
    "50b": lambda: _open_document(200_000, 40),
    "51a": lambda: b'Organisation,Amount awarded\n"Victim Support,810\n' + b"A,1\n" * 100_000,
    "51b": lambda: b",,,,\n" * 5_000_000,
    "51c": lambda: b"1," * 12_000_000,
    "51d": lambda: b"ab,cd\n" * 4_000_000,
    "51e": lambda: b"\xa3," * 1_000_000 + b"\n",
    "52a": lambda: b'[{"grants":' + b"[" * 1_000_000,
    "52b": lambda: b'{"grants": [' + b'{"a":' * 20_000 + b"1" + b"}" * 20_000 + b"]}",
    "52c": lambda: b'{"grants": [{"recipientOrganization": [{"name": "A"}], "amountAwarded": ' + b"9" * 10**6 + b"}]}",
}
