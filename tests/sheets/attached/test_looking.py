"""Files that people attach: each kind as it should be, and every way of hiding what a file is."""

import io
import zipfile
from collections.abc import Callable

import pytest
from docx import Document
from openpyxl import Workbook

from fundtracker.domain.files import LARGEST, FileKind
from fundtracker.sheets.attached.looking import look_at
from fundtracker.sheets.attached.names import FileRefusedError, tidy_name

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 20 + b"IEND\xaeB`\x82"
JPG = b"\xff\xd8\xff\xe0" + b"\0" * 20 + b"\xff\xd9"
EML = b"From: a@b.example\r\nTo: c@d.example\r\nSubject: The report\r\n\r\nHere it is.\r\n"
MSG = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "__properties_version1.0".encode("utf-16-le")
ATTACHED = (
    b'\r\nContent-Type: application/octet-stream; name="a.exe"\r\nContent-Disposition: attachment; filename="a.exe"'
)


def docx() -> bytes:
    made = io.BytesIO()
    Document().save(made)
    return made.getvalue()


def xlsx() -> bytes:
    made = io.BytesIO()
    Workbook().save(made)
    return made.getvalue()


def package(**parts: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as written:
        for name, content in parts.items():
            written.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return made.getvalue()


def opendocument(kind: str) -> bytes:
    return package(mimetype=f"application/vnd.oasis.opendocument.{kind}".encode(), content_dot_xml=b"<a/>")


def with_part(content: bytes, name: str, part: bytes = b"x") -> bytes:
    made = io.BytesIO(content)
    with zipfile.ZipFile(made, "a") as written:
        written.writestr(name, part)
    return made.getvalue()


RIGHT: dict[str, Callable[[], bytes]] = {
    "Report.pdf": lambda: PDF,
    "letter.docx": docx,
    "budget v1.2.xlsx": xlsx,
    "a.odt": lambda: opendocument("text"),
    "a.ods": lambda: opendocument("spreadsheet"),
    "rows.csv": "Name,£\nSïân,1".encode,
    "note.txt": lambda: "words in a row".encode("utf-16"),
    "old.text": lambda: b"caf\xe9",
    "plan.png": lambda: PNG,
    "photo.JPEG": lambda: JPG + b"\0\0",
    "mail.eml": lambda: EML,
    "mail.msg": lambda: MSG,
}


@pytest.mark.parametrize("name", RIGHT)
def test_each_kind_is_kept(name: str) -> None:
    looked = look_at(name, RIGHT[name]())
    assert looked.name == name
    assert looked.kind is FileKind({"jpeg": "jpg", "text": "txt"}.get(end := name.rpartition(".")[2].lower(), end))


NAMES = {
    "page.html": "can run programs or hold pages",
    "drawing.svg": "can run programs",
    "book.xlsm": "can run programs",
    "tool.exe": "can run programs",
    "list.xls": "This kind of file is not kept",
    "noend": "This kind of file is not kept",
    "invoice.pdf.exe": "can run programs",
    "invoice.exe.pdf": "says two kinds, .exe and .pdf",
    "page.html.txt": "says two kinds, .html and .txt",
    "letter.docx.pdf": "says two kinds, .docx and .pdf",
    "../../secret.pdf": "holds a path",
    "C:\\files\\a.pdf": "holds a path",
    "a\0.pdf": "holds a path",
    "fdp\u202efdp.pdf": "signs that cannot be seen",
    "a\u200b.pdf": "signs that cannot be seen",
    "a\n.pdf": "signs that cannot be seen",
    ".pdf": "This kind of file is not kept",
    "   .pdf": "This kind of file is not kept",
    "": "no name",
    "a.pdf ": "",
    "a.pdf.": "",
}


@pytest.mark.parametrize("name", NAMES)
def test_names_that_hide_something(name: str) -> None:
    if not NAMES[name]:
        assert look_at(name, PDF).name == "a.pdf"
        return
    with pytest.raises(FileRefusedError) as caught:
        look_at(name, PDF)
    assert NAMES[name] in caught.value.sentence
    assert caught.value.field == "file"


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("con.txt", "file con.txt"),
        ("Lpt1.old.txt", "file Lpt1.old.txt"),
        ('a<b>"c":d|e?f*g%.pdf', "a-b--c--d-e-f-g-.pdf"),
        ("Sïân’s  report .pdf", "Sïân’s report.pdf"),
        ("惠灵顿.pdf", "惠灵顿.pdf"),
        ("x" * 400 + ".pdf", "x" * 146 + ".pdf"),
    ],
)
def test_names_are_tidied(given: str, kept: str) -> None:
    assert tidy_name(given) == kept


WRONG: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "empty": ("a.pdf", lambda: b"", "is empty"),
    "too large": ("a.txt", lambda: b"x" * (LARGEST + 1), "larger than 10 MB"),
    "a program called a picture": ("a.png", lambda: b"MZ" + b"\0" * 50, "something else"),
    "a page called a text": ("a.txt", lambda: b"\xef\xbb\xbf  <HTML><script>1</script>", "something else"),
    "a page further down": ("a.csv", lambda: b"a,b\n" * 2000 + b"<svg onload=1>", "something else"),
    "a wide page": ("a.txt", lambda: "<script>1".encode("utf-16"), "something else"),
    "a script": ("a.txt", lambda: b"#!/bin/sh\nls", "something else"),
    "bytes that are no text": ("a.csv", lambda: b"a,b\0\x01\x02", "something else"),
    "a document called a workbook": ("a.xlsx", docx, "something else"),
    "a workbook called a document": ("a.docx", xlsx, "something else"),
    "a text called a sheet": ("a.ods", lambda: opendocument("text"), "something else"),
    "a zip called a document": ("a.docx", lambda: package(a=b"x"), "something else"),
    "a picture that is a zip too": ("a.png", lambda: PNG + package(a=b"x"), "something else"),
    "a photo that is a zip too": ("a.jpg", lambda: JPG[:-2] + package(a=b"x") + b"\xff\xd9", "something else"),
    "a photo that is a page too": ("a.jpg", lambda: JPG[:8] + b"<script>" + JPG[8:], "something else"),
    "a PDF that is a zip too": ("a.pdf", lambda: PDF + package(a=b"x") + b"%%EOF", "something else"),
    "a PDF after a page": ("a.pdf", lambda: b"<html>" + PDF, "something else"),
    "a PDF cut short": ("a.pdf", lambda: PDF[:20], "something else"),
    "a PDF with a program": ("a.pdf", lambda: PDF.replace(b"<<>>", b"<</S/JavaScript>>"), "holds a program"),
    "a document after a page": ("a.docx", lambda: b"<html>" + docx(), "something else"),
    "a document with more after it": ("a.docx", lambda: docx() + b"<script>", "something else"),
    "a document with macros": ("a.docx", lambda: with_part(docx(), "word/vbaProject.bin"), "holds macros"),
    "a workbook with a program": ("a.xlsx", lambda: with_part(xlsx(), "xl/embeddings/a.exe"), "holds macros"),
    "a sheet with macros": ("a.ods", lambda: with_part(opendocument("spreadsheet"), "Basic/a.xml"), "holds macros"),
    "a part that leads out": ("a.docx", lambda: with_part(docx(), "../../a.xml"), "something else"),
    "a huge list of parts": (
        "a.odt", lambda: package(mimetype=b"x" * 2_000_000, content_dot_xml=b"<a/>"), "not put together",
    ),
    "a mail that is a page": ("a.eml", lambda: b"<html>From: a", "something else"),
    "a mail from nobody": ("a.eml", lambda: b"Subject: a\r\n\r\nb", "something else"),
    "a mail with a program": ("a.eml", lambda: EML.replace(b"\r\n\r\n", ATTACHED + b"\r\n\r\n"), "carries a file"),
    "an old workbook called a mail": ("a.msg", lambda: MSG[:8] + "Workbook".encode("utf-16-le"), "something else"),
    "a mail with macros": ("a.msg", lambda: MSG + "_VBA_PROJECT".encode("utf-16-le"), "holds macros"),
}  # fmt: skip


@pytest.mark.parametrize("what", WRONG)
def test_contents_that_are_not_what_they_say(what: str) -> None:
    name, make, says = WRONG[what]
    with pytest.raises(FileRefusedError) as caught:
        look_at(name, make())
    assert says in caught.value.sentence
