"""Payments at the edges: early and in parts, refunded in another year or by parts, and made by hand with no voucher."""

from datetime import date

from fundtracker.domain.money import Pence
from fundtracker.domain.refusals import WrongStateError
from fundtracker.services import payments
from fundtracker.services.confirming import PaymentState, confirm_payment, state_of
from fundtracker.services.figures import as_at, fund_balances
from fundtracker.services.payment_runs import pay_due
from fundtracker.services.recount import recount
from fundtracker.services.reversals import replace_entry
from fundtracker.store.awards import Award
from fundtracker.store.funds import Fund
from tests.books.builder import LATER, Books
from tests.services.paying import Officers, due, states

YEAR_END = date(2021, 3, 31)


def test_an_instalment_paid_early_in_two_parts_is_paid(books: Books, planned: Award) -> None:
    for amount in ("200.00", "250.00"):
        books.do(pay_due, due=due(books, planned, amount, place=1))
    assert states(books) == [("1 July 2020", 45_000, "")]


def test_a_refund_in_a_later_year_leaves_the_year_before_as_it_was(books: Books, fund: Fund, planned: Award) -> None:
    books.do(pay_due, due=due(books, planned))
    before = fund_balances(books.session, as_at(books.session, YEAR_END))[fund.id]
    books.session.rollback()
    books.do(payments.refund, date(2021, 5, 1), line=planned.lines[0], amount="50.00", lowers_award=True)
    books.session.rollback()
    assert fund_balances(books.session, as_at(books.session, YEAR_END))[fund.id] == before
    assert fund_balances(books.session, as_at(books.session))[fund.id].awarded == 85_000


def test_a_refund_in_instalments_and_a_credit_note_are_paid_again_from_the_latest(books: Books, planned: Award) -> None:
    books.do(pay_due, due=due(books, planned))
    for amount in ("100.00", "50.00"):
        books.do(payments.refund, line=planned.lines[0], amount=amount, lowers_award=False, reference="CRN 1")
    assert states(books)[0] == ("1 July 2020", 15_000, "")
    assert recount(books.session).differences == []


def test_a_cheque_with_no_voucher_is_paid_and_takes_its_voucher_once(
    books: Books, planned: Award, officers: Officers
) -> None:
    payment = books.do(pay_due, due=due(books, planned))
    assert state_of(books.session, payment) is PaymentState.PAID
    books.session.rollback()
    books.change(confirm_payment, payment=payment, voucher="CHQ 104", on=LATER, by=officers[0])
    assert payment.voucher == "CHQ 104"
    with books.refused(WrongStateError, "has the reference CHQ 104 already"):
        books.change(confirm_payment, payment=payment, voucher="CHQ 105", on=LATER, by=officers[0])


def test_a_corrected_payment_counts_for_its_instalment(books: Books, planned: Award) -> None:
    books.do(pay_due, due=due(books, planned, "400.00"))
    books.do(replace_entry, entry=books.entry(-1), amount=Pence(45_000))
    assert states(books) == [("1 October 2020", 45_000, "")]
