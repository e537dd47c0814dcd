"""A workbook of awards as an office's other system would send it: twelve columns, most of them shared texts."""

import zipfile
from collections.abc import Iterator
from pathlib import Path
from random import Random

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_TITLES = (
    "Identifier", "Title", "Description", "Currency", "Amount Applied For", "Amount Awarded", "Award Date",
    "Recipient Org:Identifier", "Recipient Org:Name", "Recipient Org:Charity Number", "Grant Programme:Title", "Notes",
)  # fmt: skip
_SOME_DAY, _YEARS = 43_922, 1_800  # 1 April 2020, as Excel counts, and days after it
_ORGANISATIONS = 5_000

_PARTS = {
    "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    + "".join(
        f'<Override PartName="/xl/{part}.xml" ContentType="{_TYPE}.{kind}+xml"/>'
        for part, kind in (
            ("workbook", "sheet.main"), ("worksheets/sheet1", "worksheet"), ("styles", "styles"),
            ("sharedStrings", "sharedStrings"),
        )
    ) + "</Types>",
    "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
    f'Type="{_LINKS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_LINKS}"><sheets><sheet name="Awards" sheetId="1" '
    'r:id="rId1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">' + "".join(
        f'<Relationship Id="rId{number}" Type="{_LINKS}/{kind}" Target="{target}.xml"/>'
        for number, (kind, target) in enumerate(
            (("worksheet", "worksheets/sheet1"), ("styles", "styles"), ("sharedStrings", "sharedStrings")), start=1
        )
    ) + "</Relationships>",
    "xl/styles.xml": f'<styleSheet xmlns="{_MAIN}"><fonts><font/></fonts><fills><fill><patternFill/></fill></fills>'
    '<borders><border/></borders><cellStyleXfs><xf/></cellStyleXfs>'
    '<cellXfs><xf/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs>'
    '<cellStyles><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>',
}  # fmt: skip


def make_workbook(path: Path, rows: int) -> Path:
    """Write a workbook of so many awards, the same ones every time."""
    texts: dict[str, int] = {}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in _PARTS.items():
            package.writestr(name, _XML + content)
        with package.open("xl/worksheets/sheet1.xml", "w") as part:
            part.write(f'{_XML}<worksheet xmlns="{_MAIN}"><sheetData>'.encode())
            for row in _rows(texts, rows):
                part.write(row.encode())
            part.write(b"</sheetData></worksheet>")
        shared = "".join(f"<si><t>{text}</t></si>" for text in texts)
        package.writestr("xl/sharedStrings.xml", f'{_XML}<sst xmlns="{_MAIN}">{shared}</sst>')
    return path


def _rows(texts: dict[str, int], rows: int) -> Iterator[str]:
    chance = Random(2020)  # noqa: S311 - repeatable, and guards nothing
    yield _row(1, _TITLES, texts)
    for number in range(2, rows + 2):
        who = chance.randrange(_ORGANISATIONS)
        yield _row(number, (
            f"360G-example-{number:07d}", f"Grant to organisation {who}", f"Work {number % 977} in the towns", "GBP",
            chance.randrange(100, 5_000_000) / 100, chance.randrange(100, 5_000_000) / 100,
            _SOME_DAY + chance.randrange(_YEARS), f"GB-CHC-{1_000_000 + who}", f"Organisation {who}",
            str(1_000_000 + who), f"Programme {who % 40}", f"Note {number % 301}",
        ), texts)  # fmt: skip


def _row(number: int, cells: tuple[str | float, ...], texts: dict[str, int]) -> str:
    written = "".join(
        _cell(f"{letter}{number}", cell, texts) for letter, cell in zip("ABCDEFGHIJKL", cells, strict=True)
    )
    return f'<row r="{number}" spans="1:12">{written}</row>'


def _cell(place: str, cell: str | float, texts: dict[str, int]) -> str:
    if isinstance(cell, str):
        return f'<c r="{place}" t="s"><v>{texts.setdefault(cell, len(texts))}</v></c>'
    style = ' s="1"' if isinstance(cell, int) else ""
    return f'<c r="{place}"{style}><v>{cell!r}</v></c>'
