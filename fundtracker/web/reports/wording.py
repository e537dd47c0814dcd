"""The words of one paragraph of the Panel's report, edited around figures that stay the books' own."""

from typing import Any

from flask import request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session
from wtforms import HiddenField

from fundtracker.domain.statuses import PaperKind
from fundtracker.domain.years import long_moment
from fundtracker.services.papers.panel import draft_panel
from fundtracker.services.papers.words import PaperWordsChangedError, Said, find_place, write_words
from fundtracker.web.addresses import whole_number
from fundtracker.web.blueprints import reports as pages
from fundtracker.web.db import reading
from fundtracker.web.forms import Form, LongTextField
from fundtracker.web.once import Recorded
from fundtracker.web.reports.panel import pieces
from fundtracker.web.reports.quarters import quarter_of_path
from fundtracker.web.signed_in import this_person
from fundtracker.web.steps import record_form

RESTORE = "restore"


class WordsForm(Form):
    """The words of a paragraph, and which wording they were written over."""

    words = LongTextField("Words", required="Enter the words, or go back to the drafted ones", longest=6_000)
    read = HiddenField()


@pages.route("/reports/panel/<path:quarter>/words", endpoint="words", methods=["GET", "POST"])
def words(quarter: str) -> ResponseReturnValue:
    """Edit one paragraph, whose key the address gives."""
    asked, key = quarter_of_path(quarter), request.args.get("place", "")
    said = _find(reading(), quarter, key)
    form, theirs = WordsForm(words=said.current, read=str(said.read)), []
    back = url_for("reports.quarter", quarter=quarter, _anchor=key)

    def record(session: Session) -> Recorded:
        mine = _find(session, quarter, key)
        typed = "" if request.form.get("step") == RESTORE else form.words.data
        try:
            changed = write_words(
                session, kind=PaperKind.PANEL, occasion=asked.key, said=mine, words=typed,
                read=whole_number(form.read.data or "") or 0, by=this_person().actor,
            )  # fmt: skip
        except PaperWordsChangedError as refusal:
            theirs.append(mine.current)
            form.read.data, form.read.raw_data = str(mine.read), None
            refusal.sentence = f"{_who(mine)} Both are below. Save again to keep what you typed."
            raise
        return Recorded(back, "The words are changed." if changed else "Nothing was different, so nothing was changed.")

    def context() -> dict[str, Any]:
        return {"said": _find(reading(), quarter, key), "quarter": asked, "path": quarter, "back": back,
                "theirs": theirs, "pieces": pieces}  # fmt: skip

    return record_form(form, page="reports/panel_words.html", record=record, context=context)


def _find(session: Session, quarter: str, key: str) -> Said:
    return find_place(draft_panel(session, quarter_of_path(quarter)).said, key)


def _who(said: Said) -> str:
    wording = said.wording
    by = f"{wording.made_by} changed it on {long_moment(wording.made_at)}" if wording else "This paragraph changed"
    return f"{by}, after you opened it."
