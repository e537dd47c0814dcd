"""The names of attached files: tidied where they are harmless, refused where they hide what a file is."""

import unicodedata

from fundtracker.domain.files import FileKind
from fundtracker.domain.refusals import Refusal
from fundtracker.domain.text import one_line

LONGEST = 150
_SAME = {"jpeg": "jpg", "text": "txt"}
# What a computer runs, or a browser draws as a page of its own; and documents that carry programs.
PROGRAMS = frozenset({
    "ade", "app", "bat", "chm", "cmd", "com", "cpl", "dll", "docm", "dotm", "exe", "hta", "htm", "html", "inf", "iso",
    "jar", "js", "jse", "lnk", "mht", "mhtml", "msc", "msi", "msp", "mst", "php", "pif", "pl", "potm", "ppam", "ppsm",
    "pptm", "ps1", "py", "reg", "scr", "sct", "sh", "shtml", "svg", "svgz", "sys", "url", "vb", "vbe", "vbs", "wsc",
    "wsf", "wsh", "xhtml", "xla", "xlam", "xlsb", "xlsm", "xltm", "xml", "xsl",
})  # fmt: skip
_KINDS = "PDF, Word (.docx), Excel (.xlsx), OpenDocument (.odt, .ods), text (.csv, .txt), pictures (.png, .jpg)"
_RESERVED = frozenset({"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))})
_NOT_IN_NAMES = str.maketrans(dict.fromkeys('<>:"|?*%', "-"))


class FileRefusedError(Refusal):
    """A file that is not kept, by what it is called or what it holds."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence, field="file")


def kind_of_name(name: str) -> FileKind:
    """Tell what a file says that it is by its name; raises FileRefusedError for what is not kept."""
    *before, end = [_SAME.get(part, part) for part in name.casefold().split(".")]
    if not before or end not in {kind.value for kind in FileKind}:
        if end in PROGRAMS:
            raise FileRefusedError("This kind of file can run programs or hold pages of its own, so it is not kept.")
        raise FileRefusedError(f"This kind of file is not kept. These are: {_KINDS} and e-mails (.eml, .msg).")
    hidden = [part for part in before[1:] if part.strip() in PROGRAMS or part.strip() in set(FileKind)]
    if hidden:
        raise FileRefusedError(
            f"The name of this file says two kinds, .{hidden[-1]} and .{end}. Rename it so that only the last stays."
        )
    return FileKind(end)


def tidy_name(given: str) -> str:
    """Give a file's name as it is kept and sent out again; raises FileRefusedError for one that leads elsewhere."""
    if any(sign in given for sign in ("/", "\\", "\0")):
        raise FileRefusedError("The name of this file holds a path. Rename it without / and \\ and send it again.")
    if any(unicodedata.category(sign) in ("Cc", "Cf", "Co", "Cs") for sign in given):
        raise FileRefusedError("The name of this file holds signs that cannot be seen. Rename it and send it again.")
    tidy = one_line(given).translate(_NOT_IN_NAMES).strip(". ")
    stem, dot, end = tidy.rpartition(".")
    if not dot:
        stem, end = end, ""
    stem = stem.rstrip(". ")
    if not stem:
        raise FileRefusedError("This file has no name. Rename it and send it again.")
    if stem.split(".")[0].casefold() in _RESERVED:
        stem = f"file {stem}"
    return f"{stem[: LONGEST - len(end) - 1].rstrip()}.{end}"
