"""Ahead: finance lines are planned before the books are held, and again only where another file came in between."""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from fundtracker.domain.statuses import BatchKind
from fundtracker.services.bringing.choices import Choices
from fundtracker.services.bringing.plan import Plan, Source, Tell, make_plan
from fundtracker.store.imports import Batch

Seen = tuple[int | None, int]


@dataclass(frozen=True)
class Ahead:
    """A plan of finance lines, and the newest file of them that it knew of."""

    plan: Plan
    seen: Seen


def plan_ahead(session: Session, source: Source, choices: Choices, tell: Tell) -> Ahead | None:
    """Plan finance lines, which nothing but other such files can change; nothing for rows that the books decide on."""
    if choices.kind is not BatchKind.FINANCE:
        return None
    try:
        return Ahead(seen=_seen(session), plan=make_plan(session, source, choices, tell))
    finally:
        session.rollback()


def plan_now(session: Session, source: Source, choices: Choices, tell: Tell, ahead: Ahead | None) -> Plan:
    """Give the plan that was made ahead where it still holds, or make it."""
    if ahead is not None and ahead.seen == _seen(session):
        return ahead.plan
    return make_plan(session, source, choices, tell)


def _seen(session: Session) -> Seen:
    files = select(func.max(Batch.id), func.count(Batch.undone_at)).where(Batch.kind == BatchKind.FINANCE)
    newest, undone = session.execute(files).one()
    return newest, undone
