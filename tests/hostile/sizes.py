"""Kinds 1 to 19: files that take all the memory, or all the time, there is."""

from collections.abc import Callable

from tests.hostile.packages import SHEET, STRINGS, TABLE, XML, Entry, package, parts, repeated, sheet

_MEGABYTE = 1024 * 1024
_BEGINS = sheet().split(b"<row")[0]
_ENDS = b"</sheetData></worksheet>"
_STYLES = b'<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><cellXfs>'


def _with_sheet(content: bytes | Entry) -> bytes:
    return package({SHEET: content})


def _after(content: bytes) -> bytes:
    return _with_sheet(sheet(after=content))


def _numbered(piece: bytes, times: int) -> bytes:
    return b"".join(piece % number for number in range(1, times + 1))


def _white_space() -> bytes:
    return _with_sheet(repeated(SHEET, _BEGINS, b" " * _MEGABYTE, 1024, _ENDS))


def _cells() -> bytes:
    return _with_sheet(repeated(SHEET, _BEGINS, b"<row>" + b"<c><v>1</v></c>" * 5000 + b"</row>", 1000, _ENDS))


def _shared_strings() -> bytes:
    texts = b"".join(b"<si><t>%x</t></si>" % (number * 2654435761 % 2**32) for number in range(3_000_000))
    return package({STRINGS: XML + b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">' + texts
                    + b"</sst>"})  # fmt: skip


def _long_string() -> bytes:
    return package({STRINGS: repeated(STRINGS, b"<sst><si><t>", b"x" * _MEGABYTE, 256, b"</t></si></sst>")})


def _sheets() -> bytes:
    return package(made=parts({f"S{number}": b"" for number in range(5000)}))


def _styles() -> bytes:
    name = "xl/styles.xml"
    return package({name: repeated(name, _STYLES, b'<xf numFmtId="0"/>' * 1000, 1000, b"</cellXfs></styleSheet>")})


def _deep() -> bytes:
    return _with_sheet(repeated(SHEET, _BEGINS, b"<a>" * 1000, 1000))


def _cell(place: bytes) -> bytes:
    row = place.lstrip(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return _with_sheet(sheet(b'<row r="%b"><c r="%b"><v>1</v></c></row>' % (row, place)))


def _names() -> bytes:
    name = "xl/workbook.xml"
    names = _numbered(b'<definedName name="n%d">Sheet1!$A$1</definedName>', 500_000)
    return package({name: parts()[name].replace(b"</sheets>", b"</sheets><definedNames>" + names + b"</definedNames>")})


def _empty_rows() -> bytes:
    return _with_sheet(sheet(_numbered(b'<row r="%d" s="1" customFormat="1"/>', 1_048_576)))


def _comments() -> bytes:
    comments = _numbered(b'<comment ref="A%d" authorId="0"><text><t>look</t></text></comment>', 100_000)
    return package({"xl/comments1.xml": XML + b"<comments><commentList>" + comments + b"</commentList></comments>"})


def _links() -> bytes:
    links = _numbered(b'<hyperlink ref="A%d" r:id="rId1"/>', 10_000)
    rels = _numbered(b'<Relationship Id="rId%d" Target="http://127.0.0.1/" TargetMode="External"/>', 10_000)
    return package({
        SHEET: sheet(after=b"<hyperlinks>" + links + b"</hyperlinks>"),
        "xl/worksheets/_rels/sheet1.xml.rels": XML + b"<Relationships>" + rels + b"</Relationships>",
    })  # fmt: skip


def _attributes() -> bytes:
    return _with_sheet(sheet(TABLE.replace(b'<c r="A1"', b'<c r="A1"' + _numbered(b' a%d=""', 1_000_000))))


MADE: dict[str, Callable[[], bytes]] = {
    "1": _white_space,
    "2": _cells,
    "3": _shared_strings,
    "4": _long_string,
    "5": _sheets,
    "6": _styles,
    "7": _deep,
    "8": lambda: _with_sheet(sheet(before=b'<dimension ref="A1:XFD1048576"/>')),
    "9": lambda: _cell(b"XFD1048576"),
    "10": lambda: _cell(b"A1000000000000"),
    "11": lambda: _after(b'<mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'),
    "12": lambda: _after(
        b'<dataValidations><dataValidation type="whole" sqref="%b"/></dataValidations>' % _numbered(b"A%d ", 200_000)
    ),
    "13": _names,
    "14": _empty_rows,
    "15": lambda: _with_sheet(
        sheet(before=b"<cols>" + _numbered(b'<col min="%d" max="16384" width="9"/>', 16_384) + b"</cols>")
    ),
    "16": lambda: _after(
        _numbered(b'<conditionalFormatting sqref="A%d"><cfRule type="expression"/></conditionalFormatting>', 100_000)
    ),
    "17": _comments,
    "18": _links,
    "19": _attributes,
}
