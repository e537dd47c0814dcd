"""Workbooks put together byte by byte, so that each may lie in one way."""

import struct
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
XML = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

_STATES = ("", 'state="hidden"')
SHEET = "xl/worksheets/sheet1.xml"
STRINGS = "xl/sharedStrings.xml"
HEADINGS = (
    b'<row r="1"><c r="A1" t="str"><v>Organisation</v></c><c r="B1" t="str"><v>Amount awarded</v></c>'
    b'<c r="C1" t="str"><v>Award date</v></c></row>'
)
TABLE = HEADINGS + (
    b'<row r="2"><c r="A2" t="str"><v>Victim Support</v></c><c r="B2"><v>810</v></c>'
    b'<c r="C2" s="1"><v>43980</v></c></row>'
)
"""Two rows that are honest: the headings and one award."""


@dataclass(frozen=True)
class Entry:
    """A part of a zip package, as packed, with what the package says of it."""

    name: str
    packed: bytes
    size: int
    checksum: int
    method: int = 8
    flags: int = 0
    attributes: int = 0
    extra: bytes = b""
    at: int | None = None


def entry(name: str, content: bytes) -> Entry:
    """Pack a part honestly."""
    packer = zlib.compressobj(6, zlib.DEFLATED, -15)
    return Entry(name, packer.compress(content) + packer.flush(), len(content), zlib.crc32(content))


def repeated(name: str, before: bytes, piece: bytes, times: int, after: bytes = b"") -> Entry:
    """Pack a part of one piece many times over, without ever holding the whole of it."""
    packed, size, checksum = [], 0, 0
    for content, count in ((before, 1), (piece, times), (after, 1)):
        packer = zlib.compressobj(9, zlib.DEFLATED, -15)
        block = packer.compress(content) + packer.flush(zlib.Z_FULL_FLUSH)
        packed.append(block * count)
        size += len(content) * count
        for _ in range(count):
            checksum = zlib.crc32(content, checksum)
    packed.append(b"\x03\x00")  # the empty block that ends it
    return Entry(name, b"".join(packed), size, checksum)


def pack(entries: Iterable[Entry]) -> bytes:
    """Write a zip package with the lies that its entries tell."""
    body, directory, count = b"", b"", 0
    for one in entries:
        name = one.name.encode()
        common = struct.pack(
            "<HHHHHIIIHH", 20, one.flags, one.method, 0, 0x21, one.checksum, len(one.packed), min(one.size, 0xFFFFFFFF),
            len(name), len(one.extra),
        )  # fmt: skip
        at = len(body) if one.at is None else one.at
        directory += b"PK\x01\x02\x14\x03" + common + struct.pack("<HHHII", 0, 0, 0, one.attributes, at) + name
        directory += one.extra
        body += b"PK\x03\x04" + common + name + one.extra + one.packed
        count += 1
    return body + directory + b"PK\x05\x06" + struct.pack(
        "<HHHHIIH", 0, 0, count, count, len(directory), len(body), 0
    )  # fmt: skip


def sheet(rows: bytes = TABLE, after: bytes = b"", before: bytes = b"") -> bytes:
    """Write a sheet of rows, with what stands before and after them."""
    return XML + b'<worksheet xmlns="%b" xmlns:r="%b">%b<sheetData>%b</sheetData>%b</worksheet>' % (
        MAIN.encode(), _REL.encode(), before, rows, after
    )  # fmt: skip


def strings(*texts: bytes) -> bytes:
    """Write a part of shared strings."""
    return XML + b'<sst xmlns="%b">%b</sst>' % (MAIN.encode(), b"".join(b"<si><t>%b</t></si>" % text for text in texts))


def parts(sheets: Mapping[str, bytes] | None = None, *, names: str = "", properties: str = "") -> dict[str, bytes]:
    """Give the parts of an honest workbook of these sheets (`Sheet1`, hidden where its name ends in `!`)."""
    made = sheets or {"Sheet1": sheet()}
    numbered = list(enumerate(made, start=1))
    listed = "".join(
        f'<sheet name="{name.rstrip("!")}" {_STATES[name.endswith("!")]} sheetId="{n}" r:id="rId{n}"/>'
        for n, name in numbered
    )
    links = [(f"rId{n}", "worksheet", f"worksheets/sheet{n}.xml") for n, _ in numbered]
    links += [("rId901", "styles", "styles.xml"), ("rId902", "sharedStrings", "sharedStrings.xml")]
    rels = "".join(f'<Relationship Id="{key}" Type="{_REL}/{kind}" Target="{at}"/>' for key, kind, at in links)
    return {
        "[Content_Types].xml": XML + f'<Types xmlns="{_PACKAGE}/content-types"/>'.encode(),
        "_rels/.rels": XML + f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{_REL}/officeDocument" Target="xl/workbook.xml"/></Relationships>'.encode(),
        "xl/workbook.xml": XML + f'<workbook xmlns="{MAIN}" xmlns:r="{_REL}">{properties}<sheets>{listed}</sheets>'
        f"{names}</workbook>".encode(),
        "xl/_rels/workbook.xml.rels": XML + f'<Relationships xmlns="{_PACKAGE}/relationships">{rels}'
        "</Relationships>".encode(),
        "xl/styles.xml": XML + f'<styleSheet xmlns="{MAIN}"><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14" '
        'applyNumberFormat="1"/></cellXfs></styleSheet>'.encode(),
        STRINGS: strings(b"first", b"last"),
        **{f"xl/worksheets/sheet{n}.xml": content for n, content in enumerate(made.values(), start=1)},
    }  # fmt: skip


def package(changed: Mapping[str, bytes | Entry] | None = None, made: Mapping[str, bytes] | None = None) -> bytes:
    """Pack a workbook, an honest one where nothing is given, with some parts changed or added."""
    together: dict[str, bytes | Entry] = {**(made or parts()), **(changed or {})}
    return pack(part if isinstance(part, Entry) else entry(name, part) for name, part in together.items())


def honest() -> list[Entry]:
    """Give the entries of an honest workbook, for a lie to be added."""
    return [entry(name, content) for name, content in parts().items()]


def lying(name: str, **lies: object) -> bytes:
    """Pack an honest workbook of which one part is not what the package says."""
    return pack(replace(one, **lies) if one.name == name else one for one in honest())  # type: ignore[arg-type]  # fields
