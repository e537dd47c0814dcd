"""Since when a sum stands above zero without a break: how old what is over-allocated or to recover is."""

from collections.abc import Collection
from datetime import date
from typing import Any

from sqlalchemy import case, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from fundtracker.domain.kinds import ALLOCATED_KINDS, AWARDED_KINDS, Kind
from fundtracker.services.figures import AsAt, counted
from fundtracker.store.books import Entry

OVER = {**dict.fromkeys(AWARDED_KINDS, 1), **dict.fromkeys(ALLOCATED_KINDS, -1)}
OWED = {**dict.fromkeys(AWARDED_KINDS, -1), Kind.PAYMENT: 1, Kind.REFUND: -1}


def above_zero_since(
    session: Session, when: AsAt, owner: InstrumentedAttribute[Any], ids: Collection[int], signs: dict[Kind, int]
) -> dict[int, date]:
    """Give the day from which each of some rows' sums has stood above zero, counting the kinds as they are signed."""
    if not ids:
        return {}
    plus, minus = ([kind for kind, sign in signs.items() if sign == wanted] for wanted in (1, -1))
    signed = case((Entry.kind.in_(plus), Entry.amount), (Entry.kind.in_(minus), -Entry.amount), else_=0)
    rows = select(owner, Entry.on_date, func.sum(signed)).where(*counted(when), owner.in_(ids))
    found: dict[int, date] = {}
    running: dict[int, int] = {}
    for key, day, change in session.execute(rows.group_by(owner, Entry.on_date).order_by(owner, Entry.on_date)):
        before = running.get(key, 0)
        running[key] = before + int(change)
        if running[key] > 0 and before <= 0:
            found[key] = day
    return {key: day for key, day in found.items() if running[key] > 0}
