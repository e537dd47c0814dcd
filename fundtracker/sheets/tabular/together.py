"""Sheets with the same headings, as where each month has one: read together, like one table that goes on."""

from collections.abc import Sequence
from dataclasses import replace

from fundtracker.services.bringing.stated import Column, TableFound
from fundtracker.sheets.reading import column_letter
from fundtracker.sheets.tabular.describing import describe
from fundtracker.sheets.tabular.found import Found


def with_alike(found: Found) -> list[Found]:
    """Give a table and, in the file's order, those of the sheets that are alike, each read as the first is."""
    read = {
        column_letter(column): found.told[column].field if column in found.told else ""
        for column in range(1, len(found.columns) + 1)
    }
    others = [(sheet, describe(found.kind, sheet, headings, read, found.basis)) for sheet, headings in found.alike]
    return [found, *(other for _, other in others)]


def joined(tables: Sequence[Found]) -> TableFound:
    """Describe tables that are read together: the first, with the rows, the problems and the notes of all."""
    first, *others = (one.table for one in tables)
    if not others:
        return first
    taken = {one.sheet for one in others}
    named = " and ".join(f"“{one.sheet}” ({one.rows:,} row{'' if one.rows == 1 else 's'})" for one in others)
    notes = [note for one in others for note in one.notes if note not in first.notes]
    return replace(
        first,
        together=True,
        rows=sum(one.rows for one in (first, *others)),
        columns=tuple(_filled(column, others) for column in first.columns),
        lacks=next((one.lacks for one in (first, *others) if one.lacks), ""),
        notes=(f"Taken with it, for their headings are the same: {named}.", *first.notes, *dict.fromkeys(notes)),
        problems=tuple(problem for one in (first, *others) for problem in one.problems),
        other_sheets=tuple(other for other in first.other_sheets if other[0] not in taken),
    )


def _filled(column: Column, others: Sequence[TableFound]) -> Column:
    same = (one for other in others for one in other.columns if one.letter == column.letter)
    return replace(column, filled=column.filled + sum(one.filled for one in same))
