"""Changing one's own password: the old one is asked for, and every other browser is signed out."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from fundtracker.domain.people import PasswordRefusedError, check_password
from fundtracker.services import people, sign_ins
from fundtracker.services.office import find_office
from fundtracker.services.passwords import hash_password, verify_password
from fundtracker.services.sign_ins import Account
from fundtracker.web import signed_in
from fundtracker.web.db import reading, transaction
from fundtracker.web.events import log_event
from fundtracker.web.forms import Form, PasswordField
from fundtracker.web.sign_in import new_password_field, pages


class ChangeForm(Form):
    """The password as it is, and another."""

    current = PasswordField("Current password", required="Enter the password that you sign in with now")
    password = new_password_field()


@pages.route("/password", methods=["GET", "POST"])
def change_password() -> ResponseReturnValue:
    """Change the password of the person signed in."""
    form, email = ChangeForm(), people.find_person(reading(), signed_in.this_person().person_id).email
    if request.method == "GET":
        return render_template("sign_in/password.html", form=form, email=email)
    with form.showing_refusals():
        if form.validate():
            signed_in.sign_in_as(_change(form))
            log_event("password-changed")
            flash("Your password is changed. Any other browser in which you were signed in is signed out.", "note")
            return redirect(url_for("home.index"), 303)
    return render_template("sign_in/password.html", form=form, email=email), form.status


def _change(form: ChangeForm) -> str:
    """Set the new password and give the token of a new session; raises PasswordRefusedError."""
    person = people.find_person(reading(), signed_in.this_person().person_id)
    account = Account(person.id, person.password_hash)
    check_password(form.password.data, context=(person.email, person.name, find_office(reading()).name))
    reading().rollback()  # a hash takes longer than a posting: nothing is held meanwhile
    right = verify_password(form.current.data, account.password_hash)
    password_hash = hash_password(form.password.data) if right else ""
    with transaction() as session:
        token = sign_ins.change_password(session, account, right=right, password_hash=password_hash)
    if token is None:
        log_event("password-change-failed")
        raise PasswordRefusedError(
            "The current password is not right. After 10 wrong passwords there is a wait, which grows to 15 minutes.",
            field="current",
        )
    return token
