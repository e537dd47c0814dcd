"""The administrator by keyboard: settings, a person added, their link and password, and another post."""

import re

import pytest
from playwright.sync_api import expect

from fundtracker.domain.roles import Role
from tests.journeys.conftest import WORDS, Open, email_of
from tests.journeys.watched import Watched

NEW, NEWER = "marble otter sunday", "copper lantern friday"


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_the_office_is_named_and_a_person_let_in_and_out(open_browser: Open, script: bool) -> None:
    administrator, newcomer = open_browser(script=script), open_browser(script=script)
    administrator.sign_in(email_of(Role.ADMINISTRATOR), WORDS)
    change_settings(administrator)
    add_a_person(administrator)
    set_a_password(newcomer, make_a_link(administrator))
    newcomer.sign_in("b.o@example.org", NEW)
    newcomer.sees("The funds today")
    change_post(administrator)
    newcomer.find("anything")
    newcomer.sees("Sign in")
    newcomer.sign_in("b.o@example.org", NEW)
    change_password(newcomer)
    newcomer.was_quiet(refused=2)
    administrator.was_quiet(refused=2)


def change_settings(administrator: Watched) -> None:
    administrator.follow("Change the settings")
    administrator.fill({"Name of the office": "", "Areas": "Telford & Wrekin\nShropshire"})
    administrator.press("Save the settings")
    administrator.follow_problems("Enter the office’s name")
    administrator.fill({"Name of the office": "West Mercia Police and Crime Commissioner"})
    administrator.press("Save the settings")
    administrator.sees("The settings are changed.")
    expect(administrator.page.get_by_role("banner")).to_contain_text("West Mercia Police and Crime Commissioner")


def add_a_person(administrator: Watched) -> None:
    administrator.turn_to("People")
    administrator.follow("Add a person")
    administrator.press("Check and add")
    administrator.follow_problems(
        "Enter the person’s name", "Enter the person’s email address", "Choose the person’s post"
    )
    administrator.fill({"Name": "Bo", "Email address": "bo@example.org"})
    administrator.check("Chief executive")
    administrator.press("Check and add")
    administrator.press("Change email address")
    expect(administrator.page.locator("#email")).to_be_focused()
    administrator.fill({"Email address": "b.o@example.org"})
    administrator.press("Check and add")
    administrator.press("Add Bo")
    administrator.sees("Bo is added", "b.o@example.org", "No password yet")


def make_a_link(administrator: Watched) -> str:
    administrator.press("Make a link to set a password")
    administrator.sees("It works once, for 7 days, and is shown only now.")
    link = re.search(r"/set-password/\S+", administrator.page.get_by_role("main").inner_text())
    assert link
    return link[0]


def set_a_password(newcomer: Watched, link: str) -> None:
    newcomer.go(link)
    newcomer.sees("You sign in as b.o@example.org.")
    newcomer.fill({"New password": "short"})
    newcomer.press("Set password")
    newcomer.follow_problems("12")
    newcomer.fill({"New password": NEW})
    newcomer.press("Set password")
    newcomer.sees("Your password is set. Sign in with it.")


def change_post(administrator: Watched) -> None:
    administrator.enter_at(administrator.page.get_by_role("link", name="Back to Bo"))
    administrator.check("Finance officer")
    administrator.press("Change posts")
    administrator.sees("The posts are changed. The person has to sign in again.")


def change_password(newcomer: Watched) -> None:
    newcomer.enter_at(newcomer.page.get_by_role("link", name="Your sign-in"))
    newcomer.follow("Change your password")
    newcomer.fill({"Current password": "not the password", "New password": NEWER})
    newcomer.press("Change password")
    newcomer.follow_problems("The current password is not right.")
    newcomer.fill({"Current password": NEW, "New password": NEWER})
    newcomer.press("Change password")
    newcomer.sees("Your password is changed.")
