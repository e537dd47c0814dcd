"""What a figure is, worked out from its rows, and a page of them by their keys, however deep."""

from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import CTE, ColumnElement, Date, and_, bindparam, case, func, literal, null, or_, select
from sqlalchemy.orm import Session

from fundtracker.domain.asks import Figure, asked
from fundtracker.domain.money import Pence
from fundtracker.domain.statuses import Doubt
from fundtracker.services.behind.asked import Asked, read_asked
from fundtracker.services.behind.counting import AwardRow, OrganisationRow, awards_behind, organisations_behind
from fundtracker.services.behind.cutting import Rows
from fundtracker.services.behind.entries import ADDED, EntryRow, entries_behind
from fundtracker.services.behind.lines import LineRow, lines_behind
from fundtracker.services.listings.owed import pence_sum
from fundtracker.services.listings.paging import KEPT, PER_PAGE
from fundtracker.store.base import BigId
from fundtracker.store.organisations import Organisation

Row = EntryRow | LineRow | AwardRow | OrganisationRow
COUNTS = (Figure.AWARDS, Figure.ORGANISATIONS)
_KEY = bindparam("key", type_=BigId)


class _Sort(NamedTuple):
    row: type[Row]
    choose: Callable[[Asked], Rows]


_ENTRIES = _Sort(EntryRow, entries_behind)
_SORTS = {
    Figure.TO_PAY: _Sort(LineRow, lines_behind),
    Figure.TO_RECOVER: _Sort(LineRow, lines_behind),
    Figure.AWARDS: _Sort(AwardRow, awards_behind),
    Figure.ORGANISATIONS: _Sort(OrganisationRow, organisations_behind),
}


class Place(NamedTuple):
    """Which page of the rows: those after a key, those before one, or the first."""

    after: int | None = None
    before: int | None = None


FIRST = Place()


@dataclass(frozen=True, kw_only=True)
class Behind:
    """
    A figure and the rows that make it: how many, what they add up to in pence, and those of a page.

    `added` is what the rows that the figure adds up come to, before those that it takes off, `standing` how many rows
    there are where an entry and its reversal are none, `first` the day of the earliest and `illustrative` how many have
    an amount that is an example. `earlier` and `later` say whether there are rows before and after this page.
    """

    asked: Asked
    count: int
    amount: Pence
    added: Pence
    standing: int
    first: date | None
    illustrative: int
    rows: list[Row]
    earlier: bool = False
    later: bool = False

    @property
    def value(self) -> int:
        """Give the figure: pence, or how many awards or organisations there are."""
        return self.count if self.asked.figure in COUNTS else self.amount

    @property
    def taken_off(self) -> Pence:
        """Give what the figure takes off: awarded of what is left to award, refunded of what is paid."""
        return Pence(self.added - self.amount)


@dataclass(frozen=True)
class _Asking:
    """The statements of an ask: what all rows come to, all of them, and a page on from a key or back from one."""

    row: type[Row]
    sums: Rows
    every: Rows
    onward: Rows
    back: Rows


def behind(session: Session, query: str) -> Behind:
    """Give a figure as an ask writes it, with all of its rows; raises as `read_asked` does."""
    return all_behind(session, read_asked(session, asked(query)))


def all_behind(session: Session, what: Asked) -> Behind:
    """Give a figure with all of its rows, in two queries."""
    asking = _asking(what)
    return _sums(session, what, asking, _read(session, asking, asking.every))


def page_behind(session: Session, what: Asked, place: Place = FIRST) -> Behind:
    """Give a figure with a page of its rows, in two queries."""
    asking, back = _asking(what), place.before is not None
    key = place.before if back else place.after
    found = _read(session, asking, asking.back if back else asking.onward, key=key or 0)
    more, rows = len(found) > PER_PAGE, found[:PER_PAGE]
    rows = rows[::-1] if back else rows
    earlier, later = (more, True) if back else (bool(place.after), more)
    return _sums(session, what, asking, rows, earlier=earlier, later=later)


def count_behind(session: Session, what: Asked) -> Behind:
    """Give a figure without its rows, in one query."""
    return _sums(session, what, _asking(what), [])


def _sums(session: Session, what: Asked, asking: _Asking, rows: list[Row], **more: bool) -> Behind:
    sums: dict[str, Any] = {**session.execute(asking.sums).mappings().one(), **more}
    return Behind(asked=what, rows=rows, **sums)


def _read(session: Session, asking: _Asking, statement: Rows, **given: int) -> list[Row]:
    found = session.execute(statement, given)
    names = found.keys()
    return [asking.row(**dict(zip(names, row, strict=True))) for row in found]


@lru_cache(maxsize=KEPT)
def _asking(what: Asked) -> _Asking:
    sort = _SORTS.get(what.figure, _ENTRIES)
    listed = sort.choose(what).cte("listed")
    rows = select(*(listed.c[field.name] for field in fields(sort.row)))
    summed = entries_behind(what, bare=True).cte("summed") if sort is _ENTRIES else listed
    few = rows.limit(PER_PAGE + 1)
    by_name = what.figure is Figure.ORGANISATIONS
    order = [func.lower(listed.c.organisation), listed.c.key] if by_name else [listed.c.key]
    onward, back = _beyond_name(*order) if by_name else (listed.c.key > _KEY, listed.c.key < _KEY)
    return _Asking(
        row=sort.row,
        sums=select(*_summed(summed, what.figure)).select_from(summed),
        every=rows.order_by(*order),
        onward=few.where(onward).order_by(*order),
        back=few.where(back).order_by(*(one.desc() for one in order)),
    )


def _summed(listed: CTE, figure: Figure) -> list[ColumnElement[Any]]:
    """Sum all rows up; only entries are taken off and reversed."""
    columns, entries = listed.c, figure not in _SORTS
    day = columns.on_date if entries else columns.get("decided", null())
    added = case((columns.kind.in_(ADDED[figure]), columns.amount)) if entries else columns.amount
    standing = case((columns.reverses.is_(None), 1), else_=-1) if entries else literal(1)
    example = case((columns.amount_doubt == Doubt.ILLUSTRATIVE, 1), else_=0) if entries else literal(0)
    return [
        func.count().label("count"),
        pence_sum(columns.amount).label("amount"),
        pence_sum(added).label("added"),
        func.coalesce(func.sum(standing), 0).label("standing"),
        func.min(day, type_=Date).label("first"),
        func.coalesce(func.sum(example), 0).label("illustrative"),
    ]


def _beyond_name(name: ColumnElement[Any], key: ColumnElement[Any]) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """Say which rows stand after an organisation in the order of names, all where it is none, and which before it."""
    here = select(func.lower(Organisation.name)).where(Organisation.id == _KEY).scalar_subquery()
    after = or_(_KEY == 0, name > here, and_(name == here, key > _KEY))
    return after, or_(name < here, and_(name == here, key < _KEY))
