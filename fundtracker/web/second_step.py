"""The second step of signing in: a code asked for, and a phone set up to make codes."""

from flask import redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from fundtracker.services import people, second_factors, sign_ins
from fundtracker.services.office import find_office
from fundtracker.services.second_factors import CodeWrongError
from fundtracker.web.db import reading, transaction
from fundtracker.web.events import log_event
from fundtracker.web.forms import Form, TextField
from fundtracker.web.pictures_of_codes import picture_of
from fundtracker.web.sign_in import local_path, pages
from fundtracker.web.signed_in import SignedIn, sign_in_as, signed_in, waiting_person

_SECRET = "second_step"  # noqa: S105 - the name under which the cookie, which is signed, carries a secret to its owner
NOT_RIGHT = (
    "The code is not right, or was used already. Enter the newest one. After 10 wrong codes there is a wait, which "
    "grows to 15 minutes."
)


class CodeForm(Form):
    """The code of this moment."""

    code = TextField("Code", required="Enter the code", longest=40)


@pages.route("/sign-in/code", methods=["GET", "POST"])
def code() -> ResponseReturnValue:
    """Ask for the code that a phone shows, or a recovery code."""
    person, wanted = waiting_person(), local_path(request.args.get("next", ""))
    if person is None:
        return redirect(wanted if signed_in() else url_for("sign_in.sign_in", next=wanted), 303)
    if not second_factors.has_one(reading(), people.find_person(reading(), person.person_id)):
        return redirect(url_for("sign_in.set_up_code", next=wanted), 303)
    form = CodeForm()
    if request.method == "GET":
        return render_template("sign_in/code.html", form=form)
    with form.showing_refusals():
        if form.validate():
            sign_in_as(_answer(person, form.code.data))
            log_event("signed-in", steps=2)
            return redirect(wanted, 303)
    return render_template("sign_in/code.html", form=form), form.status


@pages.route("/sign-in/set-up", methods=["GET", "POST"])
def set_up_code() -> ResponseReturnValue:
    """Set a phone up for the second step, and show the recovery codes this once."""
    person, wanted = waiting_person() or signed_in(), local_path(request.args.get("next", ""))
    if person is None:
        return redirect(url_for("sign_in.sign_in", next=wanted), 303)
    found = people.find_person(reading(), person.person_id)
    if second_factors.has_one(reading(), found):
        return redirect(url_for("sign_in.code" if person.waiting else "sign_in.own", next=wanted), 303)
    form, secret = CodeForm(), session.setdefault(_SECRET, second_factors.new_secret())
    with form.showing_refusals():
        if request.method == "POST" and form.validate():
            codes = _set_up(person, secret, form.code.data)
            return render_template("sign_in/recovery.html", codes=codes, wanted=wanted)
    address = second_factors.address_of(secret, email=found.email, office=find_office(reading()).name)
    page = render_template(
        "sign_in/set_up.html", form=form, picture=picture_of(address), secret=secret, waits=person.waiting
    )
    return (page, form.status) if request.method == "POST" else page


def _answer(person: SignedIn, typed: str) -> str:
    with transaction() as books:
        token = sign_ins.answer_code(books, person.token, typed)
    if token is None:
        log_event("code-failed", account=person.person_id, address=request.remote_addr)
        raise CodeWrongError(NOT_RIGHT, field="code")
    return token


def _set_up(person: SignedIn, secret: str, typed: str) -> list[str]:
    token = person.token
    with transaction() as books:
        found = people.find_person(books, person.person_id)
        codes = second_factors.set_up(books, found, secret=secret, code=typed)
        waits = sign_ins.find_session(books, token)
        if waits is not None and waits.waiting:
            token = sign_ins.open_after(books, waits)
    session.pop(_SECRET, None)
    if token != person.token:
        sign_in_as(token)
    log_event("second-step-set-up", of=person.person_id)
    return codes
