"""The organisation found as its name is typed: by keyboard alone, by mouse, looked at while its list is open."""

import pytest
from flask import Flask
from playwright.sync_api import Locator, expect

from fundtracker.domain.roles import COMMAND_LINE, Role
from fundtracker.domain.years import today
from fundtracker.services.organisations import OrganisationDetails, add_organisation
from fundtracker.services.posting import Particulars
from fundtracker.web.db import transaction
from tests.journeys.conftest import WORDS, Open, email_of
from tests.journeys.watched import Watched

NAMES = ("Weobley Parish Council", "Wem Parish Council", "Telford Riders")


@pytest.fixture
def officer(app: Flask, two_lines: None, open_browser: Open) -> Watched:
    """Sign in to an office that knows some organisations, and open the form."""
    with app.app_context(), transaction() as session:
        for name in NAMES:
            known = Particulars(on=today(), by=COMMAND_LINE)
            add_organisation(session, details=OrganisationDetails(name=name, type="Council"), particulars=known)
    officer = open_browser()
    officer.sign_in(email_of(Role.COMMISSIONING), WORDS)
    officer.go("/applications/log/SSF20")
    return officer


def field(officer: Watched) -> Locator:
    return officer.page.get_by_role("combobox", name="Organisation")


def options(officer: Watched) -> Locator:
    return officer.page.get_by_role("option")


def test_it_is_chosen_by_keyboard(officer: Watched) -> None:
    name = field(officer)
    name.press_sequentially("we p")
    expect(options(officer)).to_have_count(3)
    expect(name).to_have_attribute("aria-expanded", "true")
    expect(officer.page.get_by_role("status")).to_contain_text("2 organisations found. A new one can be added")
    name.press("ArrowUp")
    expect(options(officer).nth(2)).to_have_attribute("aria-selected", "true")
    name.press("ArrowDown")
    name.press("ArrowDown")
    active = options(officer).nth(1)
    expect(active).to_have_attribute("aria-selected", "true")
    expect(name).to_have_attribute("aria-activedescendant", active.get_attribute("id") or "")
    officer.look()
    name.press("Enter")
    expect(name).to_have_value("Weobley Parish Council")
    expect(name).to_be_focused()
    expect(name).to_have_attribute("aria-expanded", "false")
    officer.fill({"What it is for": "Two crossings"})
    officer.press("Save and log another")
    officer.sees("SSF20-A001 is logged: Weobley Parish Council")
    expect(field(officer)).to_be_focused()
    officer.was_quiet(refused=0)


def test_escape_closes_the_list_and_keeps_what_was_typed(officer: Watched) -> None:
    name = field(officer)
    name.press_sequentially("weob")
    expect(options(officer)).to_have_count(2)
    name.press("Escape")
    expect(options(officer)).to_have_count(0)
    expect(name).to_have_value("weob")
    name.press("ArrowDown")
    expect(options(officer)).to_have_count(2)
    name.press("Tab")
    expect(options(officer)).to_have_count(0)
    expect(name).to_have_value("weob")


def test_a_new_one_is_added_without_being_asked_again(officer: Watched) -> None:
    field(officer).press_sequentially("Weobly P.C.")
    options(officer).filter(has_text="Add “Weobly P.C.” as a new organisation").click()
    expect(field(officer)).to_be_focused()
    officer.fill({"What it is for": "Two crossings"})
    officer.press("Save")
    officer.sees("SSF20-A001 is logged: Weobly P.C.")
    officer.was_quiet(refused=0)


def test_a_choice_is_let_go_when_the_name_is_typed_on(officer: Watched) -> None:
    name = field(officer)
    name.press_sequentially("Telford R")
    expect(options(officer)).to_have_count(2)
    name.press("ArrowDown")
    name.press("Enter")
    name.press_sequentially(" Club")
    name.press("Escape")
    officer.fill({"What it is for": "Two crossings"})
    officer.press("Save")
    officer.follow_problems("No organisation is named “Telford Riders Club”. Choose the one that is meant")
    officer.was_quiet(refused=1)
