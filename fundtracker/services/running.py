"""Running sums: what must hold at each entry in the order of the book, and on each day in the order of the dates."""

from collections.abc import Iterator

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from fundtracker.domain.kinds import ALLOCATED_KINDS, AWARDED_KINDS, Kind, Measure
from fundtracker.domain.money import pounds
from fundtracker.domain.statuses import AwardType
from fundtracker.domain.years import long_date
from fundtracker.store.awards import Award, AwardLine
from fundtracker.store.books import Entry

Broken = Iterator[tuple[str, str]]
Owner = InstrumentedAttribute[int] | InstrumentedAttribute[int | None]
_MOST = 20  # of one kind: a fault in one entry shows in every later one

_REMAINING = {Measure.ALLOCATED: 1, Measure.AWARDED: -1}
# Never below zero on any day, whatever was recorded late: what it is, whose, and its signed measures.
_BY_DAY: tuple[tuple[str, Owner, dict[Measure, int]], ...] = (
    ("allocated", Entry.budget_line_id, {Measure.ALLOCATED: 1}),
    ("awarded", Entry.award_line_id, {Measure.AWARDED: 1}),
    ("paid less recovered", Entry.award_line_id, {Measure.PAID: 1, Measure.RECOVERED: -1}),
    ("recovered", Entry.award_line_id, {Measure.RECOVERED: 1}),
    ("received less returned", Entry.fund_id, {Measure.RECEIVED: 1, Measure.RETURNED: -1}),
)


def running_figure_is_true(session: Session) -> Broken:
    """Find an entry whose word on what its fund had left is not what the entries up to it leave."""
    left = _up_to(Entry.fund_id, _REMAINING).label("left")
    rows = select(Entry.number, Entry.fund_remaining_after.label("said"), left).subquery()
    wrong = select(rows.c.number, rows.c.said, rows.c.left).where(rows.c.said != rows.c.left)
    for number, said, counted in session.execute(wrong.order_by(rows.c.number).limit(_MOST)):
        yield f"#{number}", f"Entry #{number} says {pounds(said)} was left; the entries leave {pounds(int(counted))}."


def rises_had_room(session: Session) -> Broken:
    """Find a rise in awards, other than a write-off, beyond what its budget line had left with its allowance."""
    left = _up_to(Entry.budget_line_id, {**_REMAINING, Measure.OVER_ALLOWED: 1})
    rises = and_(Entry.kind.in_(AWARDED_KINDS), Entry.kind != Kind.WRITE_OFF, Entry.amount > 0)
    for number, over in _below_zero(session, _guarded(left, rises)):
        yield f"#{number}", f"Entry #{number} awards {pounds(over)} more than its line had left."


def falls_left_the_awards(session: Session) -> Broken:
    """Find an allocation lowered by choice, and so not by a funder's cut, below what was awarded from it."""
    left = _up_to(Entry.budget_line_id, _REMAINING)
    falls = and_(Entry.kind.in_(ALLOCATED_KINDS), Entry.kind != Kind.FUNDERS_CUT, Entry.amount < 0)
    for number, over in _below_zero(session, _guarded(left, falls)):
        yield f"#{number}", f"Entry #{number} takes away {pounds(over)} that was awarded already."


def payments_were_owed(session: Session) -> Broken:
    """Find a payment beyond what its award line had still to pay; only money paid in error is never owed."""
    owed = _up_to(Entry.award_line_id, {Measure.AWARDED: 1, Measure.PAID: -1, Measure.RECOVERED: 1})
    in_error = select(AwardLine.id).join(Award, Award.id == AwardLine.award_id)
    in_error = in_error.where(Award.type == AwardType.PAID_IN_ERROR)
    paid = and_(Entry.kind == Kind.PAYMENT, Entry.amount > 0, Entry.award_line_id.not_in(in_error))
    for number, over in _below_zero(session, _guarded(owed, paid)):
        yield f"#{number}", f"Entry #{number} pays {pounds(over)} more than was awarded."


def days_hold(session: Session) -> Broken:
    """Find an entry from whose date on a sum was below zero, though later entries may have made it good."""
    for name, owner, signs in _BY_DAY:
        sums = func.sum(_signed(signs)).over(partition_by=owner, order_by=Entry.on_date)  # all of a day at once
        moved = Entry.kind.in_([kind for kind in Kind if kind.measure in signs])
        rows = select(Entry.number, Entry.on_date, sums.label("sum")).where(moved).subquery()
        below = select(rows).where(rows.c.sum < 0).order_by(rows.c.number).limit(_MOST)
        for number, day, amount in session.execute(below):
            yield f"#{number}", f"On {long_date(day)}, with entry #{number}, {name} is {pounds(int(amount))}."


def _guarded(figure: ColumnElement[int], asked: ColumnElement[bool]) -> Select[int, int, bool]:
    # The halves of a replacement are guarded on their difference only, and so not tested one by one.
    replaced = select(Entry.replaces).where(Entry.replaces.is_not(None))
    whole = and_(Entry.replaces.is_(None), or_(Entry.reverses.is_(None), Entry.reverses.not_in(replaced)))
    return select(Entry.number, figure.label("figure"), and_(asked, whole).label("asked"))


def _below_zero(session: Session, guarded: Select[int, int, bool]) -> Iterator[tuple[int, int]]:
    rows = guarded.subquery()
    below = select(rows.c.number, rows.c.figure).where(rows.c.asked, rows.c.figure < 0)
    for number, figure in session.execute(below.order_by(rows.c.number).limit(_MOST)):
        yield number, -int(figure)


def _up_to(owner: Owner, signs: dict[Measure, int]) -> ColumnElement[int]:
    return func.sum(_signed(signs)).over(partition_by=owner, order_by=Entry.number)


def _signed(signs: dict[Measure, int]) -> ColumnElement[int]:
    signed = [(Entry.kind.in_([k for k in Kind if k.measure is m]), sign * Entry.amount) for m, sign in signs.items()]
    return case(*signed, else_=0)
