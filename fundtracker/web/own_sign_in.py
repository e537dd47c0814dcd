"""One's own sign-in: the posts held, the second step, and every browser in which one is signed in."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from fundtracker.domain.roles import must_prove_twice
from fundtracker.domain.years import today
from fundtracker.services import absences, people, second_factors, sign_ins
from fundtracker.services.office import find_office
from fundtracker.services.tokens import hash_token
from fundtracker.web.db import reading, transaction
from fundtracker.web.events import log_event
from fundtracker.web.sign_in import asks_twice, pages
from fundtracker.web.signed_in import this_person


@pages.get("/your-sign-in")
def own() -> str:
    """Show the posts, the second step and the open sessions of the person signed in."""
    books, person = reading(), this_person()
    found = people.find_person(books, person.person_id)
    return render_template(
        "sign_in/own.html",
        found=found,
        has_code=second_factors.has_one(books, found),
        codes_left=second_factors.codes_left(books, found),
        must=must_prove_twice(found.roles) and asks_twice(find_office(books)),
        demonstration=find_office(books).demonstration,
        acting=absences.acting_for(books, found.id, today()),
        sessions=sign_ins.list_sessions(books, found),
        here=hash_token(person.token),
    )


@pages.post("/your-sign-in/sessions/<int:number>/end")
def end_session(number: int) -> ResponseReturnValue:
    """End one of one's own sessions."""
    with transaction() as books:
        sign_ins.end_listed(books, people.find_person(books, this_person().person_id), number)
    return _ended("That session is ended.")


@pages.post("/your-sign-in/sessions/end-others")
def end_others() -> ResponseReturnValue:
    """End every session of one's own but the one in hand."""
    person = this_person()
    with transaction() as books:
        sign_ins.end_others(books, people.find_person(books, person.person_id), person.token)
    return _ended("You are signed in here only.")


def _ended(says: str) -> ResponseReturnValue:
    log_event("sessions-ended", of=this_person().person_id)
    flash(says, "recorded")
    return redirect(url_for("sign_in.own"), 303)
