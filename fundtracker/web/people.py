"""People: who may sign in, in which posts; for the administrator only."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from fundtracker.domain.roles import Power, Role, may
from fundtracker.domain.years import today
from fundtracker.services import people, second_factors, sign_ins
from fundtracker.services.absences import list_absences
from fundtracker.store.people import Person
from fundtracker.web.db import reading, transaction
from fundtracker.web.events import log_event
from fundtracker.web.forms import Form, RadioField, TextField, TicksField
from fundtracker.web.once import Recorded
from fundtracker.web.steps import check_then_record

pages = Blueprint("people", __name__, url_prefix="/people")

POSTS = {role.value: role.post for role in Role}
OTHERS = {role.value: f"Also {role.value}" for role in Role if role is not Role.ADMINISTRATOR}
_FIRST_PAGE = "It says which first page the person gets."


class PersonForm(Form):
    """Someone to add."""

    name = TextField("Name", required="Enter the person’s name")
    email = TextField("Email address", required="Enter the person’s email address", longest=254)
    role = RadioField("Main post", choices=POSTS, required="Choose the person’s post")
    others = TicksField("Other posts", choices=OTHERS, hint="Where this person holds more than one.")


class PostsForm(Form):
    """Other posts for a person."""

    role = RadioField("Main post", choices=POSTS, hint=_FIRST_PAGE, required="Choose the person’s post")
    others = TicksField("Other posts", choices=OTHERS)


@pages.get("")
def index() -> str:
    """List everybody."""
    asked = select(Person).options(selectinload(Person.others))
    everybody = reading().scalars(asked.order_by(Person.active.desc(), Person.name)).all()
    return render_template("people/index.html", people=everybody)


@pages.route("/add", methods=["GET", "POST"])
def add() -> ResponseReturnValue:
    """Add a person, after checking the answers."""
    form = PersonForm()

    def record(session: Session) -> Recorded:
        added = people.add_person(session, email=form.email.data, name=form.name.data, **_posts(form))
        return Recorded(url_for("people.person", person_id=added.id), f"{added.name} is added. Make a link next.")

    return check_then_record(form, page="people/add.html", check_page="people/check.html", record=record)


@pages.route("/<int:person_id>", methods=["GET", "POST"])
def person(person_id: int) -> ResponseReturnValue:
    """Show one person, and change their post."""
    found = people.find_person(reading(), person_id)
    form = PostsForm(role=found.role.value, others=[other.role.value for other in found.others])
    if request.method == "POST":
        with form.showing_refusals():
            if form.validate():
                with transaction() as session:
                    people.change_role(session, people.find_person(session, person_id), **_posts(form))
                log_event("post-changed", of=person_id, to=",".join([form.role.data, *(form.others.data or ())]))
                return _back(person_id, "The posts are changed. The person has to sign in again.")
        return _show(person_id, form), form.status
    return _show(person_id, form)


def _show(person_id: int, form: PostsForm) -> str:
    found = people.find_person(reading(), person_id)
    return render_template("people/person.html", form=form, found=found, **_about(found))


def _about(found: Person) -> dict[str, Any]:
    books = reading()
    return {
        "absences": list_absences(books, found),
        "approves": may(found.roles, Power.APPROVE),
        "today": today(),
        "has_code": second_factors.has_one(books, found),
        "sessions": len(sign_ins.list_sessions(books, found)),
    }


def _posts(form: PersonForm | PostsForm) -> dict[str, Any]:
    return {"role": Role(form.role.data), "others": {Role(other) for other in form.others.data or ()}}


@pages.post("/<int:person_id>/link")
def make_link(person_id: int) -> str:
    """Make a one-time link and show it this once."""
    with transaction() as session:
        token = people.make_link(session, people.find_person(session, person_id))
    log_event("link-made", of=person_id)
    link = url_for("sign_in.set_password", token=token, _external=True)
    return render_template("people/link.html", found=people.find_person(reading(), person_id), link=link)


@pages.post("/<int:person_id>/sessions/end")
def end_sessions(person_id: int) -> ResponseReturnValue:
    """Sign a person out of every browser."""
    with transaction() as session:
        people.end_sessions(session, people.find_person(session, person_id))
    log_event("sessions-ended", of=person_id)
    return _back(person_id, "Every session of this person is ended.")


@pages.post("/<int:person_id>/second-step/forget")
def forget_code(person_id: int) -> ResponseReturnValue:
    """Take a person's second step away, as after a lost phone."""
    with transaction() as session:
        found = people.find_person(session, person_id)
        second_factors.forget(session, found)
        people.end_sessions(session, found)
    log_event("second-step-forgotten", of=person_id)
    return _back(person_id, "The second step is taken away. Where the post needs one, the next sign-in sets it up.")


@pages.post("/<int:person_id>/disable")
def disable(person_id: int) -> ResponseReturnValue:
    """Stop a person signing in."""
    with transaction() as session:
        people.disable_person(session, people.find_person(session, person_id))
    log_event("person-disabled", of=person_id)
    return _back(person_id, "This person cannot sign in any more.")


@pages.post("/<int:person_id>/enable")
def enable(person_id: int) -> ResponseReturnValue:
    """Let a person sign in again."""
    with transaction() as session:
        people.enable_person(session, people.find_person(session, person_id))
    log_event("person-enabled", of=person_id)
    return _back(person_id, "This person can sign in again.")


def _back(person_id: int, says: str) -> ResponseReturnValue:
    flash(says, "recorded")
    return redirect(url_for("people.person", person_id=person_id), 303)
