"""Papers kept for meetings: kept, listed, shown then and now with what moved, signed, and their files made again."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from flask import Response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from fundtracker.domain.dates import parse_day
from fundtracker.domain.refusals import NotFoundRefusal
from fundtracker.domain.roles import Power
from fundtracker.domain.statuses import PaperKind
from fundtracker.domain.years import today
from fundtracker.services.papers.comparing import compare
from fundtracker.services.papers.keeping import (
    find_paper,
    keep_paper,
    list_papers,
    read_kept,
    sign_paper,
    signature_of,
)
from fundtracker.services.papers.making import make_paper
from fundtracker.services.papers.numbering import numbers
from fundtracker.services.papers.templates import template_to_keep
from fundtracker.sheets.kept import kept_file
from fundtracker.sheets.word.making import DEFAULT
from fundtracker.web.blueprints import reports as pages
from fundtracker.web.db import reading
from fundtracker.web.forms import DateField, Form, LongTextField
from fundtracker.web.lists.sending import send_file
from fundtracker.web.once import Recorded
from fundtracker.web.signed_in import this_person
from fundtracker.web.steps import record_form

KINDS = {
    PaperKind.PANEL.value: "Police and Crime Panel",
    PaperKind.SUMMARY.value: "Summary",
    PaperKind.EXCEPTIONS.value: "Exceptions",
    PaperKind.YEAR_IN_NUMBERS.value: "Year in numbers",
    PaperKind.FUND_BRIEFING.value: "Fund briefing",
    PaperKind.PROVIDER_PASSPORT.value: "Provider passport",
}
SAME_DAY = "same"


class KeepForm(Form):
    """The meeting that a paper is kept for."""

    meeting_on = DateField("Date of the meeting", hint="Like 21 September 2020. Leave it empty where it is not set.")


class SignForm(Form):
    """What the chief executive says in signing."""

    words = LongTextField("Note", longest=1_000)


@pages.get("/reports/papers", endpoint="papers")
def index() -> str:
    """List the papers kept, of one kind or of all."""
    typed = request.args.get("kind", "")
    kind = PaperKind(typed) if typed in KINDS else None
    return render_template("reports/papers.html", papers=list_papers(reading(), kind), kinds=KINDS, kind=typed)


@pages.route("/reports/keep", endpoint="keep", methods=["GET", "POST"])
def keep() -> ResponseReturnValue:
    """Keep a report for a meeting as the books say it now, whatever the browser showed."""
    asked = {name: value for name, value in request.args.items() if name not in ("kind", "as_at")}
    form = KeepForm()

    def make(session: Session) -> Any:
        return make_paper(session, _kind(), asked, _day())

    def record(session: Session) -> Recorded:
        content = make(session)
        by = this_person().actor
        template = None
        if content.kind is PaperKind.PANEL:
            template = template_to_keep(session, kind=content.kind, own=DEFAULT.read_bytes(), by=by)
        paper = keep_paper(session, content, asked=asked, by=by, meeting_on=form.meeting_on.data,
                           template=template)  # fmt: skip
        return Recorded(url_for("reports.paper", ref=paper.reference), f"{paper.reference} is kept as it reads now.")

    return record_form(form, page="reports/keep.html", record=record, context=lambda: {"content": make(reading())})


@pages.get("/reports/papers/<path:ref>", endpoint="paper")
def show(ref: str) -> str:
    """Show a paper as it was kept, the same paper now, and what moved between them."""
    session = reading()
    paper = find_paper(session, ref)
    kept, same = read_kept(paper), request.args.get("now") == SAME_DAY
    now, why = None, ""
    if live := this_person().may(Power.READ):
        now, why = _made_now(session, paper.kind, kept.asked, paper.as_at if same else today())
    return render_template(
        "reports/paper.html", paper=paper, kept=kept, content=kept.content, numbers=numbers(kept.content), kinds=KINDS,
        signature=signature_of(session, paper), now=now, why=why, same=same, live=live,
        moved=compare(kept.content, now) if now else None,
        counting={"as_at": paper.as_at.isoformat(), "up_to": paper.last_entry},
    )  # fmt: skip


@pages.get("/reports/papers/<path:ref>/file", endpoint="paper_file")
def file(ref: str) -> Response:
    """Send the file of a paper, made again from what was kept, the same to the byte."""
    made = kept_file(find_paper(reading(), ref))
    reading().rollback()  # nothing is read while it is sent
    return send_file(made.content, made.type, made.name)


@pages.route("/reports/papers/<path:ref>/sign", endpoint="sign", methods=["GET", "POST"])
def sign(ref: str) -> ResponseReturnValue:
    """Sign a paper as read."""
    form = SignForm()

    def record(session: Session) -> Recorded:
        person, paper = this_person(), find_paper(session, ref)
        sign_paper(session, paper=paper, roles=person.roles, by=person.actor, words=form.words.data)
        return Recorded(url_for("reports.paper", ref=paper.reference), f"{paper.reference} is signed.")

    def context() -> dict[str, Any]:
        paper = find_paper(reading(), ref)
        return {"paper": paper, "signature": signature_of(reading(), paper)}

    return record_form(form, page="reports/sign.html", record=record, context=context)


def _kind() -> PaperKind:
    typed = request.args.get("kind", "")
    if typed not in KINDS:
        raise NotFoundRefusal("That is not a report that can be kept. Open it from the list of reports.")
    return PaperKind(typed)


def _day() -> date | None:
    typed = request.args.get("as_at", "")
    return parse_day(typed) if typed else None


def _made_now(session: Session, kind: PaperKind, asked: Mapping[str, str], day: date) -> tuple[Any, str]:
    """Make the same paper now; where what it is about is there no more, say so."""
    try:
        return make_paper(session, kind, asked, day), ""
    except NotFoundRefusal as refusal:
        return None, refusal.sentence
