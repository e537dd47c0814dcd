"""Timelines: a dependent entry is never dated before what it depends on, whatever the day it is asked."""

from collections.abc import Iterable
from datetime import date
from itertools import accumulate, groupby

from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute, Session

from fundtracker.domain.kinds import ALLOCATED_KINDS, AWARDED_KINDS, Kind
from fundtracker.domain.money import pounds
from fundtracker.domain.refusals import (
    BelowZeroError,
    DateRefusedError,
    MoreThanPaidError,
    MoreThanReceivedError,
    Refusal,
)
from fundtracker.domain.years import long_date
from fundtracker.services.drafts import Draft
from fundtracker.store.books import Entry

Step = tuple[date, int]


def check(session: Session, draft: Draft, on: date) -> None:
    """Refuse an entry after which, on any day from its date on, a sum would be below zero or against the order."""
    if draft.reverses is not None:
        _not_before_what_it_reverses(session, draft, on)
    if draft.award_line is not None:
        _award_line(session, draft, draft.award_line.id, on)
    elif draft.kind in ALLOCATED_KINDS and draft.amount < 0:
        steps = _steps(session, Entry.budget_line_id, draft.line.id, dict.fromkeys(ALLOCATED_KINDS, 1))
        _refuse_below_zero(steps, draft.amount, on, _earlier("allocated on this line"))
    elif draft.kind in (Kind.RECEIPT, Kind.RETURN):
        steps = _steps(session, Entry.fund_id, draft.line.fund_id, {Kind.RECEIPT: 1, Kind.RETURN: -1})
        change = draft.amount if draft.kind is Kind.RECEIPT else -draft.amount
        refusal = "On {day}, {over} more would have gone back to the funder than it had sent. Enter a later date."
        _refuse_below_zero(steps, change, on, (MoreThanReceivedError, refusal))


def _award_line(session: Session, draft: Draft, line_id: int, on: date) -> None:
    if draft.kind in AWARDED_KINDS and draft.amount < 0:
        steps = _steps(session, Entry.award_line_id, line_id, dict.fromkeys(AWARDED_KINDS, 1))
        _refuse_below_zero(steps, draft.amount, on, _earlier("awarded on this line"))
    if draft.kind is Kind.WRITE_OFF and draft.amount > 0:
        _not_before_it_was_owed(session, draft, line_id, on)
    if draft.kind in (Kind.PAYMENT, Kind.REFUND):
        signs = {Kind.PAYMENT: 1, Kind.REFUND: -1}
        steps = _steps(session, Entry.award_line_id, line_id, signs)
        refusal = "On {day}, {over} more would have been refunded than was paid. Enter less, or a later date."
        _refuse_below_zero(steps, signs[draft.kind] * draft.amount, on, (MoreThanPaidError, refusal))
        own = _steps(session, Entry.award_line_id, line_id, {draft.kind: 1})
        _refuse_below_zero(own, draft.amount, on, _earlier("recorded before then"))


def _not_before_it_was_owed(session: Session, draft: Draft, line_id: int, on: date) -> None:
    signs = {**dict.fromkeys(AWARDED_KINDS, -1), Kind.PAYMENT: 1, Kind.REFUND: -1}
    steps = _steps(session, Entry.award_line_id, line_id, signs)
    owed = sum(amount for day, amount in steps if day <= on)
    if draft.amount > owed:
        raise BelowZeroError(
            f"On {long_date(on)}, {pounds(max(0, owed))} was to recover, so {pounds(draft.amount)} cannot be written "
            "off on that day. Enter a later date.",
            field="on",
        )


def _earlier(what: str) -> tuple[type[Refusal], str]:
    return (
        BelowZeroError,
        f"On {{day}}, {{over}} more would be taken away than was {what}. Enter less, or a later date.",
    )


def _not_before_what_it_reverses(session: Session, draft: Draft, on: date) -> None:
    reversed_on = session.scalar(select(Entry.on_date).where(Entry.number == draft.reverses))
    if reversed_on is not None and on < reversed_on:
        raise DateRefusedError(
            f"Entry #{draft.reverses} is dated {long_date(reversed_on)}. Its reversal cannot be dated before then.",
            field="on",
        )


def _steps(session: Session, owner: InstrumentedAttribute[int] | InstrumentedAttribute[int | None],
           owner_id: int, signs: dict[Kind, int]) -> list[Step]:  # fmt: skip
    rows = session.execute(
        select(Entry.on_date, Entry.kind, Entry.amount).where(owner == owner_id, Entry.kind.in_(signs))
    )
    return [(day, signs[kind] * amount) for day, kind, amount in rows]


def _refuse_below_zero(steps: Iterable[Step], change: int, on: date, refusal: tuple[type[Refusal], str]) -> None:
    by_day = groupby(sorted([*steps, (on, change)]), key=lambda step: step[0])
    totals = [(day, sum(amount for _, amount in step)) for day, step in by_day]
    for (day, _), running in zip(totals, accumulate(amount for _, amount in totals), strict=True):
        if day >= on and running < 0:
            kind, sentence = refusal
            raise kind(sentence.format(day=long_date(day), over=pounds(-running)), field="on")
