"""Editing words: one page for a fund, an application, an award, an organisation or a bid; no money moves."""

from collections.abc import Callable
from typing import Any, NamedTuple

from flask import url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from fundtracker.domain.years import long_date, today
from fundtracker.services.applications import find_application
from fundtracker.services.awards import find_award
from fundtracker.services.bids import find_bid
from fundtracker.services.events import Told
from fundtracker.services.funds import find_fund
from fundtracker.services.organisations import find_organisation
from fundtracker.services.posting import Particulars
from fundtracker.services.words import WordsChangedError, current, edit_words, fingerprint, last_edit, said
from fundtracker.web.blueprints import applications, awards, bids, funds, organisations
from fundtracker.web.db import reading
from fundtracker.web.once import Recorded
from fundtracker.web.signed_in import this_person
from fundtracker.web.steps import record_form
from fundtracker.web.words.forms import (
    ApplicationWords,
    AwardWords,
    BidWords,
    FundWords,
    OrganisationWords,
    WordsForm,
)

pages = funds  # each page is its own record's; joined with the first of them


class Difference(NamedTuple):
    """One field that says something else than was typed."""

    label: str
    theirs: str
    typed: str


@funds.route("/funds/<path:ref>/words", endpoint="words", methods=["GET", "POST"])
def fund(ref: str) -> ResponseReturnValue:
    """Edit what is said of a fund."""
    return _edit(FundWords, lambda session: find_fund(session, ref), "funds.show", ref=ref)


@applications.route("/applications/<path:ref>/words", endpoint="words", methods=["GET", "POST"])
def application(ref: str) -> ResponseReturnValue:
    """Edit what is said of an application."""
    return _edit(ApplicationWords, lambda session: find_application(session, ref), "applications.show", ref=ref)


@awards.route("/awards/<path:ref>/words", endpoint="words", methods=["GET", "POST"])
def award(ref: str) -> ResponseReturnValue:
    """Edit what is said of an award or a gift."""
    return _edit(AwardWords, lambda session: find_award(session, ref), "awards.show", ref=ref)


@organisations.route("/organisations/<int:number>/words", endpoint="words", methods=["GET", "POST"])
def organisation(number: int) -> ResponseReturnValue:
    """Edit what is said of an organisation."""
    return _edit(
        OrganisationWords, lambda session: find_organisation(session, number), "organisations.show", number=number
    )


@bids.route("/bids/<path:ref>/words", endpoint="words", methods=["GET", "POST"])
def bid(ref: str) -> ResponseReturnValue:
    """Edit what is said of a bid."""
    return _edit(BidWords, lambda session: find_bid(session, ref), "bids.show", ref=ref)


def _edit(kind: type[WordsForm], find: Callable[[Session], Told], page: str, **key: Any) -> ResponseReturnValue:
    told = find(reading())
    back = url_for(page, **key)
    form = kind.of(reading(), told)
    differences: list[Difference] = []

    def record(session: Session) -> Recorded:
        mine, words = find(session), form.words(session)
        particulars = Particulars(on=today(), by=this_person().actor, narrative=form.reason.data)
        read = form.as_read.data or ""
        try:
            changed = edit_words(session, told=mine, words=words, as_read=read, particulars=particulars)
        except WordsChangedError as refusal:
            differences.extend(_differences(form, mine, words))
            form.keep_as_read(fingerprint(current(mine, words)))
            refusal.sentence = f"{_who(session, mine)} Both are below. Save again to keep what you typed."
            raise
        return Recorded(back, "The words are changed." if changed else "Nothing was different, so nothing was changed.")

    def context() -> dict[str, Any]:
        return {"told": find(reading()), "kind": told.__tablename__, "back": back, "differences": differences}

    return record_form(form, page="words/edit.html", record=record, context=context)


def _differences(form: WordsForm, told: Told, words: dict[str, Any]) -> list[Difference]:
    now = current(told, words)
    return [
        Difference(form[name].label.text, said(now[name]), said(typed))
        for name, typed in words.items()
        if said(now[name]) != said(typed)
    ]


def _who(session: Session, told: Told) -> str:
    edit = last_edit(session, told)
    by = f"{edit.recorded_by} changed these words on {long_date(edit.on_date)}" if edit else "These words were changed"
    return f"{by}, after you opened this page."
