"""Undoing: a match or an explanation is taken back, and its lines and payments are left again."""

from collections.abc import Callable

from flask import flash, redirect
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from fundtracker.domain.refusals import Refusal
from fundtracker.services.reconciling import explaining, matching
from fundtracker.web.blueprints import reconcile as pages
from fundtracker.web.db import reading, transaction
from fundtracker.web.reconcile.asked import read_asked
from fundtracker.web.signed_in import this_person


@pages.post("/reconcile/matches/<int:number>/undo")
def undo_match(number: int) -> ResponseReturnValue:
    """Take a match back."""
    return _undo(lambda session: matching.undo_match(session, number=number, by=this_person().actor), "match", number)


@pages.post("/reconcile/explanations/<int:number>/undo")
def undo_explanation(number: int) -> ResponseReturnValue:
    """Take an explanation back."""
    return _undo(lambda session: explaining.undo_explanation(session, number=number, by=this_person().actor),
                 "explanation", number)  # fmt: skip


def _undo(verb: Callable[[Session], object], what: str, number: int) -> ResponseReturnValue:
    try:
        with transaction() as session:
            verb(session)
        flash(f"The {what} is undone.", "recorded")
    except Refusal as refusal:
        flash(refusal.sentence, "note")
    return redirect(read_asked(reading()).address("reconcile.index"), 303)
