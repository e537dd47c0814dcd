"""Entries: one entry of the books, what it did, what can be done about it, and its confirmation."""

from typing import Any

from flask import render_template
from sqlalchemy.orm import Session

from fundtracker.services import effects, undoing
from fundtracker.services.approvals.waiting import approval_of
from fundtracker.services.entries import does, name_of, tell
from fundtracker.store.awards import Award
from fundtracker.store.books import Entry
from fundtracker.web.blueprints import entries as pages
from fundtracker.web.db import reading


@pages.get("/entries/<int:number>")
def show(number: int) -> str:
    """Show one entry: how much, when, who, on what authority, and what reverses it."""
    session = reading()
    about = context(session, number)
    entry: Entry = about["entry"]
    return render_template("entries/show.html", **about, **_actions(session, entry))


@pages.get("/entries/<int:number>/recorded")
def recorded(number: int) -> str:
    """Confirm an entry with its number, and say what to do next."""
    about = context(reading(), number)
    award: Award | None = about["award"]
    balance = effects.award_balance(award) if award else None
    left = sum(line.remaining for line in about["fund"].lines)
    return render_template("entries/recorded.html", sums=balance, left=left, **about)


def context(session: Session, number: int) -> dict[str, Any]:
    """Give what every page about an entry shows of it; raises NotFoundRefusal."""
    told = tell(session, number)
    award: Award | None = told.award_line.award if told.award_line else None
    return {
        "told": told,
        "entry": told.entry,
        "fund": told.line.fund,
        "approval": approval_of(session, number),
        "award": award,
        "name_of": name_of,
        "does": does,
    }


def _actions(session: Session, entry: Entry) -> dict[str, Any]:
    return {
        "obstacle": undoing.obstacle(session, entry),
        "why_not_correct": undoing.why_not_correct(session, entry),
    }
