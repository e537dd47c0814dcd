"""What is handed over: every table and column but sessions and secrets, each described in plain English."""

from collections.abc import Iterator
from inspect import getdoc
from typing import Any

from sqlalchemy import Column, Enum, Table
from sqlalchemy.types import Boolean, Date, Integer, LargeBinary, TypeEngine

from fundtracker.store.base import Base, Moment, PenceColumn
from fundtracker.store.tables import Base as Tables
from fundtracker.store.watched import SECRET, UNWATCHED

HISTORY = frozenset({"change", "detail", "seal"})
SESSIONS = frozenset({"second_factor", "recovery_code"}) | (UNWATCHED.keys() - HISTORY)
"""Tables of sessions, secrets and files on their way in: of use to the running program alone."""

_KEPT_SUM = "the sum of the entries of this line whose kind moves it; README.txt says which do"
_MEANINGS = {
    "id": "the row's own number, by which other tables point at it",
    "reference": "what people call the record; of an entry, the bank's or the payee's own",
    "batch_id": "the file that it was brought in from; empty where somebody typed it",
    "made_at": "when the row was made",
    "made_by": "who made the row, by name",
    "made_by_id": "who made the row",
    "undone_at": "when the row was taken back; empty while it stands",
    "undone_by": "who took the row back, by name",
    "undone_why": "why the row was taken back",
    "entry.number": "the entry's number: 1 is the first, and there are no gaps",
    "entry.kind": "what happened; README.txt says which sum each kind moves",
    "entry.amount": "above zero where the sum rises, below zero where it falls",
    "entry.on_date": "the day it counts from",
    "entry.original_date": "the day it belongs to, where that was in a period already closed",
    "entry.posting": "the number of the first entry recorded together with this one",
    "entry.reverses": "the entry that this one undoes in full",
    "entry.replaces": "the entry that this one stands in for, with another amount",
    "entry.posted_at": "when it was recorded",
    "entry.posted_by": "who recorded it, by name",
    "entry.fund_remaining_after": "what the fund had left to award after it",
    "budget_line.year": "the calendar year in which the financial year begins: 2020 is 2020/21",
    "budget_line.lot": "the lot, where the fund has several",
    "budget_line.allocated": _KEPT_SUM,
    "budget_line.awarded": _KEPT_SUM,
    "budget_line.paid": _KEPT_SUM,
    "budget_line.recovered": _KEPT_SUM,
    "budget_line.received": _KEPT_SUM,
    "budget_line.returned": _KEPT_SUM,
    "budget_line.over_allowed": "by how much awards may go over what is allocated, with a decision",
    "award_line.awarded": _KEPT_SUM,
    "award_line.paid": _KEPT_SUM,
    "award_line.recovered": _KEPT_SUM,
    "award_line.basis": "firm; or listed and in no sum, as subject to funding or not stated",
    "award.asked_for": "what was asked for; empty where not stated, which is not zero",
    "award.benefits": "whom the award is for, where another organisation is paid",
    "application.asked_for": "what was asked for; empty where not stated, which is not zero",
    "organisation.merged_into_id": "the organisation that this one turned out to be",
    "organisation.stands_for_several": "whether it stands for several recipients and is not counted as one",
    "bid.sought": "what the office asked a funder for; in no sum of a fund until won",
    "seal.previous_hash": "the hash of the seal before; 64 noughts for the first",
    "seal.hash": "SHA-256 of the change and the hash before it",
}
_KINDS: dict[type[TypeEngine[Any]], str] = {
    PenceColumn: "money: pounds and pence in csv, whole pence in json",
    Moment: "a moment in UTC",
    Date: "a day, year-month-day",
    Boolean: "true or false",
    Integer: "a whole number",
}


def handed_over() -> list[Table]:
    """Give the tables that are handed over, by name."""
    return [table for name, table in sorted(Tables.metadata.tables.items()) if name not in SESSIONS]


def columns_of(table: Table) -> list[Column[Any]]:
    """Give the columns of a table that are handed over as rows: no secrets, and no files, which are files."""
    return [
        column for column in table.columns
        if not isinstance(column.type, LargeBinary) and (table.name in HISTORY or not SECRET.fullmatch(column.name))
    ]  # fmt: skip


def file_of(table: Table) -> Column[bytes] | None:
    """Give the column in which a table's rows hold files, where it has one."""
    return next((column for column in table.columns if isinstance(column.type, LargeBinary)), None)


def about(table: Table) -> str:
    """Say what a table holds."""
    for mapper in Base.registry.mappers:
        if mapper.local_table is table:
            return (getdoc(mapper.class_) or "").strip().splitlines()[0]
    return f"Which {' and '.join(link.column.table.name for link in sorted(table.foreign_keys, key=str))} go together."


def described() -> Iterator[tuple[str, str, str, str, str]]:
    """Say of each column: its table, its name, what it holds, whether it may be empty, and what that means."""
    for table in handed_over():
        for column in columns_of(table):
            means = _MEANINGS.get(f"{table.name}.{column.name}") or _MEANINGS.get(column.name, "")
            yield table.name, column.name, _holds(column), "may be empty" if column.nullable else "", means


def _holds(column: Column[Any]) -> str:
    for link in column.foreign_keys:
        return f"a row of {link.column.table.name}, by its {link.column.name}"
    if isinstance(column.type, Enum):
        return f"one of: {', '.join(filter(None, column.type.enums))}"
    return next((words for kind, words in _KINDS.items() if isinstance(column.type, kind)), "words")
