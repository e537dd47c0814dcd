"""The dossier as one page to read and print, which needs nothing but a browser."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from html import escape
from typing import Any

from sqlalchemy import Table

from fundtracker.domain.money import pounds
from fundtracker.domain.years import long_date, long_moment
from fundtracker.services.history.telling import Line
from fundtracker.sheets.handover.described import about
from fundtracker.sheets.handover.readable import Readable
from fundtracker.sheets.skeleton import Column
from fundtracker.sheets.writing import Type

_STYLE = """
body { font: 16px/1.4 sans-serif; margin: 2em auto; max-width: 80em; padding: 0 1em; overflow-wrap: anywhere }
table { border-collapse: collapse; margin: 0 0 2em; overflow-wrap: break-word }
th, td { border: 1px solid #888; padding: .25em .5em; text-align: left; vertical-align: top }
.wide { overflow-x: auto } td.money { white-space: nowrap } table.beside td { min-width: 5em; max-width: 26em }
td.hash { font: 12px monospace; word-break: break-all }
@media print { body { font-size: 10px; margin: 0; max-width: none } tr { break-inside: avoid } }
"""
_UNSAID = frozenset(
    {"Id", "Match key", "Last entry", "Last award", "Last application", "Last payment"}
)  # the books' own
_HASH = re.compile("[0-9a-f]{64}")
_FEW = 2  # rows that are told one below the other, for one beside the other they would be too wide


def page(
    title: str, facts: Sequence[str], readable: Readable, rows: Mapping[Table, list[list[Any]]], lines: Sequence[Line]
) -> Iterator[str]:
    """Write the page: what it is, a section for each table that has rows, and the history in words."""
    yield f'<!doctype html>\n<html lang="en-GB"><head><meta charset="utf-8"><title>{escape(title)}</title>'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f"<style>{_STYLE}</style></head><body><main><h1>{escape(title)}</h1>"
    yield from (f"<p>{escape(fact)}</p>" for fact in facts)
    for table, found in rows.items():
        if found:
            yield f"<h2>{escape(table.name.replace('_', ' ').capitalize())}</h2><p>{escape(about(table))}</p>"
            yield from (_below if len(found) <= _FEW else _beside)(found, readable.columns(table))
    yield "<h2>History</h2><p>Every change of what is above, the newest first.</p>"
    yield from _table(("Change", "When", "Who", "What", "What changed", "Why", "Hash"), map(_changed, lines))
    yield "</main></body></html>\n"


def _changed(line: Line) -> Sequence[str]:
    changed = "\n".join(one.in_words for one in line.differences)
    what, told = f"{line.done} {line.kind} {line.subject}", line.told
    return str(told.number), long_moment(told.at), told.by, what, changed, told.reason, told.hash or "not sealed"


def _below(rows: list[list[Any]], columns: list[Column]) -> Iterator[str]:
    for row in rows:
        yield "<table>"
        for column, value in zip(columns, row, strict=True):
            if (said := _said(value, column)) and column.title not in _UNSAID:
                yield f'<tr><th scope="row">{escape(column.title)}</th>{_cell(said)}</tr>'
        yield "</table>"


def _beside(rows: list[list[Any]], columns: list[Column]) -> Iterator[str]:
    filled = [
        place for place, column in enumerate(columns)
        if column.title not in _UNSAID and any(row[place] not in (None, "") for row in rows)
    ]  # fmt: skip
    told = ([_said(row[place], columns[place]) for place in filled] for row in rows)
    yield from _table([columns[place].title for place in filled], told)


def _table(heads: Sequence[str], rows: Iterator[Sequence[str]]) -> Iterator[str]:
    # A region that scrolls has to be reached by the keyboard, and so to have a name.
    yield f'<div class="wide" tabindex="0" role="region" aria-label="{escape(" and ".join(heads[:2]))}">'
    yield '<table class="beside"><thead><tr>'
    yield from (f'<th scope="col">{escape(head)}</th>' for head in heads)
    yield "</tr></thead><tbody>"
    for row in rows:
        yield f"<tr>{''.join(map(_cell, row))}</tr>"
    yield "</tbody></table></div>"


def _cell(said: str) -> str:
    kind = ' class="money"' if said.lstrip("−").startswith("£") else ' class="hash"' if _HASH.fullmatch(said) else ""
    return f"<td{kind}>{escape(said).replace(chr(10), '<br>')}</td>"


def _said(value: Any, column: Column) -> str:
    match value:
        case None:
            return ""
        case datetime():
            return long_moment(value)
        case date():
            return long_date(value)
        case int() if column.type is Type.MONEY:
            return pounds(value)
    return str(value)
