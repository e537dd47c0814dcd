"""Attached files by their bytes: each must be what its name says, be it alone, and carry no program."""

import email
import re
import zipfile
from collections.abc import Callable
from typing import NamedTuple

from fundtracker.domain.files import LARGEST, FileKind
from fundtracker.sheets.attached.names import PROGRAMS, FileRefusedError, kind_of_name, tidy_name
from fundtracker.sheets.files.packages import open_zip, part_of
from fundtracker.sheets.unsafe import WorkbookRefusedError

_ZIP, _ZIP_END, _ZIP_ENDS_IN = b"PK\x03\x04", b"PK\x05\x06", 22
_OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PNG, _PNG_END = b"\x89PNG\r\n\x1a\n", b"IEND\xaeB`\x82"
_JPG, _JPG_END = b"\xff\xd8\xff", b"\xff\xd9"
_TAIL, _LARGEST_PART = 2048, 1024 * 1024
_PAGE = re.compile(rb"<(?:!doctype|html|head|body|script|svg|iframe|object|embed|\?xml|\?php)", re.IGNORECASE)
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_HEADER = re.compile(rb"[!-9;-~]+:[^\r\n]*\r?\n", re.ASCII)
_NEEDED_PART = {FileKind.DOCX: "word/document.xml", FileKind.XLSX: "xl/workbook.xml"}
_MIMETYPE = {
    FileKind.ODT: b"application/vnd.oasis.opendocument.text",
    FileKind.ODS: b"application/vnd.oasis.opendocument.spreadsheet",
}
_MACROS = ("vbaproject.bin", "vbadata.xml", "vbaprojectsignature.bin")
_MACRO_FOLDERS = ("basic/", "scripts/", "macros/")


class Looked(NamedTuple):
    """A file that may be kept: its tidied name and its kind."""

    name: str
    kind: FileKind


def look_at(name: str, content: bytes) -> Looked:
    """Give a file's tidied name and kind; raises FileRefusedError for one that is not what it says, or does harm."""
    tidy = tidy_name(name)
    kind = kind_of_name(tidy)
    if not content:
        raise FileRefusedError("This file is empty. Choose it again.")
    if len(content) > LARGEST:
        raise FileRefusedError(
            "This file is larger than 10 MB. Make it smaller, or keep it where it is and note where."
        )
    if not _LOOKS[kind](kind, content):
        raise FileRefusedError(
            f"This file is called .{kind.value}, and what it holds is something else, or more than that. Open it, "
            f"save it again as .{kind.value} and send that."
        )
    return Looked(tidy, kind)


def _pdf(_kind: FileKind, content: bytes) -> bool:
    if b"/JavaScript" in content or b"/Launch" in content:
        raise FileRefusedError("This PDF holds a program. Print it as a PDF and send that.")
    return content.startswith(b"%PDF-") and b"%%EOF" in content[-_TAIL:] and _ZIP_END not in content


def _package(kind: FileKind, content: bytes) -> bool:
    if not content.startswith(_ZIP) or not _ends_with_itself(content):
        return False
    try:
        package = open_zip(content)
        names = [name.casefold() for name in package.namelist()]
        if any(_is_program(name) for name in names) or b"macroEnabled" in _small(package, "[Content_Types].xml"):
            raise FileRefusedError("This file holds macros or programs. Save it without them and send that.")
        if kind in _NEEDED_PART:
            return _NEEDED_PART[kind] in names
        return "content.xml" in names and bytes(_small(package, "mimetype")).strip() == _MIMETYPE[kind]
    except WorkbookRefusedError:
        return False


def _ends_with_itself(content: bytes) -> bool:
    """Say whether nothing stands after the end of a zip file but its own comment."""
    at = content.rfind(_ZIP_END)
    if at < 0 or at + _ZIP_ENDS_IN > len(content):
        return False
    return at + _ZIP_ENDS_IN + int.from_bytes(content[at + 20 : at + 22], "little") == len(content)


def _is_program(name: str) -> bool:
    if name.endswith(_MACROS) or name.startswith(_MACRO_FOLDERS) or "/activex/" in name:
        return True
    return name.rpartition(".")[2] in PROGRAMS - {"xml"}


def _small(package: zipfile.ZipFile, name: str) -> bytearray:
    if name in package.namelist() and package.getinfo(name).file_size > _LARGEST_PART:
        raise FileRefusedError("This file is not put together as its kind is. Save it again and send that.")
    return part_of(package, name)


def _text(_kind: FileKind, content: bytes) -> bool:
    wide = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    plain = content.replace(b"\0", b"") if wide else content
    if plain.startswith((b"MZ", b"#!", b"%PDF", b"PK", b"{\\rtf")) or _PAGE.search(plain):
        return False
    return not _CONTROL.search(plain)


def _picture(kind: FileKind, content: bytes) -> bool:
    begins, ends = (_PNG, _PNG_END) if kind is FileKind.PNG else (_JPG, _JPG_END)
    whole = content.startswith(begins) and content.rstrip(b"\0").endswith(ends)
    return whole and not _PAGE.search(content) and _ZIP_END not in content


def _letter(_kind: FileKind, content: bytes) -> bool:
    """Look at an e-mail and at the names of what is attached to it."""
    if not _HEADER.match(content) or b"\0" in content:
        return False
    message = email.message_from_bytes(content)
    for part in message.walk():
        name = str(part.get_filename() or "").casefold()
        if name.rpartition(".")[2] in PROGRAMS:
            raise FileRefusedError("This e-mail carries a file that can run programs. Keep the e-mail without it.")
    return "From" in message and any(name in message for name in ("Date", "Subject", "To", "Received"))


def _old_letter(_kind: FileKind, content: bytes) -> bool:
    if "_VBA_PROJECT".encode("utf-16-le") in content:
        raise FileRefusedError("This file holds macros or programs. Save it without them and send that.")
    return content.startswith(_OLD) and "__properties_version1.0".encode("utf-16-le") in content


_LOOKS: dict[FileKind, Callable[[FileKind, bytes], bool]] = {
    FileKind.PDF: _pdf,
    **dict.fromkeys((FileKind.DOCX, FileKind.XLSX, FileKind.ODT, FileKind.ODS), _package),
    **dict.fromkeys((FileKind.CSV, FileKind.TXT), _text),
    **dict.fromkeys((FileKind.PNG, FileKind.JPG), _picture),
    FileKind.EML: _letter,
    FileKind.MSG: _old_letter,
}
