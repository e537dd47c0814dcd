"""A year's extract against our payments: each planted difference is found, named and dealt with, down to £0.00."""

from datetime import date
from pathlib import Path

import openpyxl
import pytest
from flask import Flask
from playwright.sync_api import expect

from fundtracker.domain.roles import Role
from fundtracker.services import passwords, people
from fundtracker.services.reconciling.scope import closed_to, open_scope, usual_end
from fundtracker.services.reconciling.standing import Standing, stand
from fundtracker.services.recount import recount
from fundtracker.web.db import reading, transaction
from tests.journeys.conftest import WORDS, Open, approve, email_of
from tests.journeys.trafford import keep
from tests.journeys.watched import Watched

SECOND = "second@example.org"


@pytest.fixture
def extract(app: Flask) -> None:
    """Keep the payments and the extract, and add a second finance officer."""
    with app.app_context():
        with transaction() as session:
            second = people.add_person(session, email=SECOND, name="Second Officer", role=Role.CHIEF_FINANCE)
            people.set_password(session, second, passwords.hash_password(WORDS))
        keep(reading())


def standing() -> Standing:
    session = reading()
    found = stand(session, open_scope(session, until=usual_end(session)))
    session.rollback()
    return found


@pytest.mark.usefixtures("extract")
def test_the_extract_is_reconciled_and_its_period_closed_by_two_people(
    app: Flask, open_browser: Open, tmp_path: Path
) -> None:
    officer = open_browser()
    officer.sign_in(email_of(Role.FINANCE), WORDS)
    officer.turn_to("Reconcile")
    officer.sees("49 lines of 1 extract", "£1,728,139.94", "To 31 March 2025")
    name_each_difference(officer)
    accept_what_is_sure(officer)
    accept_the_rest(officer)
    match_the_penny(officer)
    undo_the_second(officer)
    record_the_missing(officer, open_browser)
    explain_by_workbook(officer, tmp_path)
    with app.app_context():
        assert standing().reconciled
        assert standing().everything.theirs == 172_813_994
    close_by_two(officer, open_browser)
    refuse_a_late_payment(officer)
    with app.app_context():
        assert closed_to(reading()) == date(2025, 3, 31)
        assert recount(reading()).differences == []


def name_each_difference(officer: Watched) -> None:
    officer.sees(
        "Two of ours add up to one of theirs (30,000.00 + 20,725.00)",
        "Two of theirs add up to one of ours (68,000.00 + 51,090.00)",
        "the finance system has £0.01 more",
        "A payment of ours of this amount and payee is dated 2 April 2025, after this period",
        "it may never have been recorded",
        "this may be recorded twice",
    )


def accept_what_is_sure(officer: Watched) -> None:
    button = officer.page.locator("[data-accept]")
    expect(button).to_contain_text("Accept the")
    officer.enter_at(button)
    officer.sees("matches are recorded")


def accept_the_rest(officer: Watched) -> None:
    """Accept by the key A what is doubted only because another fits as well, and undo the last of it by U."""
    expect(officer.page.locator("[data-keys]")).to_be_visible()
    while (buttons := officer.page.locator("[data-row] [name=only]")).count():
        with officer.page.expect_navigation():
            officer.keyboard.press(buttons.first, "a")
    officer.look()
    before = officer.page.locator("[data-row]").count()
    with officer.page.expect_navigation():
        officer.keyboard.press(officer.page.locator("[data-row] a").first, "u")
    expect(officer.page.locator("[data-row]")).to_have_count(before + 1)
    with officer.page.expect_navigation():
        officer.keyboard.press(officer.page.locator("[data-row] [name=only]").first, "a")


def match_the_penny(officer: Watched) -> None:
    officer.follow("Match with a note")
    officer.press("Match them")
    officer.follow_problems("£0.01 more than the payments")
    officer.fill({"Why they differ": "Typed a penny short"})
    officer.press("Match them")
    officer.sees("Amount differs", "Typed a penny short")


def undo_the_second(officer: Watched) -> None:
    officer.follow("Undo the payment")
    officer.fill({"Reason": "Recorded twice", "Date of the reversal": "31 March 2025"})
    officer.press("Check before you undo it")
    officer.press_about("£33,645.00")
    officer.turn_to("Reconcile")
    expect(officer.page.get_by_role("main")).not_to_contain_text("recorded twice")


def record_the_missing(officer: Watched, open_browser: Open) -> None:
    officer.follow("Record the payment")
    officer.follow("Pay £12,499.50 of")
    officer.press("Check the payment")
    officer.press_about("£12,499.50")
    approve(open_browser, SECOND, "Payment to", "£12,499.50")
    officer.turn_to("Reconcile")
    officer.enter_at(officer.page.locator("[data-accept]"))
    officer.sees("1 line or payment is still to be dealt with")


def explain_by_workbook(officer: Watched, folder: Path) -> None:
    with officer.page.expect_download() as download:
        officer.keyboard.press(officer.page.get_by_role("link", name="Download the workbook (Excel)"))
    saved = folder / download.value.suggested_filename
    download.value.save_as(saved)
    workbook = openpyxl.load_workbook(saved)
    row = next(workbook["Unexplained"].iter_rows(min_row=2))
    assert row[6].value == 42_035
    row[8].value, row[9].value, row[10].value = "timing", "Our payment is dated 2 April", "Finance officer"
    workbook.save(saved)
    officer.follow("Bring the workbook back")
    officer.page.get_by_label("Workbook").set_input_files(saved)
    officer.press("Read it")
    officer.sees("Nothing is recorded yet", "Our payment is dated 2 April")
    officer.press("Take 1 explanation")
    officer.sees("£0.00", "Every line and every payment is matched or explained.")


def close_by_two(officer: Watched, open_browser: Open) -> None:
    officer.follow("Close this period")
    officer.press("Ask for it to be closed")
    officer.sees("asked for")
    other = open_browser(script=False)
    other.sign_in(SECOND, WORDS)
    other.go("/periods/close")
    other.press("Close to 31 March 2025")
    other.sees("The books are closed to 31 March 2025")
    other.was_quiet(refused=0)


def refuse_a_late_payment(officer: Watched) -> None:
    officer.go("/awards/GRA24-001/pay")
    officer.fill({"Amount paid": "1.00", "Date paid": "31 March 2025"})
    officer.press("Check the payment")
    officer.sees("The books are closed to 31 March 2025", "note the date above as its original date")
    officer.was_quiet(refused=2)
