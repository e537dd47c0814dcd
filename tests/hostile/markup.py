"""Kinds 20 to 29: XML that is a program, or that is none."""

from collections.abc import Callable

from tests.hostile.packages import SHEET, STRINGS, XML, package, sheet, strings


def _with_strings(doctype: bytes, text: bytes, encoding: str = "utf-8") -> bytes:
    content = b"<!DOCTYPE sst [" + doctype + b"]>" + strings(text).removeprefix(XML)
    return package({STRINGS: content.decode().encode(encoding)})


def _laughs(encoding: str = "utf-8") -> bytes:
    entities = b'<!ENTITY l0 "lol">' + b"".join(
        b'<!ENTITY l%d "%b">' % (level, b"&l%d;" % (level - 1) * 10) for level in range(1, 10)
    )
    return _with_strings(entities, b"&l9;", encoding)


def _encoded(declared: bytes) -> bytes:
    rows = '<row r="1"><c r="A1" t="str"><v>caf\u00e9</v></c></row>'.encode("latin-1")
    return package({SHEET: sheet(rows).replace(b'encoding="UTF-8"', b'encoding="%b"' % declared)})


MADE: dict[str, Callable[[], bytes]] = {
    "20": _laughs,
    "21": lambda: _laughs("utf-16"),
    "22": lambda: _with_strings(b'<!ENTITY a "' + b"x" * 100_000 + b'">', b"&a;" * 100_000),
    "23": lambda: _with_strings(b'<!ENTITY a "' + b"x" * 1000 + b'">', b"&a;" * 95),
    "24": lambda: _with_strings(b'<!ENTITY a SYSTEM "file:///etc/passwd">', b"&a;"),
    "25": lambda: _with_strings(b'<!ENTITY a SYSTEM "http://127.0.0.1/">', b"&a;"),
    "26": lambda: package({SHEET: sheet().replace(b"<worksheet", b'<!DOCTYPE a SYSTEM "http://127.0.0.1/a.dtd"><worksheet')}),
    "27": lambda: package({SHEET: sheet(after=b'<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" '
                                              b'href="file:///etc/passwd" parse="text"/>')}),
    "28a": lambda: _encoded(b"UTF-8"),
    "28b": lambda: _encoded(b"UTF-16"),
    "28c": lambda: _encoded(b"no-such-letters"),
    "29": lambda: package({SHEET: b"This is not XML at all."}),
}  # fmt: skip
