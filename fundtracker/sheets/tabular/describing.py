"""Describing a table that was found: its columns with the fields that they are, samples, and what is amiss with it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from fundtracker.domain.statuses import AmountBasis, BatchKind
from fundtracker.services.bringing.stated import Column, TableFound
from fundtracker.sheets.reading import Cell, Sheet, column_letter
from fundtracker.sheets.tabular.basis import plan_amounts
from fundtracker.sheets.tabular.candidates import HeadingRows
from fundtracker.sheets.tabular.contents import Contents, contents_of
from fundtracker.sheets.tabular.doubts import add_doubts
from fundtracker.sheets.tabular.found import Columns, Found, columns_below
from fundtracker.sheets.tabular.given import given_columns
from fundtracker.sheets.tabular.matching import Told, match_columns
from fundtracker.sheets.tabular.texts import shown

_SAMPLES, _LONGEST_SAMPLE = 3, 60
_LOOKED_AT = 300


def describe(
    kind: BatchKind, sheet: Sheet, headings: HeadingRows, columns: Mapping[str, str], basis: AmountBasis | None
) -> Found:
    """Tell the columns of a table, and put it into words."""
    below = columns_below(sheet, headings.last)
    titles = {column: words[0] for column, words in headings.titles.items()}
    given = given_columns(kind, titles, max(len(below), *titles, 0), columns)
    contents = _contents(below)
    told = match_columns(kind, headings.titles, contents, given)
    table = TableFound(
        kind=kind, sheet=sheet.name, header_row=headings.last, rows=len(below[0]) if below else 0,
        header_rows=tuple(range(headings.first, headings.last + 1)) if headings.last else (),
        columns=tuple(_columns(titles, told, below)), notes=(*sheet.notes, *_about(sheet, headings, below)),
    )  # fmt: skip
    found = Found(kind, sheet, headings, told, below, basis, table)
    plan = plan_amounts(found)
    table = replace(table, basis=plan.basis, notes=(*table.notes, *plan.says))
    return add_doubts(replace(found, table=table), contents)


def _contents(below: Columns) -> dict[int, Contents]:
    """See what the columns hold down to the first blank row, for below it may stand another table, or all the way."""
    first = range(1, min(_LOOKED_AT, len(below[0]) if below else 0))
    blank = next((place for place in first if all(cells[place] == "" for cells in below)), None)
    return {
        column: contents_of(cells[:blank] if blank and any(cells[:blank]) else sample(cells))
        for column, cells in enumerate(below, start=1)
    }


def sample(cells: Sequence[Cell]) -> Sequence[Cell]:
    """Take the first cells of a column, and some from the rest of it."""
    return (*cells[:_LOOKED_AT], *cells[_LOOKED_AT :: max(1, len(cells) // _LOOKED_AT)])


def _columns(titles: Mapping[int, str], told: Mapping[int, Told], below: Columns) -> Iterator[Column]:
    for column in range(1, max(len(below), *titles, 0) + 1):
        cells = below[column - 1] if column <= len(below) else ()
        filled = len(cells) if all(cells) else len(cells) - cells.count("")
        if filled or column in titles:
            field = told.get(column)
            yield Column(
                letter=column_letter(column), title=" ".join(titles.get(column, "").split()), filled=filled,
                field=field.field if field else "", why=field.why if field else "", samples=_samples(cells),
            )  # fmt: skip


def _samples(cells: Sequence[Cell]) -> tuple[str, ...]:
    """Give the first few different cells of a column, as a person sees them."""
    different = dict.fromkeys(shown(cell)[:_LONGEST_SAMPLE] for cell in cells[:_LOOKED_AT] if cell != "")
    return tuple(different)[:_SAMPLES]


def _about(sheet: Sheet, headings: HeadingRows, below: Columns) -> Iterator[str]:
    """Say what a person who looks at the sheet might not expect of the rows."""
    hidden = sum(number > headings.last for number in sheet.hidden)
    if hidden:
        rows = f"{hidden:,} hidden rows are" if hidden > 1 else "A hidden row is"
        yield f"{rows} read like the rows that can be seen."
    merged = sum(bottom > headings.last for (_, _), (bottom, _) in sheet.merged)
    if merged:
        areas = f"{merged:,} areas of cells are" if merged > 1 else "An area of cells is"
        yield f"{areas} merged: words and dates in them count for each of their rows, amounts only for the first."
    if headings.first != headings.last and below:
        yield f"The headings stand in rows {headings.first} and {headings.last}."
