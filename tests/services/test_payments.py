"""Payments, refunds, and money that went to the wrong organisation."""

from datetime import date

import pytest

from fundtracker.domain.kinds import Kind
from fundtracker.domain.refusals import (
    DateRefusedError,
    FundNotOpenError,
    MoreThanAwardedError,
    MoreThanPaidError,
    NotFoundRefusal,
    NothingToDoError,
    NotReversibleError,
    WrongStateError,
)
from fundtracker.domain.statuses import AwardType
from fundtracker.services import funds, organisations, payments, reversals, undoing, variations
from fundtracker.store.awards import Award
from tests.books.builder import LATER, Books, pence

MAY, JUNE = date(2020, 5, 1), date(2020, 6, 1)


def paid(books: Books, awarded: str = "100", amount: str | None = None) -> Award:
    award = books.award(books.fund("1,000"), awarded, on=MAY)
    books.pay(award, amount or awarded, on=JUNE)
    return award


def refund(books: Books, award: Award, amount: str, *, lowers_award: bool, on: date = JUNE) -> None:
    books.do(payments.refund, on, line=award.lines[0], amount=amount, lowers_award=lowers_award)


def in_error(books: Books) -> Award:
    """Pay £100.00 to the wrong organisation, and move it to whoever has it."""
    payment = books.pay(books.award(books.fund("1,000"), "100"), "100")
    return books.do(payments.move_payment, payment=payment, holder=books.organisation("Wem Town Council"))


class TestPay:
    def test_in_parts_is_numbered_and_stops_at_what_is_awarded(self, books: Books) -> None:
        award = books.award(books.fund("1,000", reference="SRF20"), "100")

        assert [books.pay(award, "40").reference for _ in range(2)] == ["SRF20-001/1", "SRF20-001/2"]
        with books.refused(MoreThanAwardedError, "SRF20-001 has £20.00 still to pay of £100.00", "£0.01 too much"):
            books.pay(award, "20.01")
        assert award.lines[0].to_pay == pence("20")

    def test_with_nothing_to_pay_says_what_can_be_done(self, books: Books) -> None:
        award = paid(books)
        with books.refused(MoreThanAwardedError, "£0.00 still to pay of £100.00", "£1.00 too much. Vary the award"):
            books.pay(award, "1")
        books.do(variations.withdraw_award, award=award, keep_paid=True)
        with books.refused(MoreThanAwardedError, "too much. It is withdrawn, so nothing more is paid on it."):
            books.pay(award, "1")

    def test_keeps_its_invoice_and_voucher(self, books: Books) -> None:
        award = books.award(books.fund("1,000"), "100")

        payment = books.do(payments.pay, line=award.lines[0], amount="1", invoice_number=" INV 7 ", voucher="V00123")

        assert (payment.invoice_number, payment.voucher, books.entry(-1).reference) == ("INV 7", "V00123", "V00123")
        assert payments.find_payment(books.session, "srf20-001/1") is payment
        with pytest.raises(NotFoundRefusal, match="no payment with the reference X"):
            payments.find_payment(books.session, "X")

    def test_of_nothing_or_before_the_award_is_refused(self, books: Books) -> None:
        award = books.award(books.fund("1,000"), "100", on=JUNE)

        with books.refused(NothingToDoError, "more than £0.00"):
            books.do(payments.pay, line=award.lines[0], amount=0)
        with books.refused(DateRefusedError, "was awarded on 1 June 2020"):
            books.pay(award, "1", on=date(2020, 5, 31))

    def test_waits_while_the_fund_is_suspended_and_not_when_it_is_closed(self, books: Books) -> None:
        award = books.award(books.fund("1,000"), "100")
        books.do(funds.suspend_fund, fund=award.fund)

        with books.refused(FundNotOpenError, "is suspended, so nothing is paid"):
            books.pay(award, "1")
        books.do(funds.close_fund, fund=award.fund)
        books.pay(award, "1")

        assert award.lines[0].paid == pence("1")


class TestRefund:
    def test_lowers_the_award_or_leaves_it_to_be_paid_again(self, books: Books) -> None:
        award = paid(books)

        refund(books, award, "30", lowers_award=True)
        assert (award.lines[0].awarded, award.lines[0].to_pay) == (pence("70"), 0)
        refund(books, award, "20", lowers_award=False)
        assert (award.lines[0].awarded, award.lines[0].to_pay) == (pence("70"), pence("20"))
        assert books.entries()[-3:] == [
            (Kind.VARIATION, pence("-30")), (Kind.REFUND, pence("30")), (Kind.REFUND, pence("20")),
        ]  # fmt: skip

    @pytest.mark.parametrize(
        ("varied", "amount", "awarded"),
        [("-20", "20", "80"), ("-20", "50", "50"), ("-95", "97", "3"), ("-95", "10", "5"), ("-100", "100", "0")],
    )
    def test_of_what_is_owed_lowers_the_award_by_the_rest_only(
        self, books: Books, varied: str, amount: str, awarded: str
    ) -> None:
        award = paid(books)
        books.do(variations.vary_award, line=award.lines[0], by=varied)

        refund(books, award, amount, lowers_award=True, on=date(2020, 6, 30))

        line = award.lines[0]
        assert (line.awarded, line.to_pay) == (pence(awarded), 0)

    def test_of_more_than_was_paid_is_refused(self, books: Books) -> None:
        award = paid(books, "100", "40")

        for lowers in (True, False):
            with books.refused(MoreThanPaidError, "£0.01 more would have been refunded"):
                refund(books, award, "40.01", lowers_award=lowers)
        with books.refused(NothingToDoError, "more than £0.00"):
            books.do(payments.refund, line=award.lines[0], amount=0, lowers_award=False)

    def test_is_not_dated_before_its_payment(self, books: Books) -> None:
        award = paid(books)

        with books.refused(MoreThanPaidError, "On 31 May 2020"):
            refund(books, award, "1", lowers_award=False, on=date(2020, 5, 31))

    def test_keeps_its_payment_from_being_reversed(self, books: Books) -> None:
        award = paid(books)
        number = books.entry(-1).number
        refund(books, award, "1", lowers_award=False)

        with books.refused(MoreThanPaidError, "£1.00 more would have been refunded"):
            books.reverse(number)


class TestPaidToTheWrongOrganisation:
    def test_is_owed_by_whoever_has_it_until_it_comes_back(self, books: Books) -> None:
        award = paid(books)
        payment = payments.find_payment(books.session, f"{award.reference}/1")
        holder = books.organisation("Wythall Town Council")

        error = books.do(payments.move_payment, payment=payment, holder=holder)

        line, wrong = award.lines[0], error.lines[0]
        assert (error.type, error.organisation, wrong.awarded) == (AwardType.PAID_IN_ERROR, holder, 0)
        assert (line.to_pay, wrong.paid, wrong.to_recover) == (pence("100"), pence("100"), pence("100"))
        assert line.budget_line.remaining == pence("900")
        books.do(payments.refund, line=wrong, amount="100", lowers_award=True)
        assert (wrong.awarded, wrong.to_recover, wrong.to_pay) == (0, 0, 0)

    def test_may_be_moved_while_the_fund_is_suspended(self, books: Books) -> None:
        award = paid(books)
        payment = payments.find_payment(books.session, f"{award.reference}/1")
        books.do(funds.suspend_fund, fund=award.fund)

        error = books.do(payments.move_payment, payment=payment, holder=books.organisation("Wythall"))

        assert error.lines[0].to_recover == pence("100")

    def test_is_moved_once_and_not_to_itself(self, books: Books) -> None:
        award = paid(books)
        payment = payments.find_payment(books.session, f"{award.reference}/1")
        twin, holder = books.organisation("The same one"), books.organisation("Wythall")
        books.do(organisations.merge, organisation=twin, into=award.organisation)

        for meant in (award.organisation, twin):
            with books.refused(NothingToDoError, "this one was meant to"):
                books.do(payments.move_payment, payment=payment, holder=meant)
        books.do(payments.move_payment, payment=payment, holder=holder)
        with books.refused(WrongStateError, "has been reversed already"):
            books.do(payments.move_payment, payment=payment, holder=holder)

    def test_takes_no_other_payment_and_no_variation(self, books: Books) -> None:
        award = paid(books)
        payment = payments.find_payment(books.session, f"{award.reference}/1")
        error = books.do(payments.move_payment, payment=payment, holder=books.organisation("Wythall"))

        with books.refused(WrongStateError, "records money paid in error"):
            books.pay(error, "1")
        with books.refused(WrongStateError, "records money paid in error"):
            books.do(variations.vary_award, line=error.lines[0], by="1")
        with books.refused(WrongStateError, "records money paid in error"):
            books.do(variations.withdraw_award, award=error, keep_paid=True)

    def test_written_off_is_spent_from_the_fund(self, books: Books) -> None:
        award = paid(books)
        payment = payments.find_payment(books.session, f"{award.reference}/1")
        error = books.do(payments.move_payment, payment=payment, holder=books.organisation("Wythall"))

        books.do(variations.write_off, line=error.lines[0])

        assert (error.lines[0].awarded, error.lines[0].to_recover) == (pence("100"), 0)
        assert award.lines[0].budget_line.remaining == pence("800")

    def test_is_refused_where_part_of_it_came_back(self, books: Books) -> None:
        award = paid(books)
        payment = payments.find_payment(books.session, f"{award.reference}/1")
        refund(books, award, "1", lowers_award=False)
        holder = books.organisation("Wythall")

        with books.refused(MoreThanPaidError, "£1.00 more would have been refunded"):
            books.do(payments.move_payment, payment=payment, holder=holder)

    def test_that_comes_back_after_it_was_written_off_is_never_to_pay(self, books: Books) -> None:
        wrong = in_error(books)
        books.do(variations.write_off, line=wrong.lines[0], amount="100")

        for lowers in (False, True):
            refund(books, wrong, "30", lowers_award=lowers, on=LATER)
            assert (wrong.lines[0].to_pay, wrong.lines[0].to_recover) == (0, 0)
        assert wrong.lines[0].awarded == pence("40")
        with books.refused(MoreThanPaidError, "£0.01 more would have been refunded"):
            refund(books, wrong, "40.01", lowers_award=False, on=LATER)

    def test_is_not_undone_beneath_its_write_off(self, books: Books) -> None:
        wrong, made = in_error(books), books.entry(-1)
        books.do(variations.write_off, line=wrong.lines[0], amount="60")
        sentence = "records money paid in error, and £60.00 of it is written off. Undo the write-off first"

        with books.refused(WrongStateError, sentence):
            books.do(reversals.reverse_entry, entry=made)
        with books.refused(WrongStateError, sentence):
            books.do(reversals.replace_entry, entry=made, amount="59.99")
        stands = undoing.obstacle(books.session, made)
        books.do(reversals.replace_entry, entry=made, amount="60")

        assert sentence in (stands.sentence if stands else "")
        assert (wrong.lines[0].to_pay, wrong.lines[0].to_recover) == (0, 0)

    def test_keeps_its_invoice_number(self, books: Books) -> None:
        award = books.award(books.fund("1,000"), "100")
        payment = books.do(payments.pay, line=award.lines[0], amount="9", invoice_number="INV 7", voucher="V1")

        error = books.do(payments.move_payment, payment=payment, holder=books.organisation("Wythall"))

        moved = payments.find_payment(books.session, f"{error.reference}/1")
        assert (moved.invoice_number, moved.voucher) == ("INV 7", "V1")


def test_a_reversed_payment_is_not_reversed_again(books: Books) -> None:
    paid(books)
    number = books.entry(-1).number
    books.reverse(number)

    with books.refused(NotReversibleError, f"#{number} is reversed already, by entry #{number + 1}"):
        books.reverse(number)
