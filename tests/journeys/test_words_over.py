"""Words saved over somebody else's change: both are shown, and saved again, by keyboard in two browsers."""

import pytest

from fundtracker.domain.roles import Role
from tests.journeys.conftest import WORDS, Open, email_of
from tests.journeys.watched import Watched


@pytest.mark.usefixtures("two_lines")
def test_words_saved_over_another_change_show_both(officer: Watched, open_browser: Open) -> None:
    finance = open_browser()
    finance.sign_in(email_of(Role.FINANCE), WORDS)
    for person in (officer, finance):
        open_words(person)
    finance.fill({"Name": "Safer Streets Fund, round two", "Notes": "The second round"})
    finance.press("Save")
    finance.sees("The words are changed.", "Safer Streets Fund, round two")
    officer.fill({"Name": "Safer Streets Fund 2020"})
    officer.press("Save")
    officer.sees("Finance Officer changed these words", "Both are below")
    officer.sees("Saved meanwhile", "Safer Streets Fund, round two", "The second round", "What you typed")
    assert officer.field("Name").input_value() == "Safer Streets Fund 2020"
    officer.press("Save")
    officer.sees("The words are changed.", "Safer Streets Fund 2020")
    officer.was_quiet(refused=1)
    finance.was_quiet(refused=0)


def open_words(person: Watched) -> None:
    person.turn_to("Funds")
    person.follow("Safer Streets Fund")
    person.keyboard.press(person.page.locator("summary", has_text="Change this fund"))
    person.follow("Edit the words")
