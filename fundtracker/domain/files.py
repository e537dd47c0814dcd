"""The kinds of file that may be attached: each with the name that it ends in and how it is sent out again."""

from enum import StrEnum

LARGEST = 10 * 1024 * 1024
MOST_FILES = 100  # attached to one record


class FileKind(StrEnum):
    """One kind of file, by the end of its name."""

    PDF = "pdf"
    DOCX = "docx"
    XLSX = "xlsx"
    ODT = "odt"
    ODS = "ods"
    CSV = "csv"
    TXT = "txt"
    PNG = "png"
    JPG = "jpg"
    EML = "eml"
    MSG = "msg"

    @property
    def sent_as(self) -> str:
        """Give the type that a browser is told; none of them is one that it runs or draws in a page of ours."""
        return _TYPES[self]


_TYPES = {
    FileKind.PDF: "application/pdf",
    FileKind.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    FileKind.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    FileKind.ODT: "application/vnd.oasis.opendocument.text",
    FileKind.ODS: "application/vnd.oasis.opendocument.spreadsheet",
    FileKind.CSV: "text/csv; charset=utf-8",
    FileKind.TXT: "text/plain; charset=utf-8",
    FileKind.PNG: "image/png",
    FileKind.JPG: "image/jpeg",
    FileKind.EML: "application/octet-stream",  # not message/rfc822, which some browsers open
    FileKind.MSG: "application/vnd.ms-outlook",
}
