"""Two names of one council merged with both in view, and the merge undone, by keyboard."""

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from fundtracker.web.db import db
from tests.books.builder import Books
from tests.journeys.watched import Watched


@pytest.fixture
def two_names(app: Flask) -> None:
    """Award to one council under two of its names."""
    with app.app_context(), Session(db.engine) as session:
        books = Books(session)
        fund = books.fund("100", reference="SRF20")
        books.award(fund, "10", to=books.organisation("Weobley PC", contact="The Clerk"))
        books.award(fund, "20", to=books.organisation("Weobley Parish Council", contact="clerk@weobley.example"))


@pytest.mark.usefixtures("two_names")
def test_two_are_merged_and_come_apart_again(officer: Watched) -> None:
    officer.turn_to("Organisations")
    officer.follow("Weobley PC")
    officer.sees("May be the same as Weobley Parish Council")
    merge(officer)
    undo(officer)
    officer.was_quiet(refused=2)


def merge(officer: Watched) -> None:
    officer.follow("Merge with another")
    officer.follow("Weobley Parish Council")
    officer.sees("Are these the same organisation?", "£10.00", "£20.00", "clerk@weobley.example", "They differ")
    officer.press("Merge the two")
    officer.follow_problems("Choose the name that stays", "Enter why they are the same")
    officer.check("Weobley Parish Council")
    officer.fill({"Why they are the same": "The clerk says that they are one"})
    officer.press("Merge the two")
    officer.sees("Weobley PC is merged into Weobley Parish Council.", "£30.00")


def undo(officer: Watched) -> None:
    officer.find("Weobley PC")
    officer.follow("Weobley Parish Council")
    officer.follow("Weobley PC")
    officer.follow("Undo the merge")
    officer.sees("What each would have after it", "£10.00", "£20.00")
    officer.press("Undo the merge")
    officer.follow_problems("Enter why the merge is undone")
    officer.fill({"Why they are not the same": "They are two parishes"})
    officer.press("Undo the merge")
    officer.sees("Weobley PC stands alone again.", "£10.00")
