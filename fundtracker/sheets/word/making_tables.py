"""The table of the template: its columns and rows are the paper's own, its head comes again on each page."""

from typing import Any

from docx.document import Document as Doc
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

_CELLS = (
    ("cell.strong and cell.n", "Table strong figure"),
    ("cell.strong", "Table strong words"),
    ("cell.n", "Table figure"),
)


def add_table(document: Doc) -> None:
    """Add the table with its title above it and its note below it."""
    document.add_paragraph("{{ block.title }}", "Heading 2")
    table: Any = document.add_table(rows=4, cols=3)
    table.autofit = True
    _rule(table)
    head, first, row, last = table.rows
    _fill_head(head)
    first.cells[0].text, last.cells[0].text = "{%tr for row in block.rows %}", "{%tr endfor %}"
    row.cells[0].text, row.cells[2].text = "{%tc for cell in row.cells %}", "{%tc endfor %}"
    _fill_cell(row.cells[1], document)
    for each in (head, row):
        each._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))  # noqa: SLF001 - python-docx names no such thing
    head._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))  # noqa: SLF001 - the same
    document.add_paragraph("{%p if block.note %}")
    document.add_paragraph("{{ block.note }}", "Table words")
    document.add_paragraph("{%p endif %}")


def _fill_head(head: Any) -> None:
    head.cells[0].text, head.cells[2].text = "{%tc for column in block.columns %}", "{%tc endfor %}"
    lines = [("{%p if column.n %}", ""), ("{{ column.text }}", "Table strong figure"), ("{%p else %}", ""),
             ("{{ column.text }}", "Table strong words"), ("{%p endif %}", "")]  # fmt: skip
    _fill(head.cells[1], lines)


def _fill_cell(cell: Any, document: Doc) -> None:
    lines: list[tuple[str, str]] = []
    cell_text = "{% colspan cell.span %}{{ cell.text }}"
    for place, (test, style) in enumerate(_CELLS):
        lines += [
            ("{%p " + f"{'elif' if place else 'if'} {test} %}}", ""),
            (cell_text if place == 0 else "{{ cell.text }}", style),
        ]
    lines += [("{%p else %}", ""), ("{{ cell.text }}", "Table words"), ("{%p endif %}", "")]
    _fill(cell, lines)


def _fill(cell: Any, lines: list[tuple[str, str]]) -> None:
    for place, (text, style) in enumerate(lines):
        paragraph = cell.paragraphs[0] if place == 0 else cell.add_paragraph()
        paragraph.text = text
        if style:
            paragraph.style = style


def _rule(table: Any) -> None:
    """Rule the table between its rows alone."""
    properties, borders = table._tbl.tblPr, OxmlElement("w:tblBorders")  # noqa: SLF001 - python-docx has no borders
    for side, size in (("top", "8"), ("bottom", "8"), ("insideH", "4")):
        line = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", size), ("space", "0"), ("color", "8A949C")):
            line.set(qn(f"w:{name}"), value)
        borders.append(line)
    properties.append(borders)
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), "60")
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    properties.append(margins)
