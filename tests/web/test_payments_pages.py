"""Recording a payment, in whole or in part: prefilled, checked, recorded once, with its reference and entry."""

import pytest

from fundtracker.domain.statuses import SpendType
from fundtracker.services import funds
from fundtracker.services.awards import Share, find_award
from fundtracker.services.payments import find_payment
from fundtracker.store.approvals import ApprovalRequest
from fundtracker.store.awards import Payment
from fundtracker.store.funds import Fund
from tests.books.builder import Books, pence
from tests.web.asking import approved, check_and_record, count, send
from tests.web.visitor import Visitor, words

PAY = "/awards/SRF20-001/pay"
ANSWERS = {"amount": "680", "on": "30 June 2020", "invoice_number": "INV-77", "voucher": "V0012", "narrative": "First"}


@pytest.fixture
def fund(books: Books) -> Fund:
    """Open a fund with one line, from which £1,680.00 is awarded."""
    fund = books.fund("50,000", reference="SRF20")
    books.award(fund, "1,680", to=books.organisation(), benefits="Polish Support Group")
    return fund


@pytest.fixture
def two_lines(books: Books) -> Fund:
    """Open a fund with two lines, and award from both."""
    fund = books.fund("50,000", reference="SRF20")
    capital = books.line(fund, "10,000", year=2020, spend_type=SpendType.CAPITAL)
    shares = (Share(line=fund.lines[0], amount=pence("700")), Share(line=capital, amount=pence("300")))
    books.award_shares(*shares)
    return fund


def test_the_amount_is_filled_in_with_what_is_to_pay(books: Books, officer: Visitor, fund: Fund) -> None:
    assert 'value="1,680.00"' in officer.get(PAY).text
    books.pay(find_award(books.session, "SRF20-001"), "680")
    assert 'value="1,000.00"' in officer.get(PAY).text


def test_a_part_is_checked_then_recorded_and_confirmed(books: Books, officer: Visitor, fund: Fund) -> None:
    checked = words(send(officer, PAY, "check", **ANSWERS))
    for part in ("£680.00", "30 June 2020", "INV-77", "V0012", "Nothing has moved yet", "£1,000.00"):
        assert part in checked
    assert count(books, Payment) == 0
    answer = check_and_record(officer, PAY, **ANSWERS)
    page = officer.get(answer.location)
    assert "£680.00 to Wellington Town Council is recorded Reference SRF20-001/1" in words(page)
    assert "£1,000.00 is still to pay on SRF20-001" in words(page)
    assert 'href="/funds/SRF20?entry=3#entry-3"' in page.text
    shown = words(officer.get("/payments/SRF20-001/1"))
    for part in ("Paid £680.00", "Polish Support Group", "INV-77", "V0012", "First", "by Commissioning Officer"):
        assert part in shown


def test_the_ledger_holds_the_row_that_the_confirmation_leads_to(books: Books, officer: Visitor, fund: Fund) -> None:
    check_and_record(officer, PAY, **ANSWERS)
    assert 'id="entry-3"' in officer.get("/funds/SRF20").text


def test_too_much_is_refused_with_both_figures(books: Books, officer: Visitor, fund: Fund) -> None:
    answer = send(officer, PAY, "check", **ANSWERS | {"amount": "2,000"})
    assert answer.status_code == 422
    assert "SRF20-001 has £1,680.00 still to pay of £1,680.00 awarded. A payment of £2,000.00" in words(answer)
    assert 'href="#amount"' in answer.text
    for typed in ("2,000", "INV-77", "V0012", "First"):
        assert typed in answer.text
    assert count(books, Payment) == 0


def test_a_date_before_the_award_is_refused_at_the_date(officer: Visitor, fund: Fund) -> None:
    answer = send(officer, PAY, "check", **ANSWERS | {"on": "1 June 2020"})
    assert "SRF20-001 was awarded on 30 June 2020" in words(answer)
    assert 'href="#on"' in answer.text


def test_a_form_sent_twice_pays_once(books: Books, officer: Visitor, fund: Fund) -> None:
    key = officer.key(PAY)
    whole = ANSWERS | {"amount": "1,680"}
    answers = [send(officer, PAY, "record", key, **whole) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [303, 303]
    assert len({answer.location for answer in answers}) == 1
    assert (count(books, ApprovalRequest), count(books, Payment)) == (1, 0)
    approved(officer, answers[0])
    assert count(books, Payment) == 1


def test_nothing_to_pay_has_no_button_and_says_so(books: Books, officer: Visitor, fund: Fund) -> None:
    books.pay(find_award(books.session, "SRF20-001"), "1,680")
    assert "Record a payment" not in words(officer.get("/awards/SRF20-001"))
    assert "Nothing is to pay on this award" in words(officer.get(PAY))


def test_the_line_is_asked_for_where_there_are_two(books: Books, officer: Visitor, two_lines: Fund) -> None:
    said = words(officer.get(PAY))
    assert "2020/21 revenue: £700.00 to pay" in said
    assert "2020/21 capital: £300.00 to pay" in said
    assert "Choose which part of the award is paid" in words(send(officer, PAY, "check", **ANSWERS | {"amount": "300"}))
    check_and_record(officer, PAY, **ANSWERS | {"amount": "300", "line": "1"})
    books.session.rollback()
    assert [line.paid for line in find_award(books.session, "SRF20-001").lines] == [0, 30_000]
    assert "2020/21 capital" in words(officer.get("/payments/SRF20-001/1"))


def test_a_suspended_fund_pays_nothing_and_a_closed_one_does(books: Books, officer: Visitor, fund: Fund) -> None:
    books.do(funds.suspend_fund, fund=fund)
    assert "is suspended, so nothing is paid from it" in words(officer.get(PAY))
    assert "is suspended, so nothing is paid from it" in words(send(officer, PAY, "check", **ANSWERS))
    books.do(funds.close_fund, fund=fund)
    assert check_and_record(officer, PAY, **ANSWERS).status_code == 303


def test_a_reversed_payment_says_so(books: Books, officer: Visitor, fund: Fund) -> None:
    books.pay(find_award(books.session, "SRF20-001"), "680")
    books.reverse(3)
    said = words(officer.get("/payments/SRF20-001/1"))
    assert "Reversed" in said
    assert "#4 on 30 June 2020" in said
    assert find_payment(books.session, "SRF20-001/1").award_line.paid == 0


@pytest.mark.parametrize("line", ["\x00", "2", "3", "-1", "one", "9" * 30])
def test_a_line_that_was_not_offered_is_refused(books: Books, officer: Visitor, two_lines: Fund, line: str) -> None:
    answer = send(officer, PAY, "record", **ANSWERS | {"amount": "300", "line": line})
    assert answer.status_code == 422
    assert 'href="#line-0"' in answer.text or 'href="#line"' in answer.text
    assert count(books, Payment) == 0
