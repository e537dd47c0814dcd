"""Files that are turned away before anything parses them: what each is, in a plain sentence."""

import io
import itertools
import re
import zipfile
import zlib

from fundtracker.domain.refusals import Refusal

LARGEST_FILE = 30 * 1024 * 1024
MOST_PARTS = 300
MOST_INFLATED = 600 * 1024 * 1024
_WORTH_A_RATIO, _STEEPEST = 1024 * 1024, 150

_ENCRYPTED = 0x1
_DAMAGE = (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError, RuntimeError, ValueError)
_OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # the container of .xls and of password-protected .xlsx
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_NOT_A_WORKBOOK = "not an Excel workbook (.xlsx or .xlsm)"
_OTHER_PACKAGES = {
    "xl/workbook.bin": "a binary Excel workbook (.xlsb)",
    "content.xml": "an OpenDocument spreadsheet (.ods)",
    "word/document.xml": "a Word document (.docx), not a workbook",
    "Index/Document.iwa": "a Numbers document",
}
_DOCTYPE = re.compile(rb"<!(?:DOCTYPE|ENTITY)|<\x00!\x00(?:D\x00O|E\x00N)|\x00<\x00!\x00[DE]\x00")

Parts = dict[str, bytes]


class WorkbookRefusedError(Refusal):
    """A file that is not a workbook that can be read, or that is shaped to do harm."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence, field="file")


def damaged() -> WorkbookRefusedError:
    """Say that a file cannot be read, whatever part of it is broken."""
    return WorkbookRefusedError(
        "This workbook is damaged, so it cannot be read. Open it in Excel, save it again and send that."
    )


def open_parts(content: bytes) -> Parts:
    """Unpack an .xlsx into its parts; raises WorkbookRefusedError for anything that is not one, or is unsafe."""
    _check_kind(content)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            _check_shape(package.infolist())
            parts = {part.filename: _inflate(package, part) for part in package.infolist() if not part.is_dir()}
    except _DAMAGE as error:
        raise WorkbookRefusedError(
            "This file is cut short or damaged, so it cannot be read. Open it in Excel, save it again and send that."
        ) from error
    if "xl/workbook.xml" not in parts:
        what = next(
            (words for part, words in _OTHER_PACKAGES.items() if part in parts), "not an Excel workbook (.xlsx)"
        )
        raise _other(what)
    return parts


def _other(what: str) -> WorkbookRefusedError:
    return WorkbookRefusedError(f"This is {what}. Open it in Excel, save it as .xlsx and send that.")


def _check_kind(content: bytes) -> None:
    if not content:
        raise WorkbookRefusedError("This file is empty. Choose the workbook again.")
    if len(content) > LARGEST_FILE:
        raise WorkbookRefusedError("This file is larger than 30 MB. Take out pictures and sheets that are not needed.")
    if content.startswith(_OLD):
        if _LOCKED in content:
            raise WorkbookRefusedError(
                "This workbook is protected by a password. Open it in Excel, take the password off and save it."
            )
        raise _other("an old Excel workbook (.xls)")
    if content.startswith(b"%PDF"):
        raise WorkbookRefusedError(
            "This is a PDF, whatever its name says. Send the Excel workbook that it was made of."
        )
    if not content.startswith(b"PK\x03\x04"):
        raise _other(_NOT_A_WORKBOOK)


def _check_shape(parts: list[zipfile.ZipInfo]) -> None:
    names = [part.filename.casefold() for part in parts]
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_INFLATED:
        raise WorkbookRefusedError("This workbook unpacks to more than can be read. Keep only the sheets needed.")
    if any(part.flag_bits & _ENCRYPTED for part in parts):
        raise WorkbookRefusedError("This file is encrypted. Take the password off and save it again.")
    if len(set(names)) != len(names) or any(_leads_out(name) for name in names) or _overlap(parts):
        raise WorkbookRefusedError("This file is not put together as Excel does. Open it in Excel and save it again.")
    if any(p.file_size > _WORTH_A_RATIO and p.file_size > _STEEPEST * max(1, p.compress_size) for p in parts):
        raise WorkbookRefusedError("This workbook unpacks to far more than its size, so it was not opened.")


def _leads_out(name: str) -> bool:
    return name.startswith(("/", "\\")) or ".." in name.split("/") or "\\" in name or ":" in name or "\0" in name


def _overlap(parts: list[zipfile.ZipInfo]) -> bool:
    ordered = sorted(parts, key=lambda part: part.header_offset)
    pairs = itertools.pairwise(ordered)
    return any(one.header_offset + one.compress_size > two.header_offset for one, two in pairs)


def _inflate(package: zipfile.ZipFile, part: zipfile.ZipInfo) -> bytes:
    with package.open(part) as stream:
        content = stream.read(part.file_size + 1)  # more than was declared is a lie, and is not read on
    if len(content) != part.file_size:
        raise zipfile.BadZipFile(part.filename)
    if part.filename.endswith((".xml", ".rels")) and _DOCTYPE.search(content):
        raise WorkbookRefusedError("This file holds instructions that no workbook needs, so it was not opened.")
    return content
