"""What award lines are owed, added up by award, application or organisation."""

from typing import Any

from sqlalchemy import ColumnElement, SQLColumnExpression, Subquery, and_, case, func, type_coerce

from fundtracker.domain.statuses import Basis
from fundtracker.services.figures import outstanding
from fundtracker.store.awards import AwardLine
from fundtracker.store.base import PenceColumn


def pence_sum(amount: SQLColumnExpression[Any]) -> ColumnElement[Any]:
    """Add up pence, nothing as nought; the answer is an int on every engine."""
    return type_coerce(func.coalesce(func.sum(amount), 0), PenceColumn)


def stated_sum(amount: ColumnElement[Any]) -> ColumnElement[Any]:
    """Add up pence where any is stated; None where none is."""
    return type_coerce(func.sum(amount), PenceColumn)


def award_sums(figures: Subquery) -> list[ColumnElement[Any]]:
    """Add up award lines: awarded (None where not stated), net paid, to pay, to recover, waiting and without value."""
    gap = outstanding(figures)
    unposted = figures.c.award_line_id.is_(None)
    return [
        stated_sum(figures.c.awarded).label("awarded"),
        pence_sum(figures.c.paid - figures.c.recovered).label("paid"),
        pence_sum(case((gap > 0, gap), else_=0)).label("to_pay"),
        pence_sum(case((gap < 0, -gap), else_=0)).label("to_recover"),
        stated_sum(case((unposted, AwardLine.proposed))).label("proposed"),
        func.sum(case((and_(unposted, AwardLine.basis == Basis.NOT_STATED), 1), else_=0)).label("without_value"),
    ]
