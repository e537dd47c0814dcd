"""What a Word template is given: the names that it may use, filled from a paper."""

from typing import Any

from fundtracker.domain.money import figure
from fundtracker.domain.papers import Block, Cell, CellType, Content, Row, RowKind, Table, Words
from fundtracker.domain.percentages import tenths
from fundtracker.domain.years import long_date
from fundtracker.services.papers.numbering import numbers
from fundtracker.services.papers.panel import PANEL

NAMES = frozenset({"title", "panel", "office", "meeting", "subject", "as_at", "last_entry", "blocks"})
_FIGURES = (CellType.MONEY, CellType.NUMBER, CellType.SHARE)


def context_of(content: Content, office: str) -> dict[str, Any]:
    """Give a template's names their values, every figure as it is read."""
    numbered = numbers(content)
    panel = next((b.text for b in content.blocks if isinstance(b, Words) and b.key == PANEL), "")
    return {
        "title": content.title,
        "panel": panel,
        "office": office,
        "meeting": long_date(content.meeting_on) if content.meeting_on else "",
        "subject": content.subject,
        "as_at": long_date(content.as_at),
        "last_entry": f"{content.last_entry:,}",
        "blocks": [_block(block, numbered) for block in content.blocks if block.key != PANEL],
    }


def _block(block: Block, numbered: dict[str, int]) -> dict[str, Any]:
    # Every block has every name, so that a loop in a template need not ask what it has before it.
    if isinstance(block, Table):
        return {"is": "table", "text": block.title, "bullets": [], "number": "", **_table(block)}
    kind = f"heading {block.level}" if block.level else "numbered" if block.key in numbered else "plain"
    words = {"is": kind, "text": block.text, "bullets": list(block.bullets), "number": numbered.get(block.key, "")}
    return {**words, "title": block.text, "columns": [], "rows": [], "note": ""}


def _table(table: Table) -> dict[str, Any]:
    columns = [
        {"text": f"{column.title} (£)" if column.type is CellType.MONEY else column.title, "n": column.type in _FIGURES}
        for column in table.columns
    ]
    return {"title": table.title, "columns": columns, "rows": [_row(row, table) for row in table.rows],
            "note": table.note}  # fmt: skip


def _row(row: Row, table: Table) -> dict[str, Any]:
    strong = row.kind is not RowKind.ROW
    pairs = zip(row.cells, table.columns, strict=True)
    cells = [
        {"text": cell_words(cell, column.type), "strong": strong, "n": column.type in _FIGURES, "span": 1}
        for cell, column in pairs
    ]
    if row.kind is RowKind.GROUP:
        cells = [{**cells[0], "span": len(cells)}]
    return {"kind": row.kind.value, "cells": cells}


def cell_words(cell: Cell, kind: CellType) -> str:
    """Write a value as it is read in its column, with what is said beside it."""
    if cell.value is None:
        return cell.says
    return " ".join(filter(None, [_written(cell.value, kind), f"({cell.says})" if cell.says else ""]))


def _written(value: Any, kind: CellType) -> str:
    if kind is CellType.MONEY:
        return figure(value)
    if kind is CellType.SHARE:
        return tenths(value)
    if kind is CellType.DAY:
        return long_date(value)
    return f"{value:,}" if kind is CellType.NUMBER else str(value)
