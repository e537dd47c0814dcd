"""What a paper says in words, as a sheet in the paper's own order, naming the sheet of each table where it stands."""

from collections.abc import Iterator, Mapping

from fundtracker.domain.papers import Content, Table, Words
from fundtracker.sheets.papers.lines import count_lines, row_height
from fundtracker.sheets.skeleton import Column
from fundtracker.sheets.writing import Cell, Styles, Type, write_cells

_SECTION, _TEXT, _WARNINGS = 30, 90, 40  # letters
WORDS_COLUMNS = (
    Column("Section", Type.PROSE, _SECTION),
    Column("Words", Type.PROSE, _TEXT),
    Column("To look at first", Type.PROSE, _WARNINGS),
)

Line = tuple[str, str, str]


def says_anything(content: Content) -> bool:
    """Say whether a paper holds words beside its tables."""
    return any(isinstance(block, Words) for block in content.blocks)


def words_rows(content: Content, sheets: Mapping[str, str], styles: Styles) -> Iterator[str]:
    """Write a row for each paragraph, bullet and table; `sheets` names the sheet of each table by its key."""
    for number, (section, text, warnings) in enumerate(_lines(content, sheets), start=2):
        heading = not text
        cells = [Cell(section, Type.PROSE, strong=heading), Cell(text, Type.PROSE), Cell(warnings, Type.PROSE)]
        lines = max(count_lines(*part) for part in ((section, _SECTION), (text, _TEXT), (warnings, _WARNINGS)))
        yield write_cells(number, styles, cells, row_height(lines))


def _lines(content: Content, sheets: Mapping[str, str]) -> Iterator[Line]:
    section = ""
    for block in content.blocks:
        if isinstance(block, Table):
            yield section, f"Table: {block.title}, on the sheet “{sheets[block.key]}”", ""
        elif block.level:
            section = block.text
            yield section, "", "\n".join(block.warnings)
        else:
            yield section, block.text, "\n".join(block.warnings)
            yield from ((section, f"• {bullet}", "") for bullet in block.bullets)
