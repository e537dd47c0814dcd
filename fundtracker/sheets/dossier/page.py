"""The dossier as one page to read and print, which needs nothing but a browser."""

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
body { font: 16px/1.4 sans-serif; margin: 2em auto; max-width: 70em; padding: 0 1em; color: #111 }
table { border-collapse: collapse; margin: 0 0 2em } caption { text-align: left; padding-bottom: .5em }
th, td { border: 1px solid #888; padding: .25em .5em; text-align: left; vertical-align: top; overflow-wrap: anywhere }
td.money { text-align: right; white-space: nowrap } .wide { overflow-x: auto } .hash { font: 12px monospace }
@media print { body { font-size: 10px; margin: 0; max-width: none } }
"""
_FEW = 2  # rows that are told one below the other, for one beside the other they would be too wide


def page(
    title: str, facts: Sequence[str], readable: Readable, rows: Mapping[Table, list[list[Any]]], lines: Sequence[Line]
) -> Iterator[str]:
    """Write the page: what it is, a section for each table that has rows, and the history in words."""
    yield f'<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><title>{escape(title)}</title>'
    yield f"<style>{_STYLE}</style></head><body><h1>{escape(title)}</h1>"
    yield from (f"<p>{escape(fact)}</p>" for fact in facts)
    for table, found in rows.items():
        if found:
            yield f"<h2>{escape(table.name.replace('_', ' ').capitalize())}</h2><p>{escape(about(table))}</p>"
            yield from (_below if len(found) <= _FEW else _beside)(found, readable.columns(table))
    yield "<h2>History</h2><p>Every change of what is above, the newest first.</p>"
    yield from _table(
        ("Change", "When", "Who", "What", "What changed", "Why", "Hash"),
        ((str(line.told.number), long_moment(line.told.at), line.told.by, f"{line.done} {line.kind} {line.subject}",
          "\n".join(one.in_words for one in line.differences), line.told.reason, line.told.hash or "not sealed")
         for line in lines),
    )  # fmt: skip
    yield "</body></html>\n"


def _below(rows: list[list[Any]], columns: list[Column]) -> Iterator[str]:
    for row in rows:
        told = ((column.title, _said(value, column)) for column, value in zip(columns, row, strict=True))
        yield from _table((), ((title, said) for title, said in told if said))


def _beside(rows: list[list[Any]], columns: list[Column]) -> Iterator[str]:
    filled = [place for place, _ in enumerate(columns) if any(row[place] not in (None, "") for row in rows)]
    told = ([_said(row[place], columns[place]) for place in filled] for row in rows)
    yield from _table([columns[place].title for place in filled], told)


def _table(heads: Sequence[str], rows: Iterator[Sequence[str]]) -> Iterator[str]:
    yield '<div class="wide"><table>'
    if heads:
        yield f"<tr>{''.join(f'<th>{escape(head)}</th>' for head in heads)}</tr>"
    for row in rows:
        yield f"<tr>{''.join(_cell(said) for said in row)}</tr>"
    yield "</table></div>"


def _cell(said: str) -> str:
    money = ' class="money"' if said.lstrip("−").startswith("£") else ""
    return f"<td{money}>{escape(said).replace(chr(10), '<br>')}</td>"


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
