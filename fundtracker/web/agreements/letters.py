"""The letters of an award: its offer letter and its agreement, as Word files to be looked over and signed."""

from flask import Blueprint, Response

from fundtracker.domain.terms import LetterKind
from fundtracker.services.awards import find_award
from fundtracker.services.letters import letter_of
from fundtracker.services.papers.templates import template_in_use
from fundtracker.sheets.word.letters import letter_name, write_letter
from fundtracker.sheets.word.writing import DOCX
from fundtracker.web.db import reading
from fundtracker.web.lists.sending import send_file

pages = Blueprint("letters", __name__)


@pages.get("/awards/<path:ref>/offer-letter")
def offer(ref: str) -> Response:
    """Send the offer letter of an award."""
    return _send(ref, LetterKind.OFFER)


@pages.get("/awards/<path:ref>/agreement")
def agreement(ref: str) -> Response:
    """Send the agreement of an award."""
    return _send(ref, LetterKind.AGREEMENT)


def _send(ref: str, kind: LetterKind) -> Response:
    session = reading()
    letter = letter_of(session, award=find_award(session, ref), kind=kind)
    template = template_in_use(session, kind)
    given = template.content if template else None
    session.rollback()  # nothing is read while it is written
    return send_file(write_letter(letter, given), DOCX, letter_name(letter))
