"""Sums that follow typing: worked out by the server, while the person goes on typing in the next field."""

import pytest
from playwright.sync_api import expect

from fundtracker.domain.roles import Role
from tests.journeys.conftest import WORDS, Open, email_of


@pytest.mark.usefixtures("two_lines")
def test_sums_follow_without_taking_the_focus(open_browser: Open) -> None:
    officer = open_browser()
    officer.sign_in(email_of(Role.FINANCE), WORDS)
    officer.go("/awards/direct/SSF20")
    first, second = officer.page.locator("#amounts-0"), officer.page.locator("#amounts-1")
    first.press_sequentially("7,200")
    officer.sees("143,110.00")
    expect(first).to_be_focused()
    first.press("Tab")
    second.press_sequentially("4,0")
    officer.sees("143,110.00", "£234,160.00 would be left.")
    expect(second).to_be_focused()
    officer.page.keyboard.type("00")
    expect(second).to_have_value("4,000")
    second.press("Tab")
    officer.sees("87,050.00", "£11,200.00", "£230,160.00 would be left.")
    first.fill("7,200x")
    first.press("Tab")
    officer.sees("Amount must be pounds and pence in figures")
    officer.look()
    officer.was_quiet(refused=0)
