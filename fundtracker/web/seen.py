"""Seen: the entry up to which a page to check answers gave its figures, and what has moved them since."""

from collections.abc import Iterable, Sequence
from typing import Any

from flask import request
from sqlalchemy import select
from sqlalchemy.orm import Session

from fundtracker.domain.money import pounds
from fundtracker.domain.refusals import Refusal
from fundtracker.services import effects, histories
from fundtracker.services.drafts import Draft
from fundtracker.store.awards import Award, AwardLine
from fundtracker.store.books import Book, Entry
from fundtracker.store.funds import Fund
from fundtracker.web.addresses import whole_number

SEEN = "seen"


class BalanceMovedError(Refusal):
    """A balance that is no longer what the person checked."""


def last_entry(session: Session) -> int:
    """Give the number of the book's last entry, for a page to carry in its hidden field `seen`."""
    return session.scalars(select(Book.last_entry)).one()


def effects_of(session: Session, drafts: Sequence[Draft]) -> dict[str, Any]:
    """Give what entries to come would do to awards and funds, and up to which entry that is worked out."""
    return {
        "seen": last_entry(session),
        "award_effects": effects.on_awards(drafts),
        "fund_effects": effects.on_funds(session, drafts),
    }


def check_awards_stand(session: Session, awards: Iterable[Award]) -> None:
    """Refuse to record on figures of awards that have moved since they were checked, and say by what."""
    seen = _seen()
    moved = {} if seen is None else histories.awards_moved_since(session, awards, seen)
    if moved:
        what = ". ".join(_changed(award, later) for award, later in moved.items())
        raise BalanceMovedError(f"{what}. Nothing was recorded. Check the new figures, then record it.")


def check_funds_stand(session: Session, funds: Iterable[Fund], *, cash: bool = False) -> None:
    """Refuse to record on figures of funds that have moved since they were checked, their cash too where it shows."""
    seen = _seen()
    for fund in funds if seen is not None else ():
        moved = histories.moved_since(session, fund, seen or 0, cash=cash)
        if moved:
            left = sum(line.remaining for line in fund.lines)
            what = "; ".join(_in_words(session, entry) for entry in moved)
            raise BalanceMovedError(
                f"The balance of {fund.name} has moved since you checked: {what}. {pounds(left)} is left now. Nothing "
                "was recorded. Check the new figures, then record it."
            )


def _seen() -> int | None:
    return whole_number(request.form.get(SEEN, ""))


def _changed(award: Award, later: Iterable[Entry]) -> str:
    what = "; ".join(f"{entry.kind.value}, {pounds(entry.amount)}, by {entry.posted_by}" for entry in later)
    return f"{award.reference} has changed since you checked: {what}"


def _in_words(session: Session, entry: Entry) -> str:
    line = session.get(AwardLine, entry.award_line_id) if entry.award_line_id else None
    award = f" {line.award.reference} to {line.award.organisation.name}" if line else ""
    return f"{entry.kind.value}{award}, {pounds(entry.amount)}, by {entry.posted_by}"
