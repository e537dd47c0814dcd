"""A finance officer's day by keyboard: several payments in one table, a refund, an entry undone, and the ledger."""

import pytest
from flask import Flask

from fundtracker.domain.money import Pence
from fundtracker.domain.roles import COMMAND_LINE, Role
from fundtracker.domain.years import today
from fundtracker.services.awards import AwardDetails, Share, record_award
from fundtracker.services.funds import find_fund
from fundtracker.services.organisations import OrganisationDetails, add_organisation
from fundtracker.services.posting import Particulars
from fundtracker.web.db import transaction
from tests.journeys.conftest import WORDS, Open, approve, check_books, email_of
from tests.journeys.watched import Watched


@pytest.fixture
def three_awards(app: Flask, two_lines: None) -> None:
    """Award £1,000.00, £2,000.00 and £3,000.00 from the first line of the fund, to three organisations."""
    decided = Particulars(on=today(), by=COMMAND_LINE, decision="PCC/D/2020/32")
    with app.app_context(), transaction() as session:
        line = find_fund(session, "SSF20").lines[0]
        for number in (1, 2, 3):
            named = OrganisationDetails(name=f"Riders {number}")
            to = add_organisation(session, details=named, particulars=decided)
            details = AwardDetails(
                recipient=to, shares=(Share(line=line, amount=Pence(number * 100_000)),), reasons="Meets an outcome"
            )
            record_award(session, details=details, particulars=decided)


@pytest.mark.usefixtures("three_awards")
@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_several_are_paid_one_comes_back_and_one_is_undone(app: Flask, open_browser: Open, script: bool) -> None:
    officer = open_browser(script=script)
    officer.sign_in(email_of(Role.FINANCE), WORDS)
    officer.sees("£6,000.00")
    pay_two(officer)
    paid = ("2 payments are recorded: £3,500.00", "SSF20-001/1 to SSF20-003/1")
    approve(open_browser, email_of(Role.CHIEF_FINANCE), "2 payments", *paid)
    take_back(officer)
    undo(officer)
    officer.was_quiet(refused=2)
    check_books(app)


def pay_two(officer: Watched) -> None:
    officer.go("/payments/due")
    officer.check("Pay SSF20-001 to Riders 1")
    officer.check("Pay SSF20-003 to Riders 3")
    amount = officer.page.get_by_label("This payment to Riders 3, SSF20-003, in pounds")
    assert amount.input_value() == "3,000.00"
    officer.keyboard.type_in(amount, "3,000.01")
    officer.press("Check these payments")
    officer.follow_problems("SSF20-003 has £3,000.00 still to pay")
    officer.keyboard.type_in(amount, "2,500")
    officer.fill({"Reference of the run": "BACS 12"})
    officer.press("Work out again")
    officer.sees("2 payments are ticked: £3,500.00")
    officer.press("Check these payments")
    officer.sees("Nothing has moved yet", "BACS 12", "£3,500.00")
    officer.press("Send £3,500.00 for approval")
    officer.sees("Sent for approval: 2 payments")


def take_back(officer: Watched) -> None:
    officer.go("/payments/SSF20-001/1")
    officer.follow("Record a refund")
    officer.press("Check the refund")
    officer.follow_problems("Enter the amount that came back")
    officer.fill({"Amount that came back": "400"})
    officer.press("Check the refund")
    officer.sees("Nothing has moved yet", "£600.00")
    officer.press_about("£400.00")
    officer.sees("Refund of £400.00 is recorded", "#9")


def undo(officer: Watched) -> None:
    officer.go("/payments/SSF20-003/1")
    officer.follow("#7")
    officer.follow("Undo this entry")
    officer.fill({"Reason": "Paid by the county already"})
    officer.press("Check before you undo it")
    officer.sees("Nothing has moved yet", "Paid by the county already")
    officer.press_about("£2,500.00")
    officer.sees("#10", "£3,000.00 to pay")
