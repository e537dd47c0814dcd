"""From a schedule to the bank: planned by rule, put in a run by one person, authorised by another, sent and paid."""

import pytest
from flask import Flask

from fundtracker.domain.roles import Role
from fundtracker.domain.years import long_date, today
from fundtracker.services import passwords, people
from fundtracker.web.db import transaction
from tests.journeys.conftest import WORDS, Open, check_books, email_of
from tests.journeys.test_paying import three_awards
from tests.journeys.watched import Watched

__all__ = ["three_awards"]
OTHER = "finance.two@example.org"


@pytest.mark.usefixtures("three_awards")
def test_a_schedule_is_paid_by_two_people(app: Flask, open_browser: Open) -> None:
    with app.app_context(), transaction() as session:
        other = people.add_person(session, email=OTHER, name="Second Officer", role=Role.FINANCE)
        people.set_password(session, other, passwords.hash_password(WORDS))
    first, second = open_browser(), open_browser()
    first.sign_in(email_of(Role.FINANCE), WORDS)
    plan(first)
    draw_up(first)
    second.sign_in(OTHER, WORDS)
    second.go("/payments/runs/RUN-001")
    second.follow("Authorise it")
    second.press_about("£333.34")
    second.sees("RUN-001 is authorised.")
    send_and_confirm(first)
    first.was_quiet(refused=1)
    second.was_quiet(refused=0)
    check_books(app)


def plan(officer: Watched) -> None:
    officer.go("/awards/SSF20-001")
    officer.follow("Make a schedule")
    officer.page.get_by_label("How often").select_option("in thirds")
    officer.press("Fill in the rows")
    officer.sees("Nothing left to place")
    amount = officer.page.get_by_label("Amount of instalment 3")
    officer.keyboard.type_in(amount, "33.33")
    officer.press("Work out again")
    officer.sees("£300.00 still to place")
    officer.press("Save the schedule")
    officer.sees("£300.00 of £1,000.00 is still to place")
    officer.keyboard.type_in(officer.page.get_by_label("Amount of instalment 3"), "333.33")
    officer.press("Save the schedule")
    officer.sees("The schedule is saved.", "3 instalments", "333.34")


def draw_up(officer: Watched) -> None:
    officer.go("/payments/due")
    officer.check(f"Pay SSF20-001 to Riders 1, due on {long_date(today())}")
    officer.press("Make a payment run")
    label = f"Invoice number of Riders 1, SSF20-001, due on {long_date(today())}"
    officer.keyboard.type_in(officer.page.get_by_label(label), "INV 7")
    officer.press("Draw up the run")
    officer.sees("£333.34 to 1 payee", "another person of finance authorises it", "INV 7")


def send_and_confirm(officer: Watched) -> None:
    officer.go("/payments/runs/RUN-001")
    with officer.page.expect_download() as download:
        officer.page.locator("main a").filter(has_text="Download for the finance system").click()
    assert download.value.suggested_filename.startswith("payment-run-run-001-")
    officer.follow("Record that it is sent")
    officer.press("Check before it is recorded")
    officer.press_about("£333.34")
    officer.sees("1 payment waits for the bank: £333.34.")
    officer.follow("Mark as paid")
    officer.fill({"Reference of all": "BACS 12"})
    officer.press("Mark as paid")
    officer.sees("paid", "BACS 12")
    officer.go("/awards/SSF20-001")
    officer.sees("Paid", "£666.66")
