"""One application from its log to a reconciled payment by four people, none of whom can do another's part."""

from pathlib import Path

import pytest
from flask import Flask

from fundtracker.domain.roles import Role
from fundtracker.domain.years import today
from fundtracker.services import passwords, people
from fundtracker.services.reconciling.scope import open_scope, usual_end
from fundtracker.services.reconciling.standing import stand
from fundtracker.web.db import reading, transaction
from tests.journeys.conftest import WORDS, Open, approve, check_books, email_of
from tests.journeys.test_bringing_in import go_on
from tests.journeys.test_main_job import decide_and_award, log_an_application, open_a_fund
from tests.journeys.watched import Watched

SECOND = "finance.two@example.org"
SUM = "£11,200.00"


@pytest.fixture
def second(app: Flask) -> None:
    """Add a second finance officer."""
    with app.app_context(), transaction() as session:
        other = people.add_person(session, email=SECOND, name="Second Officer", role=Role.FINANCE)
        people.set_password(session, other, passwords.hash_password(WORDS))


@pytest.mark.usefixtures("second")
def test_four_people_take_one_application_to_a_reconciled_payment(
    app: Flask, open_browser: Open, tmp_path: Path
) -> None:
    officer, first, other = open_browser(), open_browser(), open_browser(script=False)
    officer.sign_in(email_of(Role.COMMISSIONING), WORDS)
    open_a_fund(officer)
    log_an_application(officer)
    decide_and_award(officer)
    cannot_approve_or_pay(officer)
    approve(open_browser, email_of(Role.CHIEF_EXECUTIVE), "Award to Wellington T.C.", "SRF20-001")
    first.sign_in(email_of(Role.FINANCE), WORDS)
    draw_up(first)
    cannot_authorise(first)
    other.sign_in(SECOND, WORDS)
    other.go("/payments/runs/RUN-001")
    other.follow("Authorise it")
    other.press_about(SUM)
    other.sees("RUN-001 is authorised.")
    send_and_mark(first)
    reconcile(first, tmp_path)
    with app.app_context():
        session = reading()
        found = stand(session, open_scope(session, until=usual_end(session)))
        assert (found.reconciled, found.everything.theirs) == (True, 1_120_000)
    check_books(app)


def cannot_approve_or_pay(officer: Watched) -> None:
    """See that who asked finds no way to approve, and that payments are not this post's."""
    for path in ("/approvals/1", "/approvals/1/decide"):
        officer.go(path)
        assert officer.page.get_by_label("Approve it").count() == 0
    officer.go("/payments/due")
    assert officer.page.get_by_role("button", name="Make a payment run").count() == 0


def draw_up(finance: Watched) -> None:
    finance.go("/payments/due")
    finance.page.get_by_role("main").get_by_role("checkbox").last.check()
    finance.press("Make a payment run")
    finance.press("Draw up the run")
    finance.sees(f"{SUM} to 1 payee", "another person of finance authorises it")


def cannot_authorise(finance: Watched) -> None:
    finance.go("/payments/runs/RUN-001")
    assert finance.page.get_by_role("link", name="Authorise it").count() == 0


def send_and_mark(finance: Watched) -> None:
    finance.go("/payments/runs/RUN-001")
    finance.follow("Record that it is sent")
    finance.press("Check before it is recorded")
    finance.press_about(SUM)
    finance.follow("Mark as paid")
    finance.fill({"Reference of all": "BACS 12"})
    finance.press("Mark as paid")
    finance.sees("paid", "BACS 12")


def reconcile(finance: Watched, folder: Path) -> None:
    """Bring the finance system's line in, accept its match, and see nothing left."""
    extract = folder / "ledger.csv"
    day = f"{today():%d/%m/%Y}"
    extract.write_text(
        "Company Name,Transaction Date,Voucher Number,Invoice Number,Amount\n"
        f'Wellington T.C.,{day},BACS 12,,"11,200.00"\n',
        encoding="utf-8",
    )
    finance.turn_to("Imports")
    finance.check("Lines of the finance system")
    finance.page.get_by_label("File", exact=True).set_input_files(extract)
    go_on(finance, "Check the file", "Match the columns")
    finance.press("Check every row")
    finance.follow_problems("Choose whether amounts are net or gross")
    finance.check("Net, without VAT")
    go_on(finance, "Check every row", "Look before it comes in")
    go_on(finance, f"Bring in 1 finance line, {SUM}", "came in.")
    finance.turn_to("Reconcile")
    finance.enter_at(finance.page.locator("[data-accept]"))
    finance.sees("£0.00", "Every line and every payment is matched or explained.")
