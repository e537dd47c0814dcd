"""People: who may sign in, in which post; for the administrator only."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.orm import Session

from fundtracker.domain.roles import Role
from fundtracker.services import people
from fundtracker.store.people import Person
from fundtracker.web.db import reading, transaction
from fundtracker.web.events import log_event
from fundtracker.web.forms import Form, RadioField, TextField
from fundtracker.web.once import Recorded
from fundtracker.web.steps import check_then_record

pages = Blueprint("people", __name__, url_prefix="/people")

POSTS = {role.value: role.value.capitalize() for role in Role}


class PersonForm(Form):
    """Someone to add."""

    name = TextField("Name", required="Enter the person’s name")
    email = TextField("Email address", required="Enter the person’s email address", longest=254)
    role = RadioField("Post", choices=POSTS, required="Choose the person’s post")


class PostForm(Form):
    """Another post for a person."""

    role = RadioField("Post", choices=POSTS, required="Choose the person’s post")


@pages.get("")
def index() -> str:
    """List everybody."""
    everybody = reading().scalars(select(Person).order_by(Person.active.desc(), Person.name)).all()
    return render_template("people/index.html", people=everybody)


@pages.route("/add", methods=["GET", "POST"])
def add() -> ResponseReturnValue:
    """Add a person, after checking the answers."""
    form = PersonForm()

    def record(session: Session) -> Recorded:
        added = people.add_person(session, email=form.email.data, name=form.name.data, role=Role(form.role.data))
        return Recorded(url_for("people.person", person_id=added.id), f"{added.name} is added. Make a link next.")

    return check_then_record(form, page="people/add.html", check_page="people/check.html", record=record)


@pages.route("/<int:person_id>", methods=["GET", "POST"])
def person(person_id: int) -> ResponseReturnValue:
    """Show one person, and change their post."""
    found = people.find_person(reading(), person_id)
    form = PostForm(role=found.role.value)
    if request.method == "POST":
        with form.showing_refusals():
            if form.validate():
                with transaction() as session:
                    people.change_role(session, people.find_person(session, person_id), Role(form.role.data))
                log_event("post-changed", of=person_id, to=form.role.data)
                return _back(person_id, "The post is changed. The person has to sign in again.")
        found = people.find_person(reading(), person_id)
        return render_template("people/person.html", form=form, found=found), form.status
    return render_template("people/person.html", form=form, found=found)


@pages.post("/<int:person_id>/link")
def make_link(person_id: int) -> str:
    """Make a one-time link and show it this once."""
    with transaction() as session:
        token = people.make_link(session, people.find_person(session, person_id))
    log_event("link-made", of=person_id)
    link = url_for("sign_in.set_password", token=token, _external=True)
    return render_template("people/link.html", found=people.find_person(reading(), person_id), link=link)


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
