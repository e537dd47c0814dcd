"""Histories: what was asked, awarded, paid and entered for one organisation, fund, award or payment."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import Select, not_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from fundtracker.domain.kinds import Kind, Measure
from fundtracker.domain.money import Pence
from fundtracker.domain.statuses import ApplicationStatus
from fundtracker.services.interests import reader, touched
from fundtracker.services.listings.payees import merged, payee_of
from fundtracker.services.organisation_sums import selves
from fundtracker.services.organisations import root_of
from fundtracker.store.applications import Application
from fundtracker.store.awards import Award, AwardLine, Payment
from fundtracker.store.books import Entry
from fundtracker.store.funds import Fund
from fundtracker.store.organisations import Organisation

_FUND, _LINES = joinedload(Award.fund), selectinload(Award.lines)
_AUTHORITY = (Measure.ALLOCATED, Measure.AWARDED, Measure.OVER_ALLOWED)
_MOVE_THE_BALANCE = [kind for kind in Kind if kind.measure in _AUTHORITY]


def newest_awards(session: Session, organisation: Organisation, most: int) -> Sequence[Award]:
    """Give the newest awards of an organisation and those merged into it, with their funds and lines."""
    mine = select(Award).where(Award.organisation_id.in_(selves(session, root_of(organisation)))).options(_FUND, _LINES)
    return session.scalars(mine.order_by(Award.awarded_on.desc(), Award.id.desc()).limit(most)).all()


def answers_to(session: Session, application: Application) -> Sequence[Award]:
    """Give the awards that answer an application, with their funds and lines, the newest first."""
    answers = select(Award).where(Award.application_id == application.id).options(_FUND, _LINES)
    return session.scalars(answers.order_by(Award.id.desc())).all()


def payments_of(session: Session, award: Award) -> list[tuple[Payment, Entry]]:
    """Give the payments of an award, with their entries and reversals, in the order of the book."""
    return _paid(session, select(Payment, Entry).where(AwardLine.award_id == award.id))


def entries_of_payment(session: Session, payment: Payment) -> list[tuple[Payment, Entry]]:
    """Give a payment's entry and its reversal, where it has one."""
    return _paid(session, select(Payment, Entry).where(Payment.id == payment.id))


def _paid(session: Session, pairs: Select[Payment, Entry]) -> list[tuple[Payment, Entry]]:
    joined = pairs.join(Entry, Entry.payment_id == Payment.id).join(AwardLine, AwardLine.id == Payment.award_line_id)
    return [(payment, entry) for payment, entry in session.execute(joined.order_by(Entry.number))]


def entries_of(session: Session, award: Award) -> Sequence[Entry]:
    """Give the entries of an award, in the order of the book."""
    lines = [line.id for line in award.lines]
    return session.scalars(select(Entry).where(Entry.award_line_id.in_(lines)).order_by(Entry.number)).all()


class Waiting(NamedTuple):
    """One application that waits: what its place in the queue goes by, and what it asks for in pence."""

    received_on: date
    id: int
    asked_for: Pence | None


def waiting(session: Session, fund: Fund) -> list[Waiting]:
    """Give a fund's applications that wait for a decision and that the reader may see, the oldest first."""
    undecided = (Application.fund_id == fund.id, Application.status == ApplicationStatus.RECEIVED)
    rows = select(Application.received_on, Application.id, Application.asked_for).where(*undecided)
    if (person_id := reader(session)) is not None:
        tree = merged()
        hidden = touched(person_id, tree, payee_of(tree, Application.organisation_id))
        rows = rows.outerjoin(tree, tree.c.id == Application.organisation_id).where(not_(hidden))
    return [Waiting(*row) for row in session.execute(rows.order_by(Application.received_on, Application.id))]


def moved_since(session: Session, fund: Fund, number: int, *, cash: bool = False) -> Sequence[Entry]:
    """Give the entries after a number that moved what a fund has left or may go over by, or its cash as well."""
    kinds = list(Kind) if cash else _MOVE_THE_BALANCE
    later = (Entry.fund_id == fund.id, Entry.number > number, Entry.kind.in_(kinds))
    return session.scalars(select(Entry).where(*later).order_by(Entry.number)).all()


def awards_moved_since(session: Session, awards: Iterable[Award], number: int) -> dict[Award, list[Entry]]:
    """Give the entries of awards after a number, by award, in the order of the book; those without are left out."""
    rows = select(Award, Entry).join(AwardLine, AwardLine.award_id == Award.id)
    rows = rows.join(Entry, Entry.award_line_id == AwardLine.id).order_by(Entry.number)
    moved: dict[Award, list[Entry]] = {}
    later = rows.where(Award.id.in_([award.id for award in awards]), Entry.number > number)
    for award, entry in session.execute(later):
        moved.setdefault(award, []).append(entry)
    return moved
