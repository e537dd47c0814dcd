"""Reading the history, the newest first: filtered, and a part at a time however long it is."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Select, cast, func, select
from sqlalchemy.dialects.postgresql import JSON
from sqlalchemy.orm import Session

from fundtracker.domain.money import Pence
from fundtracker.domain.years import LONDON
from fundtracker.services.history.owners import changes_of
from fundtracker.store.chain import MOMENT
from fundtracker.store.history import Change, Detail
from fundtracker.store.people import Person

PER_PAGE = 50
_AMOUNTS = ("amount", "asked_for", "sought", "stated", "claimed")  # what a row may call the money it is about


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Which changes are wanted; what is empty filters nothing. Amounts are in pence, whatever their sign."""

    person: int | None = None
    name: str = ""
    kind: str = ""
    since: date | None = None
    until: date | None = None
    least: Pence | None = None
    most: Pence | None = None
    records: tuple[tuple[str, int], ...] = field(default=())
    """Records by table and row, each with all that is part of it."""


@dataclass(frozen=True, slots=True)
class Told:
    """One change as it is kept, with the name of whoever made it and the details beside it."""

    number: int
    at: datetime
    by_id: int | None
    by: str
    action: str
    table: str
    row: str
    before: str | None
    after: str | None
    reason: str
    request: str
    detail_before: str | None
    detail_after: str | None
    erased: int | None


def read_changes(
    session: Session, wanted: Wanted, *, before: int | None = None, size: int | None = PER_PAGE
) -> list[Told]:
    """Give the changes made before a change, so many at the most, the newest first; no size is all of them."""
    chosen = _chosen().where(*_conditions(session, wanted)).order_by(Change.number.desc())
    if before is not None:
        chosen = chosen.where(Change.number < before)
    rows = session.connection().execute(chosen.limit(size) if size else chosen)
    return [Told(number, _moment(at), *rest) for number, at, *rest in rows]


def _chosen() -> Select[*tuple[Any, ...]]:
    who = func.coalesce(Person.name, Change.by_name, "")
    kept = (Change.action, Change.table_name, Change.row_id, Change.before_json, Change.after_json)
    beside = (Detail.before_json, Detail.after_json, Detail.erased)
    chosen = select(Change.number, Change.at, Change.by_id, who, *kept, Change.reason, Change.request_id, *beside)
    return chosen.outerjoin(Person, Person.id == Change.by_id).outerjoin(Detail, Detail.change == Change.number)


def _conditions(session: Session, wanted: Wanted) -> Iterator[ColumnElement[bool]]:
    if wanted.person is not None:
        yield Change.by_id == wanted.person
    if wanted.name:
        yield Change.by_name == wanted.name
    if wanted.kind:
        yield Change.table_name == wanted.kind
    if wanted.since:
        yield Change.at >= _start(wanted.since)
    if wanted.until:
        yield Change.at < _start(wanted.until + timedelta(days=1))
    if wanted.least is not None or wanted.most is not None:
        amount = _amount(session.get_bind().dialect.name)
        yield amount.between(wanted.least or 0, wanted.most if wanted.most is not None else 2**62)
    for table, row in wanted.records:
        yield changes_of(table, row)


def _amount(engine: str) -> ColumnElement[int]:
    """Give the amount that a change is about, whatever its sign, where it is about one."""
    told = func.coalesce(Change.after_json, Change.before_json)
    found: list[ColumnElement[int]]
    if engine == "sqlite":
        found = [func.json_extract(told, f"$.{name}") for name in _AMOUNTS]
    else:
        found = [cast(cast(told, JSON)[name].as_string(), BigInteger) for name in _AMOUNTS]
    return func.abs(func.coalesce(*found))


def _start(day: date) -> str:
    return datetime.combine(day, time(), LONDON).astimezone(UTC).strftime(MOMENT)


def _moment(at: str) -> datetime:
    return datetime.strptime(at, MOMENT).replace(tzinfo=UTC)
