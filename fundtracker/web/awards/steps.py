"""What every page that takes a step with an award shares: whether it can be taken, and what has moved meanwhile."""

from http import HTTPStatus
from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from fundtracker.services.award_steps import Step, barred
from fundtracker.services.awards import find_award
from fundtracker.services.drafts import Draft
from fundtracker.services.effects import award_balance
from fundtracker.services.variations import withdrawing_entry
from fundtracker.store.awards import Award
from fundtracker.store.books import Entry
from fundtracker.web.awards.rows import line_names
from fundtracker.web.db import reading
from fundtracker.web.once import Recorded
from fundtracker.web.seen import effects_of


def cannot(award: Award, step: Step) -> ResponseReturnValue | None:
    """
    Give the page that says why a step cannot be taken, where it is opened or there is no line to take it on.

    A form that was filled in before comes back with the verb's own refusal and what was typed.
    """
    sent = request.method == "POST"
    why = barred(reading(), award).get(step)
    if why is None or (sent and award.lines):
        return None
    entry = withdrawing_entry(reading(), award) if step is Step.REOPEN else None
    page = render_template("awards/cannot.html", award=award, step=step, why=why, entry=entry)
    return page, HTTPStatus.UNPROCESSABLE_ENTITY if sent else HTTPStatus.OK


def about(award: Award, drafts: list[Draft]) -> dict[str, Any]:
    """Give what the pages of a step show of an award, and what entries to come would do to it and its funds."""
    session = reading()
    return {
        "award": award,
        "now": award_balance(award),
        "names": line_names(award),
        **effects_of(session, drafts),
    }


def found(ref: str) -> Award:
    """Read an award for a page."""
    return find_award(reading(), ref)


def confirmed(entry: Entry) -> Recorded:
    """Go on to the confirmation of what was posted."""
    return Recorded(url_for("entries.recorded", number=entry.number))
