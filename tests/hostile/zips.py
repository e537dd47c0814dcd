"""Kinds 30 to 42: files that are not the package that they seem to be."""

import io
import struct
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from tests.hostile.packages import SHEET, entry, honest, lying, pack, package

_WHOLE = package()
_OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def _overlapping() -> bytes:
    """Let one part stand in the middle of another."""
    entries = honest()
    entries[-1] = replace(entries[-1], at=40)
    return pack(entries)


def _zip64() -> bytes:
    """Say, in the place for sizes beyond four gigabytes, that a part is far larger than it is."""
    said = struct.pack("<HHQ", 1, 8, 2**40)
    return lying(SHEET, size=0xFFFFFFFF, extra=said)


def _nested() -> bytes:
    saved = io.BytesIO()
    with zipfile.ZipFile(saved, "w") as outer:
        outer.writestr("inner.zip", _WHOLE)
    return saved.getvalue()


def _flawed(at: int) -> bytes:
    spoilt = bytearray(_WHOLE)
    spoilt[at] ^= 0xFF
    return bytes(spoilt)


def _old_book() -> bytes:
    return (Path(__file__).parents[1] / "data" / "awkward-workbooks" / "date_1904.xls").read_bytes()


MADE: dict[str, Callable[[], bytes]] = {
    "30": lambda: b"\x00\x01\x02\x03\x04\x05\x06\x07" * 500,
    "31a": lambda: _OLD + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 600,
    "31b": lambda: lying(SHEET, flags=1),
    "32a": lambda: _WHOLE[: len(_WHOLE) * 2 // 3],
    "32b": lambda: _old_book()[:3000],
    "33a": lambda: lying(SHEET, checksum=1),
    "33b": lambda: _flawed(_WHOLE.index(b"sharedStrings") + 40),
    "34": _overlapping,
    "35": lambda: pack([*honest(), entry(SHEET, b"<worksheet/>")]),
    "36a": lambda: pack([*honest(), entry("../../outside.xml", b"<a/>")]),
    "36b": lambda: pack([*honest(), entry("/etc/outside.xml", b"<a/>")]),
    "37": lambda: pack([*honest(), replace(entry("xl/link.xml", b"/etc/passwd"), attributes=0o120777 << 16)]),
    "38": lambda: lying(SHEET, size=100),
    "39": _zip64,
    "40": _nested,
    "41a": _old_book,
    "41b": lambda: b"Organisation,Amount awarded\nVictim Support,810\n",
    "41c": lambda: b"<html><table><tr><td>Name</td></tr></table></html>",
    "41d": lambda: package({"xl/workbook.bin": b"\x83\x01"}, {"_rels/.rels": b"<Relationships/>"}),
    "41e": lambda: package({"xl/vbaProject.bin": _OLD}),
    "42a": lambda: b"GIF89a\x01\x00\x01\x00\x00\x00\x00;" + _WHOLE,
    "42b": lambda: b"%PDF-1.7\n" + _WHOLE,
}
