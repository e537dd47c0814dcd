"""Merging two organisations with both in view, and undoing it."""

from typing import Any, NamedTuple

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from fundtracker.domain.refusals import MergeRefusedError
from fundtracker.domain.years import today
from fundtracker.services.figures import as_at
from fundtracker.services.likely import likely
from fundtracker.services.organisation_sums import Sums, awards_counted, parts_of, selves, whole
from fundtracker.services.organisations import find_organisation, merge, root_of, unmerge
from fundtracker.services.posting import Particulars
from fundtracker.services.twins import twins
from fundtracker.store.organisations import Organisation
from fundtracker.web.addresses import whole_number
from fundtracker.web.blueprints import organisations as pages
from fundtracker.web.db import reading
from fundtracker.web.forms import Form, LongTextField, RadioField
from fundtracker.web.once import Recorded
from fundtracker.web.signed_in import this_person
from fundtracker.web.steps import record_form


class Side(NamedTuple):
    """One of two organisations in view: what is on record of it and what it had, under every name."""

    organisation: Organisation
    sums: Sums
    awards: int


class MergeForm(Form):
    """Which of two names stays, and why they are one."""

    stays = RadioField("Which name stays", choices={}, required="Choose the name that stays")
    reason = LongTextField("Why they are the same", required="Enter why they are the same", longest=2000)


class UnmergeForm(Form):
    """Why two organisations are not one after all."""

    reason = LongTextField("Why they are not the same", required="Enter why the merge is undone", longest=2000)


@pages.route("/organisations/<int:number>/merge", endpoint="merge", methods=["GET", "POST"])
def merge_two(number: int) -> ResponseReturnValue:
    """Choose another organisation, see both side by side, and make one of them."""
    session = reading()
    one = find_organisation(session, number)
    if one.merged_into is not None and request.method == "GET":
        return redirect(url_for("organisations.show", number=number))
    other = _other(session)
    if other is None or other is one:
        return render_template("organisations/choose_other.html", **_choice(session, one))
    form = MergeForm()
    form.stays.choices = {str(each.id): each.name for each in (one, other)}
    ids = one.id, other.id

    def record(books: Session) -> Recorded:
        goes, stays = _in_order(books, ids, int(form.stays.data))
        merge(books, organisation=goes, into=stays, particulars=_said(form.reason.data))
        return Recorded(url_for("organisations.show", number=stays.id), f"{goes.name} is merged into {stays.name}.")

    def context() -> dict[str, Any]:
        return {"sides": [_side(reading(), find_organisation(reading(), key)) for key in ids]}

    return record_form(form, page="organisations/merge.html", record=record, context=context)


def _other(session: Session) -> Organisation | None:
    """Read which other organisation the address names, as what it is now unless a form was sent about it."""
    number = whole_number(request.args.get("other", ""))
    if number is None:
        return None
    found = find_organisation(session, number)
    return root_of(found) if request.method == "GET" else found


def _choice(session: Session, one: Organisation) -> dict[str, Any]:
    """Give what the other is chosen from: what was searched for, or those that it may be."""
    typed = request.args.get("name", "").strip()[:400]
    found = likely(session, typed) if typed else twins(session, one)
    return {"one": one, "typed": typed, "found": [each for each in found if each is not one]}


def _in_order(session: Session, ids: tuple[int, int], stays: int) -> tuple[Organisation, Organisation]:
    first, second = (find_organisation(session, key) for key in ids)
    if first.merged_into is not None or second.merged_into is not None:
        raise MergeRefusedError("One of the two was merged while you looked. Open its page and look again.")
    return (second, first) if first.id == stays else (first, second)


@pages.route("/organisations/<int:number>/unmerge", endpoint="unmerge", methods=["GET", "POST"])
def unmerge_one(number: int) -> ResponseReturnValue:
    """Show what would come apart, and undo a merge."""
    organisation = find_organisation(reading(), number)
    if organisation.merged_into is None and request.method == "GET":
        return redirect(url_for("organisations.show", number=number))
    form = UnmergeForm()

    def record(books: Session) -> Recorded:
        apart = find_organisation(books, number)
        unmerge(books, organisation=apart, particulars=_said(form.reason.data))
        return Recorded(url_for("organisations.show", number=number), f"{apart.name} stands alone again.")

    def context() -> dict[str, Any]:
        return _apart(reading(), find_organisation(reading(), number))

    return record_form(form, page="organisations/unmerge.html", record=record, context=context)


def _apart(session: Session, organisation: Organisation) -> dict[str, Any]:
    now = root_of(organisation)
    own = selves(session, organisation)
    rest = [key for key in selves(session, now) if key not in own]
    return {"organisation": organisation, "now": now, "sides": [_side(session, organisation, own),
                                                                _side(session, now, rest)]}  # fmt: skip


def _side(session: Session, organisation: Organisation, ids: list[int] | None = None) -> Side:
    only = selves(session, organisation) if ids is None else ids
    return Side(organisation, whole(parts_of(session, as_at(session), only)), awards_counted(session, only))


def _said(reason: str) -> Particulars:
    return Particulars(on=today(), by=this_person().actor, narrative=reason)
