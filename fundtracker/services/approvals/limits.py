"""Approval limits: dated settings of the office, with stated values until it gives its own."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from fundtracker.domain.approvals import PLACEHOLDERS, Limits
from fundtracker.domain.money import pounds
from fundtracker.domain.refusals import Refusal
from fundtracker.domain.roles import Actor
from fundtracker.domain.years import long_date, now, today
from fundtracker.store.approvals import ApprovalLimits


class LimitsRefusedError(Refusal):
    """Limits that do not rise from post to post, or a day that has gone."""


def limits_row(session: Session, on: date) -> ApprovalLimits | None:
    """Give the limits that the office set for a day: the newest of those that begin the latest."""
    rows = select(ApprovalLimits).where(ApprovalLimits.from_on <= on)
    return session.scalars(rows.order_by(ApprovalLimits.from_on.desc(), ApprovalLimits.id.desc()).limit(1)).first()


def limits_of(row: ApprovalLimits | None) -> Limits:
    """Give the limits of a row; the stated ones where the office has set none."""
    if row is None:
        return PLACEHOLDERS
    return Limits(
        manager=row.manager, chief_executive=row.chief_executive, deputy=row.deputy, chief_finance=row.chief_finance,
        write_off=row.write_off,
    )  # fmt: skip


def name_of(row: ApprovalLimits | None) -> str:
    """Name a version of the limits, as an approval keeps it."""
    return (
        f"limits from {long_date(row.from_on)}, set by {row.made_by}" if row else "limits not confirmed by the office"
    )


def list_limits(session: Session) -> list[ApprovalLimits]:
    """Give every version of the limits, the newest first."""
    return list(session.scalars(select(ApprovalLimits).order_by(ApprovalLimits.id.desc())))


def set_limits(session: Session, *, limits: Limits, from_on: date, by: Actor) -> ApprovalLimits:
    """Set the limits from a day on; raises LimitsRefusedError for a day that has gone or limits out of order."""
    if from_on < today():
        raise LimitsRefusedError("Enter today’s date or a later one: what was approved before stands.", field="from_on")
    for lower, higher in (("manager", "chief_executive"), ("chief_executive", "deputy")):
        least, amount = getattr(limits, lower), getattr(limits, higher)
        if amount < least:
            raise LimitsRefusedError(
                f"{pounds(amount)} is less than the {pounds(least)} of the post below it. Enter as much, or more.",
                field=higher,
            )
    row = ApprovalLimits(
        from_on=from_on, manager=limits.manager, chief_executive=limits.chief_executive, deputy=limits.deputy,
        chief_finance=limits.chief_finance, write_off=limits.write_off,
        made_at=now(), made_by=by.name, made_by_id=by.person_id,
    )  # fmt: skip
    session.add(row)
    return row
