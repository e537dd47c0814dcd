"""Kinds 43 to 48: values that are none, and what a workbook would have its reader fetch, run or overlook."""

from collections.abc import Callable

from tests.hostile.packages import HEADINGS, SHEET, XML, package, parts, sheet

_NAME = b'<c r="A%d" t="str"><v>Victim Support</v></c>'


def _row(number: int, cells: bytes, about: bytes = b"") -> bytes:
    """Write a row of a table of awards: who it is for, then these cells."""
    return b'<row r="%d" %b>' % (number, about) + _NAME % number + cells + b"</row>"


def _amounts(*values: bytes, kind: bytes = b"") -> bytes:
    """Put values, each as it stands in the file, where amounts should be."""
    cells = (b'<c r="B%d" %b><v>%b</v></c>' % (n, kind, value) for n, value in enumerate(values, start=2))
    return package({SHEET: sheet(HEADINGS + b"".join(_row(n, cell) for n, cell in enumerate(cells, start=2)))})


def _dates(*values: bytes, kind: bytes = b's="1"', properties: str = "") -> bytes:
    """Put values where dates should be, beside amounts that are."""
    cells = (
        b'<c r="B%d"><v>810</v></c><c r="C%d" %b><v>%b</v></c>' % (n, n, kind, value)
        for n, value in enumerate(values, start=2)
    )
    rows = HEADINGS + b"".join(_row(n, cell) for n, cell in enumerate(cells, start=2))
    return package(made=parts({"Sheet1": sheet(rows)}, properties=properties))


def _unsaid() -> bytes:
    rows = HEADINGS + b"".join([
        _row(2, b'<c r="B2"><f>1+1</f></c>'),
        _row(3, b'<c r="B3" t="e"><v>#REF!</v></c>'),
        _row(4, b'<c r="B4" t="str"><v>1,064</v></c>', b'hidden="1"'),
        _row(5, b'<c r="B5"><v>9</v></c>'),
        _row(6, b""),
    ])  # fmt: skip
    merged = b'<mergeCells count="1"><mergeCell ref="B5:B6"/></mergeCells>'
    return package(made=parts({"Awards": sheet(rows, merged), "Hidden!": sheet()}))


def _linked(target: str, inside: str = "<externalBook/>") -> bytes:
    link = f'<externalLink xmlns:r="r">{inside}</externalLink>'
    rels = f'<Relationships><Relationship Id="rId1" Target="{target}" TargetMode="External"/></Relationships>'
    return package({
        "xl/externalLinks/externalLink1.xml": XML + link.encode(),
        "xl/externalLinks/_rels/externalLink1.xml.rels": XML + rels.encode(),
    })  # fmt: skip


def _letters() -> bytes:
    names = ("a_x0000_b", "a\u0085b", "Pay \u202edrawkcab", "zero\u200bwidth")
    rows = (
        f'<row r="{n}"><c r="A{n}" t="str"><v>{name}</v></c><c r="B{n}"><v>1</v></c></row>'
        for n, name in enumerate(names, start=2)
    )
    return package({SHEET: sheet(HEADINGS + "".join(rows).encode())})


def _same_headings() -> bytes:
    cells = b'<c r="B2"><v>1</v></c><c r="C2"><v>2</v></c>'
    return package({SHEET: sheet(HEADINGS.replace(b"Award date", b"Amount awarded") + _row(2, cells))})


def _blank_first() -> bytes:
    rows = sheet().replace(b'r="1"', b'r="3"').replace(b'1"', b'3"').replace(b'r="2"', b'r="4"').replace(b'2"', b'4"')
    return package(made=parts({"Blank": sheet(b""), "Table": rows}))


MADE: dict[str, Callable[[], bytes]] = {
    "43": lambda: _amounts(b"NaN", b"1e999", b"-0", b"9" * 10_000),
    "44a": lambda: _amounts(b"999999", kind=b't="s"'),
    "44b": lambda: _amounts(b"-1", kind=b't="s"'),
    "45a": lambda: _dates(b"0", b"59", b"60", b"61", b"-5"),
    "45b": lambda: _dates(b"1e18"),
    "45c": lambda: _dates(b"2020-02-30", kind=b't="d"'),
    "45d": lambda: _dates(b"42518", properties='<workbookPr date1904="1"/>'),
    "46": _unsaid,
    "47a": lambda: _linked("file:///C:/elsewhere.xlsx"),
    "47b": lambda: _linked("file:///\\\\127.0.0.1\\share\\elsewhere.xlsx"),
    "47c": lambda: _linked("", '<ddeLink ddeService="cmd" ddeTopic="/C calc"/>'),
    "47d": lambda: package({"xl/embeddings/oleObject1.bin": b"\xd0\xcf\x11\xe0", "xl/activeX/activeX1.bin": b"\1"}),
    "47e": lambda: package({
        "xl/connections.xml": XML + b'<connections><connection id="1" type="5" refreshOnLoad="1"/></connections>',
        "customXml/item1.xml": XML + b"<DataMashup>AAAA</DataMashup>",
    }),
    "47f": lambda: package({"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0"}),
    "48a": _letters,
    "48b": _same_headings,
    "48c": _blank_first,
}  # fmt: skip
