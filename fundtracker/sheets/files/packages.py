"""Zip packages (.xlsx, .ods): their shape is looked at before anything in them is unpacked."""

import io
import itertools
import re
import zipfile
import zlib
from collections.abc import Iterator

from fundtracker.sheets.unsafe import WorkbookRefusedError, cut_short, other_kind

MOST_PARTS = 300
MOST_INFLATED = 600 * 1024 * 1024
_WORTH_A_RATIO, _STEEPEST = 1024 * 1024, 150
_AT_ONCE = 1024 * 1024

_ENCRYPTED = 0x1
_LINK = 0o120000  # the file type of a symbolic link, in the upper half of a part's attributes
_DAMAGE = (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError, RuntimeError, ValueError)
_OTHER_PACKAGES = {
    "xl/workbook.bin": "a binary Excel workbook (.xlsb)",
    "word/document.xml": "a Word document (.docx), not a workbook",
    "ppt/presentation.xml": "a PowerPoint presentation (.pptx), not a workbook",
    "Index/Document.iwa": "a Numbers document",
}
_END = b"PK\x05\x06"
_DOCTYPE = re.compile(rb"<!(?:DOCTYPE|ENTITY)|<\x00!\x00(?:D\x00O|E\x00N)|\x00<\x00!\x00[DE]\x00")
_XML_BEGINS = b"<", b"\xfe\xff", b"\xff\xfe", b"\0<"


def open_package(content: bytes) -> zipfile.ZipFile:
    """Open a zip package that is put together as Excel does; raises WorkbookRefusedError for any other."""
    package = open_zip(content)
    _check_names(package.namelist())
    return package


def open_zip(content: bytes) -> zipfile.ZipFile:
    """Open a zip whose shape does no harm, whatever it holds; raises WorkbookRefusedError for any other."""
    if _END not in content:
        raise cut_short()
    try:
        package = zipfile.ZipFile(io.BytesIO(content))
    except _DAMAGE as error:
        raise _spoilt() from error
    _check_shape(package.infolist())
    return package


def parts(package: zipfile.ZipFile) -> Iterator[tuple[str, bytearray]]:
    """Unpack each part in turn, its length, checksum and want of a DOCTYPE checked."""
    for part in package.infolist():
        if not part.is_dir():
            yield part.filename, part_of(package, part.filename)


def part_of(package: zipfile.ZipFile, name: str) -> bytearray:
    """Unpack one part; nothing where there is no such part."""
    try:
        part = package.getinfo(name)
    except KeyError:
        return bytearray()
    try:
        content = _inflate(package, part)
    except _DAMAGE as error:
        raise _spoilt() from error
    if is_xml(content) and _has_doctype(content):
        raise WorkbookRefusedError("This file holds instructions that no workbook needs, so it was not opened.")
    return content


def _has_doctype(content: bytearray) -> bool:
    # A pattern is slow to look for, and few parts have either of these letters.
    return (b"!" in content or b"\0" in content) and _DOCTYPE.search(content) is not None


def is_xml(content: bytes | bytearray) -> bool:
    """Tell XML from a picture or a printer's settings, whatever a part is called."""
    return bytes(content[:64]).lstrip(b"\xef\xbb\xbf \r\n\t").startswith(_XML_BEGINS)


def _spoilt() -> WorkbookRefusedError:
    return WorkbookRefusedError(
        "This file is damaged: it does not unpack. Open it in Excel, save it again and send that."
    )


def _check_shape(parts: list[zipfile.ZipInfo]) -> None:
    names = [part.filename.casefold() for part in parts]
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_INFLATED:
        raise WorkbookRefusedError("This workbook unpacks to more than can be read. Keep only the sheets needed.")
    if any(part.flag_bits & _ENCRYPTED for part in parts):
        raise WorkbookRefusedError("This file is encrypted. Take the password off and save it again.")
    odd = any(_leads_out(part) for part in parts)
    if len(set(names)) != len(names) or odd or _overlap(parts):
        raise WorkbookRefusedError("This file is not put together as Excel does. Open it in Excel and save it again.")
    if any(p.file_size > _WORTH_A_RATIO and p.file_size > _STEEPEST * max(1, p.compress_size) for p in parts):
        raise WorkbookRefusedError("This workbook unpacks to far more than its size, so it was not opened.")


def _check_names(names: list[str]) -> None:
    if "xl/workbook.xml" in names or "content.xml" in names:
        return
    what = next((words for part, words in _OTHER_PACKAGES.items() if part in names), None)
    raise other_kind(what or "a zip file, but not an Excel workbook (.xlsx)")


def _leads_out(part: zipfile.ZipInfo) -> bool:
    name = part.filename
    out = name.startswith(("/", "\\")) or ".." in name.split("/") or "\\" in name or ":" in name or "\0" in name
    return out or (part.external_attr >> 16) & 0o170000 == _LINK


def _overlap(parts: list[zipfile.ZipInfo]) -> bool:
    ordered = sorted(parts, key=lambda part: part.header_offset)
    pairs = itertools.pairwise(ordered)
    return any(one.header_offset + one.compress_size > two.header_offset for one, two in pairs)


def _inflate(package: zipfile.ZipFile, part: zipfile.ZipInfo) -> bytearray:
    content = bytearray(part.file_size)
    at, room = 0, memoryview(content)
    with package.open(part) as stream:
        while read := stream.read(min(_AT_ONCE, part.file_size - at)):
            room[at : at + len(read)] = read
            at += len(read)
        if at != part.file_size or stream.read(1):  # more than was declared is a lie, and is not read on
            raise zipfile.BadZipFile(part.filename)
    return content
