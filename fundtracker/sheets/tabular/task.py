"""
A table on its way from the child process that reads a file to the one that asked: lines of JSON.

First the table, then its rows by the block, column by column (one line a row takes four times as long), then an end.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from fundtracker.domain.statuses import AmountBasis, BatchKind
from fundtracker.services.bringing.fields import Holds, field_named
from fundtracker.services.bringing.stated import Column, Problem, StatedRow, TableFound
from fundtracker.sheets.reading import Sheet
from fundtracker.sheets.tabular.blocks import Block
from fundtracker.sheets.tabular.exact import exact_blocks
from fundtracker.sheets.tabular.finding import find_table
from fundtracker.sheets.tabular.together import joined, with_alike

_APART = "\t"


def lines(sheets: Sequence[Sheet], options: Mapping[str, Any]) -> Iterator[str]:
    """
    Find the table and read its rows: what the child does.

    The options: "kind", and where a person chose them "sheet", "all_sheets", "header_row", "columns" and "basis".
    """
    found = find_table(
        BatchKind(options["kind"]),
        sheets,
        sheet=options.get("sheet"),
        header_row=options.get("header_row"),
        columns=options.get("columns"),
        basis=AmountBasis(options["basis"]) if options.get("basis") else None,
        all_sheets=bool(options.get("all_sheets")),
    )
    tables = with_alike(found) if options.get("all_sheets") else [found]
    yield json.dumps({"table": asdict(joined(tables))})
    for table in tables:
        for block in exact_blocks(table):
            yield json.dumps(_block_out(block), separators=(",", ":"))
    yield json.dumps({"end": sum(table.rows for table in tables)})


def read_lines(given: Iterable[str]) -> tuple[TableFound, Iterator[StatedRow]]:
    """Give the table and its rows from such lines: what the parent does; raises ValueError where they break off."""
    each = iter(given)
    return _table_in(json.loads(next(each))["table"]), _rows_in(each)


def _rows_in(given: Iterator[str]) -> Iterator[StatedRow]:
    for line in given:
        told = json.loads(line)
        if "end" in told:
            return
        yield from _block_in(told).rows()
    raise ValueError("the rows of a table broke off")


def _block_out(block: Block) -> dict[str, Any]:
    values = {name: _column_out(name, column, block.cells) for name, column in block.values.items()}
    problems = {place: [asdict(one) for one in some] for place, some in block.problems.items()}
    return {**vars(block), "values": values, "problems": problems, "cells": [_run(cells) for cells in block.cells]}


def _run(cells: Sequence[str]) -> str | Sequence[str]:
    """Write a column of text as one text, which takes less than half the time, unless what parts them is in a cell."""
    run = _APART.join(cells)
    return run if run.count(_APART) == len(cells) - 1 else cells


def _column_out(name: str, column: list[Any], cells: Sequence[list[str]]) -> object:
    """Give what is written of a column: where its values are its cells as they stand, the place of these is enough."""
    match field_named(name).holds:
        case Holds.DAY:
            return _written(column)
        case Holds.AMOUNT:
            return column
    same = (place for place, some in enumerate(cells) if some == column)
    if (place := next(same, None)) is not None:
        return place
    text = [value or "" for value in column]
    return next((place for place, some in enumerate(cells) if some == text), column)


def _block_in(told: dict[str, Any]) -> Block:
    told["cells"] = [cells.split(_APART) if isinstance(cells, str) else cells for cells in told["cells"]]
    for name, column in told["values"].items():
        if isinstance(column, int):
            cells = told["cells"][column]
            told["values"][name] = cells if all(cells) else [cell or None for cell in cells]
        elif field_named(name).holds is Holds.DAY:
            told["values"][name] = _days(column)
    told["left_out"] = {int(place): why for place, why in told["left_out"].items()}
    told["problems"] = {int(place): [Problem(**one) for one in some] for place, some in told["problems"].items()}
    return Block(**told)


def _written(column: Sequence[date | None]) -> list[str | None]:
    known = {day: day.isoformat() if day else None for day in set(column)}
    return [known[day] for day in column]


def _days(column: Sequence[str | None]) -> list[date | None]:
    known = {text: date.fromisoformat(text) if text else None for text in set(column)}
    return [known[text] for text in column]


def _table_in(told: dict[str, Any]) -> TableFound:
    return TableFound(
        kind=BatchKind(told.pop("kind")),
        basis=AmountBasis(told["basis"]) if told["basis"] else None,
        columns=tuple(Column(**{**one, "samples": tuple(one["samples"])}) for one in told.pop("columns")),
        problems=tuple(Problem(**one) for one in told.pop("problems")),
        header_rows=tuple(told.pop("header_rows")),
        notes=tuple(told.pop("notes")),
        alike=tuple(told.pop("alike")),
        other_sheets=tuple((name, why) for name, why in told.pop("other_sheets")),
        **{name: value for name, value in told.items() if name != "basis"},
    )
