"""What the bank did with a payment: paid, failed, or recorded on the wrong fund and moved."""

from datetime import date

from fundtracker.domain.refusals import NothingToDoError, ReasonMissingError, WrongStateError
from fundtracker.services import payments
from fundtracker.services.confirming import PaymentState, confirm_payment, fail_payment, state_of
from fundtracker.services.recount import recount
from fundtracker.store.awards import Award
from fundtracker.store.funds import Fund
from tests.books.builder import LATER, Books, particulars
from tests.services.paying import Officers, due, send, states


class TestConfirmed:
    def test_a_payment_of_31_march_that_the_bank_made_in_april_stays_in_its_year(
        self, books: Books, planned: Award, officers: Officers
    ) -> None:
        (payment,) = send(books, officers, due(books, planned), on=date(2021, 3, 31))
        assert state_of(books.session, payment) is PaymentState.SENT
        with books.refused(WrongStateError, "not paid before then"):
            books.change(confirm_payment, payment=payment, voucher="B1", on=date(2021, 3, 30), by=officers[0])
        with books.refused(NothingToDoError, "BACS or voucher"):
            books.change(confirm_payment, payment=payment, voucher=" ", on=date(2021, 4, 2), by=officers[0])
        books.change(confirm_payment, payment=payment, voucher="B1", on=date(2021, 4, 2), by=officers[0])
        assert state_of(books.session, payment) is PaymentState.PAID
        assert books.entry(-1).on_date == date(2021, 3, 31)
        with books.refused(WrongStateError, "has the reference B1 already"):
            books.change(confirm_payment, payment=payment, voucher="B2", on=date(2021, 4, 2), by=officers[0])

    def test_one_that_failed_is_to_pay_again(self, books: Books, planned: Award, officers: Officers) -> None:
        (payment,) = send(books, officers, due(books, planned))
        with books.refused(ReasonMissingError, "why it failed"):
            books.do(fail_payment, payment=payment)
        books.change(fail_payment, payment=payment, particulars=particulars(narrative="Account closed"))
        assert state_of(books.session, payment) is PaymentState.FAILED
        assert states(books)[0] == ("1 July 2020", 45_000, "")
        (again,) = send(books, officers, due(books, planned))
        assert again.reference == "SRF20-001/2"
        with books.refused(WrongStateError, "has been reversed already"):
            books.change(fail_payment, payment=payment, particulars=particulars(narrative="Account closed"))


class TestWrongFund:
    def test_it_is_reversed_and_posted_where_it_belongs_and_both_funds_recount(self, books: Books, fund: Fund) -> None:
        other = books.fund("500", name="Covid-19 response fund", reference="COV20")
        wrong, right = books.award(fund, "300"), books.award(other, "300")
        payment = books.pay(wrong, "200")
        with books.refused(NothingToDoError, "is on SRF20-001 already"):
            books.do(payments.move_to_award, payment=payment, line=wrong.lines[0])
        moved = books.do(payments.move_to_award, date(2020, 9, 1), payment=payment, line=right.lines[0])
        assert moved.reference == "COV20-001/1"
        assert (wrong.lines[0].paid, right.lines[0].paid) == (0, 20_000)
        assert books.entry(-1).original_date == LATER
        assert recount(books.session).differences == []

    def test_another_payee_is_another_matter(self, books: Books, fund: Fund) -> None:
        payment = books.pay(books.award(fund, "300"), "200")
        theirs = books.award(fund, "300", to=books.organisation("Wythall Parish Council"))
        with books.refused(WrongStateError, "another organisation’s"):
            books.do(payments.move_to_award, payment=payment, line=theirs.lines[0])
