"""What a file is, told by its bytes: its name is only what somebody called it."""

import re
import struct
from enum import Enum

from fundtracker.sheets.unsafe import WorkbookRefusedError, cut_short, locked, other_kind

LARGEST_FILE = 30 * 1024 * 1024


class Kind(Enum):
    """The files that can be read."""

    PACKAGE = "an Excel workbook (.xlsx) or an OpenDocument spreadsheet (.ods)"
    XLS = "an old Excel workbook (.xls)"
    GIVING = "360Giving data (.json)"
    CSV = "a text file of rows (.csv)"


WORKBOOKS = frozenset({Kind.PACKAGE, Kind.XLS})

_BEGINS = 4096
_OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # the container of .xls, and of an .xlsx with a password
_HEADER, _NO_SECTOR = 512, 0xFFFFFFFA
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_BOOKS = ("Workbook".encode("utf-16-le"), "Book".encode("utf-16-le"))
_MARKS = b"\xef\xbb\xbf", b"\xc3\xaf\xc2\xbb\xc2\xbf"
_WIDE = b"\xff\xfe", b"\xfe\xff"
_OTHERS = {
    b"%PDF": "This is a PDF, whatever its name says. Send the spreadsheet that it was made of.",
    b"{\\rtf": "This is a text document (.rtf), not a spreadsheet. Send the spreadsheet that it was made of.",
    b"GIF8": "This is a picture, not a spreadsheet. Send the spreadsheet that it shows.",
    b"\x89PNG": "This is a picture, not a spreadsheet. Send the spreadsheet that it shows.",
    b"\xff\xd8\xff": "This is a picture, not a spreadsheet. Send the spreadsheet that it shows.",
    b"\x1f\x8b": "This is a compressed file (.gz). Unpack it and send the spreadsheet in it.",
    b"7z\xbc\xaf": "This is a compressed file (.7z). Unpack it and send the spreadsheet in it.",
    b"Rar!": "This is a compressed file (.rar). Unpack it and send the spreadsheet in it.",
    b"PK\x05\x06": "This is a zip file with nothing in it. Choose the spreadsheet again.",
}
_JSON = re.compile(rb"\{|\[\s*\{")
# What no text holds: the control characters but tab, line ends, form feed, escape and the end mark of old files.
_BINARY = re.compile(rb"[\x01-\x08\x0b\x0e-\x19\x1c-\x1f]")


def kind_of(content: bytes) -> Kind:
    """Tell what a file is; raises WorkbookRefusedError, in a plain sentence, for one that cannot be read."""
    if not content.strip(b"\0 \t\r\n"):
        raise WorkbookRefusedError("This file is empty. Choose the spreadsheet again.")
    if len(content) > LARGEST_FILE:
        raise WorkbookRefusedError("This file is larger than 30 MB. Take out pictures and sheets that are not needed.")
    for begins, sentence in _OTHERS.items():
        if content.startswith(begins):
            raise WorkbookRefusedError(sentence)
    if content.startswith(b"PK\x03\x04"):
        return Kind.PACKAGE
    if content.startswith(_OLD):
        return _old(content)
    return _text(content)


def _old(content: bytes) -> Kind:
    if _LOCKED in content:
        raise locked()
    if _ends_early(content):
        raise cut_short()
    if not any(name in content for name in _BOOKS):
        raise other_kind("not an Excel workbook")
    return Kind.XLS


def _ends_early(content: bytes) -> bool:
    """Say whether the directory, or a list of sectors, would stand beyond the end of the container."""
    if len(content) < _HEADER:
        return True
    (shift,) = struct.unpack_from("<H", content, 30)
    sectors = (*struct.unpack_from("<I", content, 48), *struct.unpack_from("<109I", content, 76))
    return any((sector + 1) << min(shift, _HEADER) >= len(content) for sector in sectors if sector < _NO_SECTOR)


def _text(content: bytes) -> Kind:
    begins = content[:_BEGINS]
    for mark in _MARKS:
        while begins.startswith(mark):
            begins = begins[len(mark) :]
    plain = begins.replace(b"\0", b"").lstrip().lower() if not begins.startswith(_WIDE) else _narrow(begins)
    if plain.startswith(b"<"):
        raise _marked_up(plain)
    if _JSON.match(plain):
        return Kind.GIVING
    if len(_BINARY.findall(plain)) * 100 > len(plain):
        raise other_kind("not a spreadsheet that can be read (.xlsx, .xls, .ods, .csv or 360Giving .json)")
    return Kind.CSV


def _narrow(begins: bytes) -> bytes:
    return begins[2:].replace(b"\0", b"").lstrip().lower()


def _marked_up(plain: bytes) -> WorkbookRefusedError:
    if b"<html" in plain or b"<table" in plain or b"<!doctype html" in plain:
        return other_kind("a web page, whatever its name says")
    if b"urn:schemas-microsoft-com:office:spreadsheet" in plain:
        return other_kind("an XML spreadsheet of 2003")
    return other_kind("an XML file, not a spreadsheet")
