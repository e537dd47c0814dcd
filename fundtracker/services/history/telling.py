"""Telling a change in words: of what, and each thing that is other than it was, before and after."""

import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Boolean, Column, Date, DateTime
from sqlalchemy.orm import Session

from fundtracker.domain.money import Pence, pounds
from fundtracker.domain.years import long_date, long_moment
from fundtracker.services.history.labels import Labels, read_labels
from fundtracker.services.history.reading import Told
from fundtracker.store.base import Base, Moment, PenceColumn
from fundtracker.store.watched import SECRET

DONE = {"added": "Recorded", "changed": "Changed", "removed": "Removed", "found": "Found as it was"}
NOUNS = {
    "application_outcome": "outcome named by an application", "book": "the books", "batch": "import",
    "batch_row": "row of an import", "organisation_identifier": "published identifier", "matching": "match",
    "matching_line": "finance line matched", "matching_entry": "entry matched", "explained": "explanation",
    "paper_signature": "signature", "paper_words": "words of a paper", "forecast_record": "forecast",
    "period_record": "step of closing", "saved_map": "saved way of reading columns", "event": "step",
    "exception_step": "note on an exception", "exception_rule": "rule of exceptions", "person_role": "post",
    "second_factor": "authenticator", "outside_identity": "single sign-on", "run_line": "line of a payment run",
    "claim_item": "cost claimed", "office": "the office",
}  # fmt: skip
_OWN_NAMES = ("reference", "name", "title", "identifier", "file_name")
_OWNERS = ("award_line_id", "award_id", "payment_id", "application_id", "budget_line_id", "fund_id", "bid_id",
           "organisation_id", "claim_id", "run_id", "person_id", "paper_id", "batch_id", "entry_number")  # fmt: skip
_ERASED, _HIDDEN = "erased", "what is kept secret"
_LONGEST = 300
_UNSAID = frozenset({"id", "number", "match_key"})
_EMPTY = (None, "", False)
# What says when and by whom a row was made stands at its change, and what nobody reads is not told of a new row.
_NOT_OF_NEW = re.compile(
    r"(made|posted|recorded|saved|brought_in)_(at|by|by_id)|posting|position|digest|content|fund_remaining_after"
)
_WRITTEN: tuple[tuple[type, Callable[[Any], str]], ...] = (
    (PenceColumn, lambda value: pounds(Pence(value))),
    (Date, lambda value: long_date(date.fromisoformat(value))),
    (DateTime, lambda value: long_moment(datetime.fromisoformat(value))),
    (Moment, lambda value: long_moment(datetime.fromisoformat(value))),
    (Boolean, lambda value: "yes" if value else "no"),
)

Row = dict[str, Any]


@dataclass(frozen=True)
class Difference:
    """One thing about a row, in words: what it was and what it is, nothing where there was no row."""

    what: str
    before: str | None
    after: str | None

    @property
    def in_words(self) -> str:
        """Say it in one line."""
        if self.before is None or self.after is None:
            return f"{self.what}: {self.before or self.after}"
        return f"{self.what}: {self.before} → {self.after}"


@dataclass(frozen=True)
class Line:
    """One change in words."""

    told: Told
    done: str
    kind: str
    subject: str
    row: Row
    differences: list[Difference]


def tell(session: Session, changes: Iterable[Told]) -> list[Line]:
    """Tell changes in words, looking up all that they point at in one query."""
    rows = [(told, _row(told.before, told.detail_before), _row(told.after, told.detail_after)) for told in changes]
    labels = read_labels(session, ((told.table, row) for told, *both in rows for row in both if row))
    return [_line(told, before, after, labels) for told, before, after in rows]


def noun(table: str) -> str:
    """Name what a row of a table is."""
    return NOUNS.get(table, table.replace("_", " "))


def _row(kept: str | None, details: str | None) -> Row | None:
    return None if kept is None else {**json.loads(kept, strict=False), **json.loads(details or "{}", strict=False)}


def _line(told: Told, before: Row | None, after: Row | None, labels: Labels) -> Line:
    differences = list(_differences(told, before or {}, after or {}, labels))
    subject = _subject(told, after or before or {}, labels)
    return Line(told, DONE.get(told.action, told.action), noun(told.table), subject, after or before or {}, differences)


def _subject(told: Told, row: Row, labels: Labels) -> str:
    if told.table == "entry":
        return f"#{told.row}"
    own = next((str(row[name]) for name in _OWN_NAMES if row.get(name)), "")
    owner = next((labels.of(told.table, name, row[name]) for name in _OWNERS if row.get(name)), "")
    return own or (f"of {owner}" if owner else "")


def _differences(told: Told, before: Row, after: Row, labels: Labels) -> Iterator[Difference]:
    table = Base.metadata.tables.get(told.table)
    columns = {} if table is None else dict(table.columns)
    places = {name: place for place, name in enumerate(columns)}
    for name in sorted(
        (before.keys() | after.keys()) - _UNSAID, key=lambda name: (places.get(name, len(places)), name)
    ):
        if before and after and before.get(name, _ERASED) == after.get(name, _ERASED):
            continue
        if not (before and after) and ({**before, **after}[name] in _EMPTY or _NOT_OF_NEW.fullmatch(name)):
            continue
        pair = (
            _said(told.table, name, row[name], columns.get(name), labels) if name in row else _ERASED if row else None
            for row in (before, after)
        )
        yield Difference(_called(name), *pair)
    if told.erased and not told.detail_after:
        yield Difference("details", None, _ERASED)
    elif before and before == after:
        yield Difference(_HIDDEN, "", "")


def _called(name: str) -> str:
    return name.removesuffix("_hash").removesuffix("_id").replace("_", " ")


def _said(table: str, name: str, value: Any, column: Column[Any] | None, labels: Labels) -> str:
    if SECRET.fullmatch(name):
        return "set" if value else "not set"
    if value is None or value == "":
        return "not stated" if value is None else "nothing"
    if column is not None and column.foreign_keys:
        return labels.of(table, name, value)
    kinds = (write for kind, write in _WRITTEN if column is not None and isinstance(column.type, kind))
    return next(kinds, str)(value)[:_LONGEST]
