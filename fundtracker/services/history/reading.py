"""Reading the history, the newest first: filtered, and a part at a time however long it is."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Select, cast, func, not_, or_, select
from sqlalchemy.dialects.postgresql import JSON
from sqlalchemy.orm import Session

from fundtracker.domain.money import Pence
from fundtracker.domain.years import LONDON
from fundtracker.services.history.owners import changes_of
from fundtracker.services.interests import reader, touched
from fundtracker.services.listings.filters import MOST_WORDS
from fundtracker.services.listings.payees import merged, payee_of
from fundtracker.store.applications import Application
from fundtracker.store.chain import MOMENT
from fundtracker.store.history import Change, Detail, Seal
from fundtracker.store.people import Person

PER_PAGE = 50
LARGEST = 2**63 - 1
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
    text: str = ""
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
    hash: str | None


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
    chosen = select(
        Change.number, Change.at, Change.by_id, who, *kept, Change.reason, Change.request_id, *beside, Seal.hash
    )
    chosen = chosen.outerjoin(Person, Person.id == Change.by_id).outerjoin(Detail, Detail.change == Change.number)
    return chosen.outerjoin(Seal, Seal.change == Change.number)


def _conditions(session: Session, wanted: Wanted) -> Iterator[ColumnElement[bool]]:
    same = ((Change.by_id, wanted.person), (Change.by_name, wanted.name), (Change.table_name, wanted.kind))
    yield from (column == value for column, value in same if value)
    if wanted.since:
        yield Change.at >= _start(wanted.since)
    if wanted.until:
        yield Change.at < _start(wanted.until + timedelta(days=1))
    if wanted.least is not None or wanted.most is not None:
        amount = _amount(session.get_bind().dialect.name)
        yield amount.between(wanted.least or 0, LARGEST if wanted.most is None else wanted.most)
    yield from map(_says, wanted.text.split()[:MOST_WORDS])
    yield from (changes_of(table, (row,)) for table, row in wanted.records)
    if hidden := hidden_from_reader(session):
        yield not_(changes_of("application", hidden))


def _says(word: str) -> ColumnElement[bool]:
    like = f"%{word.replace('/', '//').replace('%', '/%').replace('_', '/_')}%"
    places = (Change.after_json, Change.before_json, Change.reason, Detail.after_json, Detail.before_json)
    return or_(*(place.ilike(like, escape="/") for place in places))


def hidden_from_reader(session: Session) -> tuple[int, ...]:
    """Give the applications that an interest of whoever reads touches: their history is not shown to them either."""
    person_id = reader(session)
    if person_id is None:
        return ()
    tree = merged()
    rows = select(Application.id).outerjoin(tree, tree.c.id == Application.organisation_id)
    return tuple(session.scalars(rows.where(touched(person_id, tree, payee_of(tree, Application.organisation_id)))))


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
