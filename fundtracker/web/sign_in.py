"""Signing in and out, and setting a password with a one-time link."""

from urllib.parse import urlsplit

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from fundtracker.domain.people import LONGEST_PASSWORD, SHORTEST_PASSWORD, LinkSpentError, check_password
from fundtracker.domain.refusals import Refusal
from fundtracker.services import addresses, people, sign_ins
from fundtracker.services.office import find_office
from fundtracker.services.passwords import hash_password, verify_password
from fundtracker.store.office import Office
from fundtracker.web import signed_in
from fundtracker.web.db import reading, transaction
from fundtracker.web.errors import error_page
from fundtracker.web.events import log_event
from fundtracker.web.forms import Form, PasswordField, TextField
from fundtracker.web.providers import find_provider, sign_out_address

pages = Blueprint("sign_in", __name__)

NOT_KNOWN = (
    "The email address or the password is not right. After 10 wrong passwords there is a wait, which grows to 15 "
    "minutes. An administrator can give you a new password link."
)


def new_password_field() -> PasswordField:
    """Give the field that asks for a new password, with its rule."""
    return PasswordField(
        "New password",
        required="Enter a password",
        hint=f"{SHORTEST_PASSWORD} to {LONGEST_PASSWORD} characters. Three random words make a good one.",
    )


class NotKnownError(Refusal):
    """An address and a password that open nothing, whichever of them is wrong."""


class SignInForm(Form):
    """Who are you."""

    email = TextField("Email address", required="Enter your email address")
    password = PasswordField("Password", required="Enter your password")


class PasswordForm(Form):
    """A new password."""

    password = new_password_field()


@pages.route("/sign-in", methods=["GET", "POST"])
def sign_in() -> ResponseReturnValue:
    """Ask for an email address and password, and open a session."""
    form = SignInForm()
    if request.method == "GET":
        return sign_in_page(form)
    with form.showing_refusals():
        if form.validate():
            token = _open_session(form.email.data, form.password.data)
            signed_in.sign_in_as(token)
            log_event("signed-in" if signed_in.signed_in() else "password-right")
            return redirect(local_path(request.args.get("next", "")), 303)
    return sign_in_page(form), form.status


def sign_in_page(form: SignInForm) -> str:
    """Show the page that asks who somebody is."""
    return render_template(
        "sign_in/sign_in.html", form=form, single=find_provider() is not None,
        demonstration=find_office(reading()).demonstration, wanted=local_path(request.args.get("next", "")),
    )  # fmt: skip


@pages.post("/sign-out")
def sign_out() -> ResponseReturnValue:
    """End the session."""
    log_event("signed-out")
    provider = find_provider() if signed_in.this_person().outside else None
    signed_in.sign_out()
    there = sign_out_address(provider, url_for("sign_in.sign_in", _external=True)) if provider else None
    if there:
        return render_template("sign_in/signed_out.html", there=there)
    flash("You have signed out.", "note")
    return redirect(url_for("sign_in.sign_in"), 303)


@pages.route("/set-password/<token>", methods=["GET", "POST"])
def set_password(token: str) -> ResponseReturnValue:
    """Set a password with a link that works once."""
    try:
        return _set_password(PasswordForm(), token)
    except LinkSpentError as spent:
        return error_page(404, "This link no longer works", spent.sentence)


def _set_password(form: PasswordForm, token: str) -> ResponseReturnValue:
    person = people.person_of_link(reading(), token)
    context = (person.email, person.name, find_office(reading()).name)
    email = person.email
    single = url_for("sign_in.single", link=token) if find_provider() else ""
    if request.method == "POST":
        with form.showing_refusals():
            if form.validate():
                check_password(form.password.data, context=context)
                reading().rollback()  # a hash takes longer than a posting: nothing is held meanwhile
                password_hash = hash_password(form.password.data)
                with transaction() as session:
                    people.set_password(session, people.person_of_link(session, token), password_hash)
                log_event("password-set")
                flash("Your password is set. Sign in with it.", "note")
                return redirect(url_for("sign_in.sign_in"), 303)
        return render_template("sign_in/set_password.html", form=form, email=email, single=single), form.status
    return render_template("sign_in/set_password.html", form=form, email=email, single=single)


def _open_session(email: str, password: str) -> str:
    address = request.remote_addr or ""
    _check_address(address)
    account = sign_ins.find_account(reading(), email)
    reading().rollback()  # verifying takes longer than a posting: nothing is held meanwhile
    right = verify_password(password, account.password_hash)
    with transaction() as session:
        addresses.count_address(session, address)
        token = sign_ins.answer(session, account, right=right, twice=asks_twice(find_office(session)))
    if token is None:
        log_event("sign-in-failed", account=account.person_id or "-", address=address)
        raise NotKnownError(NOT_KNOWN)
    return token


def _check_address(address: str) -> None:
    try:
        addresses.check_address(reading(), address)
    except addresses.AskedTooOftenError:
        log_event("sign-in-throttled", address=address)
        raise


def asks_twice(office: Office) -> bool:
    """Say whether those who approve, and administrators, must sign in by two steps; not in a demonstration."""
    return bool(current_app.config["SECOND_STEP_REQUIRED"]) and not office.demonstration


def local_path(wanted: str) -> str:
    """Give a path of this site and nothing else, whatever a link asked for."""
    parts = urlsplit(wanted)
    odd = any(ord(letter) <= ord(" ") or letter == "\\" for letter in wanted)
    if odd or parts.scheme or parts.netloc or not wanted.startswith("/") or wanted.startswith("//"):
        return url_for("home.index")
    return wanted
