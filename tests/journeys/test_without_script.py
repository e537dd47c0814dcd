"""The same without JavaScript: an application logged, decided and paid from a fund of two budget lines."""

import pytest

from fundtracker.domain.roles import Role
from tests.journeys.conftest import WORDS, Open, approve, email_of
from tests.journeys.watched import Watched


@pytest.mark.usefixtures("two_lines")
def test_an_application_is_logged_decided_and_paid(open_browser: Open) -> None:
    officer = open_browser(script=False)
    officer.sign_in(email_of(Role.FINANCE), WORDS)
    officer.go("/applications/log/SSF20")
    officer.fill({"Organisation": "Telford Riders", "Amount asked for": "11,200", "What it is for": "Two crossings"})
    officer.press("Save")
    officer.sees("No organisation is named anything like “Telford Riders”.")
    officer.check("Add “Telford Riders” as a new organisation")
    officer.press("Save")
    officer.follow("Decide and award")
    officer.check("Award it all")
    for field in officer.page.locator("input[name^=amounts-]").all():
        officer.keyboard.type_in(field, "4,000")
    officer.press("Work out again")
    officer.sees("146,310.00", "87,050.00", "£8,000.00", "£3,200.00 less than asked")
    officer.keyboard.type_in(officer.page.locator("#amounts-0"), "7,200")
    officer.press("Check the decision")
    officer.sees("Nothing has moved yet", "£7,200.00", "£4,000.00")
    officer.press("Send £11,200.00 for approval")
    award = ("Telford Riders is awarded £11,200.00", "SSF20-001")
    approve(open_browser, email_of(Role.CHIEF_EXECUTIVE), "Award to Telford Riders", *award)
    pay_it(officer)
    payment = ("£4,000.00 to Telford Riders is recorded", "SSF20-001/1", "£7,200.00 is still to pay")
    approve(open_browser, email_of(Role.CHIEF_FINANCE), "Payment to Telford Riders", *payment)
    officer.was_quiet(refused=1)


def pay_it(officer: Watched) -> None:
    officer.go("/awards/SSF20-001")
    officer.follow("Record a payment")
    officer.keyboard.choose(officer.page.get_by_label("capital: £4,000.00 to pay"))
    officer.fill({"Amount paid": "4,000"})
    officer.press("Check the payment")
    officer.press("Send £4,000.00 for approval")
