"""The first page, the accessibility statement, and what a watcher of the server asks."""

from pathlib import Path

from flask import Blueprint, current_app, render_template
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import SQLAlchemyError

from fundtracker.store.schema import read_schema
from fundtracker.web.db import db, reading
from fundtracker.web.home.desks import show_desk
from fundtracker.web.signed_in import this_person
from fundtracker.web.terms import sections

pages = Blueprint("home", __name__)


@pages.get("/")
def index() -> str:
    """Show the first page of this person's post."""
    return show_desk(reading(), this_person().role)


@pages.get("/accessibility")
def accessibility() -> str:
    """Show the accessibility statement."""
    return render_template("home/accessibility.html")


@pages.get("/words")
def words() -> str:
    """Show the words we use and what they mean."""
    return render_template("home/words.html", sections=sections())


@pages.get("/health/live")
def live() -> ResponseReturnValue:
    """Say that the program answers, without asking the database."""
    return {"live": True}


@pages.get("/health/ready")
def ready() -> ResponseReturnValue:
    """Say whether the database answers and its migrations are all done; 503 where not."""
    try:
        schema = read_schema(db.engine, Path(current_app.extensions["migrate"].directory))
    except SQLAlchemyError:
        return {"ready": False, "why": "the database does not answer"}, 503
    if not schema.is_current:
        return {"ready": False, "why": "the database waits for its migrations"}, 503
    return {"ready": True}
